from django.urls import path

from . import analysis_views as views

urlpatterns = [
    path("handelseanalys/<str:reference>/", views.event_analysis, name="event_analysis"),
    path("handelseanalys/<str:reference>/uppdrag/", views.frame, name="event_analysis_frame"),
    path("handelseanalys/<str:reference>/las/", views.analysis_lock, name="event_analysis_lock"),
    # Steps
    path("handelseanalys/<str:reference>/steg/ny/", views.block_add, name="block_add"),
    path("handelseanalys/steg/<int:number>/", views.block_change, name="block_change"),
    path("handelseanalys/steg/<int:number>/flytta/", views.block_move, name="block_move"),
    path("handelseanalys/steg/<int:number>/ta-bort/", views.block_take_away, name="block_take_away"),
    # What contributed
    path("handelseanalys/<str:reference>/bidrog/ny/", views.factor_add, name="factor_add"),
    path("handelseanalys/bidrog/<int:number>/", views.factor_change, name="factor_change"),
    path("handelseanalys/bidrog/<int:number>/ta-bort/", views.factor_take_away, name="factor_take_away"),
    # Barriers
    path("handelseanalys/<str:reference>/skydd/ny/", views.barrier_add, name="barrier_add"),
    path("handelseanalys/skydd/<int:number>/", views.barrier_change, name="barrier_change"),
    path("handelseanalys/skydd/<int:number>/ta-bort/", views.barrier_take_away, name="barrier_take_away"),
]
