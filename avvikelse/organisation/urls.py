from django.urls import path

from .views import local, mine, people, roles, units

urlpatterns = [
    path("organisation/", units.organisation, name="organisation"),
    path("organisation/enheter/ny/", units.unit_add, name="unit_add"),
    path("organisation/enheter/<int:unit_id>/", units.unit_page, name="unit_page"),
    path("organisation/enheter/<int:unit_id>/byt-namn/", units.unit_rename, name="unit_rename"),
    path("organisation/enheter/<int:unit_id>/flytta/", units.unit_move, name="unit_move"),
    path("organisation/personer/", people.people, name="people"),
    path("organisation/personer/ny/", people.person_add, name="person_add"),
    path("organisation/personer/<int:person_id>/", people.person_page, name="person_page"),
    path("organisation/personer/<int:person_id>/andra/", people.person_edit, name="person_edit"),
    path("organisation/personer/<int:person_id>/tillbaka/", people.person_return, name="person_return"),
    path("organisation/personer/<int:person_id>/roll/", roles.role_add, name="role_add"),
    path("organisation/personer/<int:person_id>/ersattare/", roles.deputy_add, name="deputy_add"),
    path("organisation/personer/<int:person_id>/franvaro/", roles.absence_add, name="absence_add"),
    path("organisation/franvaro/<int:absence_id>/ta-bort/", roles.absence_remove, name="absence_remove"),
    path("organisation/roller/andringar/", roles.role_changes, name="role_changes"),
    path("organisation/varden/", local.preferences, name="preferences"),
    path("organisation/varden/<slug:key>/", local.preference_change, name="preference_change"),
    path("organisation/kategorier/", local.categories, name="categories"),
    path("organisation/kategorier/ny/", local.category_add, name="category_add"),
    path("organisation/kategorier/<int:category_id>/avsluta/", local.category_end, name="category_end"),
    path("organisation/stangda-dagar/", local.closed_days, name="closed_days"),
    path("organisation/stangda-dagar/ny/", local.closed_day_add, name="closed_day_add"),
    path("organisation/stangda-dagar/<int:closed_day_id>/ta-bort/", local.closed_day_remove, name="closed_day_remove"),
    path("min-ersattare/", mine.my_deputy, name="my_deputy"),
    path("min-ersattare/<int:assignment_id>/avsluta/", mine.my_deputy_end, name="my_deputy_end"),
    path("min-ersattare/franvaro/<int:absence_id>/ta-bort/", mine.my_absence_remove, name="my_absence_remove"),
]
