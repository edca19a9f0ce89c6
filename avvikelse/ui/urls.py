from django.urls import path

from avvikelse.ui import views

urlpatterns = [
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("stanna-inloggad/", views.stay, name="stay"),
]
