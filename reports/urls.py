from django.urls import path

from . import views

urlpatterns = [
    path("register/", views.register_page, name="register"),
    path("register/pdf/", views.register_pdf, name="register_pdf"),
    path("register/excel/", views.register_excel, name="register_excel"),
]
