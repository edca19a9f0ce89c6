from django.urls import path

from . import views

urlpatterns = [
    path("arenden/<str:reference>/anmalan/", views.notice, name="ivo_notice"),
    path("arenden/<str:reference>/anmalan/utkast/", views.notice_draft, name="ivo_notice_draft"),
    path("arenden/<str:reference>/anmalan/utkast/ta-bort/", views.notice_draft_drop, name="ivo_notice_draft_drop"),
    path("arenden/<str:reference>/anmalan/pdf/", views.notice_pdf, name="ivo_notice_pdf"),
    path("arenden/<str:reference>/skickat/<int:number>/pdf/", views.sending_pdf, name="ivo_sending_pdf"),
    path("arenden/<str:reference>/skickat/fil/<int:number>/", views.sent_file, name="ivo_sent_file"),
    path("ivo/ny/", views.open_new, name="ivo_open"),
    path("ivo-beslut/<int:number>/", views.decision, name="ivo_decision"),
    path("ivo-beslut/<int:number>/fil/", views.decision_letter, name="ivo_decision_letter"),
]
