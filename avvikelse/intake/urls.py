from django.urls import path

from . import views

urlpatterns = [
    path("rapportera/", views.report_start, name="report_start"),
    path("rapportera/<uuid:key>/allt/", views.report_all, name="report_all"),
    path("rapportera/<uuid:key>/spara/", views.report_save, name="report_save"),
    path("rapportera/<uuid:key>/kontrollera/", views.report_check, name="report_check"),
    path("rapportera/<uuid:key>/kvitto/", views.report_receipt, name="report_receipt"),
    path("rapportera/<uuid:key>/kvitto.pdf", views.report_receipt_pdf, name="report_receipt_pdf"),
    path("rapportera/<uuid:key>/fil/<int:number>/ta-bort/", views.report_file_remove, name="report_file_remove"),
    path("rapportera/<uuid:key>/<slug:question>/", views.report_question, name="report_question"),
    path("mina-utkast/", views.my_drafts, name="my_drafts"),
    path("mina-utkast/<uuid:key>/ta-bort/", views.draft_remove, name="draft_remove"),
]
