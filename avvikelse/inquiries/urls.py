from django.urls import path

from . import views

urlpatterns = [
    path("arenden/<str:reference>/dokumentation/", views.inquiry, name="inquiry"),
    path("arenden/<str:reference>/anteckning/", views.note_add, name="note_add"),
    path("arenden/<str:reference>/dokumentation/<slug:slug>/", views.inquiry_task, name="inquiry_task"),
    path("arenden/<str:reference>/dokumentation/<slug:slug>/utkast/", views.inquiry_draft, name="inquiry_draft"),
    path(
        "arenden/<str:reference>/dokumentation/<slug:slug>/utkast/ta-bort/",
        views.inquiry_draft_drop,
        name="inquiry_draft_drop",
    ),
    path("yttrande/<int:number>/", views.statement, name="statement"),
]
