from django.urls import path

from . import views

urlpatterns = [path("utredning/<str:reference>/", views.investigation, name="investigation")]
