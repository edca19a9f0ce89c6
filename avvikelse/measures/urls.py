from django.urls import path

from . import views

urlpatterns = [
    # Causes
    path("orsak/<str:reference>/ny/", views.cause_add, name="cause_add"),
    path("orsak/<int:number>/stryk/", views.cause_take_back, name="cause_take_back"),
    path("orsak/<int:number>/utan-atgard/", views.no_measure, name="no_measure"),
    path("orsak/<int:number>/atgard/", views.measure_add, name="measure_add"),
    # Measures
    path("atgarder/", views.measure_list, name="measure_list"),
    path("atgard/<int:number>/beslut/", views.measure_decide, name="measure_decide"),
    path("atgard/<int:number>/klar/", views.measure_finish, name="measure_finish"),
]
