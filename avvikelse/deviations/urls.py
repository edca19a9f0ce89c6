from django.urls import path

from . import views

urlpatterns = [
    path("utredning/<str:reference>/", views.investigation, name="investigation"),
    path("utredning/<str:reference>/utkast/", views.investigation_draft, name="investigation_draft"),
    path("utredning/<str:reference>/utkast/ta-bort/", views.investigation_draft_drop, name="investigation_draft_drop"),
]
