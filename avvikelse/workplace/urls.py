from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.todo, name="todo"),
    path("bedom-lika/", views.assess_alike, name="assess_alike"),
]
