from django.urls import path

from . import views

urlpatterns = [
    path("lagrum/", views.paragraphs, name="paragraphs"),
]
