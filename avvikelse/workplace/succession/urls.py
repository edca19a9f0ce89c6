from django.urls import path

from . import views

urlpatterns = [
    path("organisation/enheter/<int:unit_id>/stang/", views.unit_close, name="unit_close"),
    path("organisation/personer/<int:person_id>/sluta/", views.person_leave, name="person_leave"),
    path("organisation/roller/<int:assignment_id>/avsluta/", views.role_end, name="role_end"),
]
