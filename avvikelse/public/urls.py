from django.urls import path

from . import code_views, poster_views, provider_views, views

urlpatterns = [
    # Rapportera without an account
    path("e/<str:secret>/", views.unit_link, name="unit_link"),
    path("e/<str:secret>/qr.svg", poster_views.unit_link_qr, name="unit_link_qr"),
    path("e/<str:secret>/allt/", views.unit_link_all, name="unit_link_all"),
    path("e/<str:secret>/spara/", views.unit_link_save, name="unit_link_save"),
    path("e/<str:secret>/kontrollera/", views.unit_link_check, name="unit_link_check"),
    path("e/<str:secret>/kvitto/", views.unit_link_receipt, name="unit_link_receipt"),
    path("e/<str:secret>/kvitto.pdf", views.unit_link_receipt_pdf, name="unit_link_receipt_pdf"),
    path("e/<str:secret>/fil/<int:number>/ta-bort/", views.unit_link_file_remove, name="unit_link_file_remove"),
    path("e/<str:secret>/<slug:question>/", views.unit_link_question, name="unit_link_question"),
    # An enskild verksamhet tells the nämnd
    path("underrattelse/<str:secret>/", provider_views.provider_tell, name="provider_tell"),
    # Following a report with its code
    path("kod/", code_views.code, name="code"),
    path("kod/meddelande/", code_views.code_message, name="code_message"),
    path("kod/stang/", code_views.code_close, name="code_close"),
    path("kod/<slug:move>/", code_views.code_move, name="code_move"),
    # The link, for those who put it up
    path("enhetens-lank/", poster_views.unit_link_posters, name="unit_link_posters"),
    path("enhetens-lank/<int:unit_id>/", poster_views.unit_link_poster, name="unit_link_poster"),
    path("enhetens-lank/<int:unit_id>/andra/", poster_views.unit_link_change, name="unit_link_change"),
]
