from django.urls import path

from . import diary_views, list_views, people_views, views

urlpatterns = [
    # Cases, for those who handle them
    path("arenden/", list_views.case_list, name="case_list"),
    path("arenden/filter/spara/", list_views.filter_save, name="filter_save"),
    path("arenden/filter/<int:number>/ta-bort/", list_views.filter_drop, name="filter_drop"),
    path("arenden/<str:reference>/", views.case_page, name="case_page"),
    path("arenden/<str:reference>/meddelande/", views.case_message, name="case_message"),
    path("arenden/<str:reference>/berorda/", people_views.affected, name="affected"),
    path("arenden/<str:reference>/berorda/<int:number>/visa/", people_views.affected_reveal, name="affected_reveal"),
    path("arenden/<str:reference>/berorda/<int:number>/ta-bort/", people_views.affected_remove, name="affected_remove"),
    path("arenden/<str:reference>/lasare/", people_views.case_readers, name="case_readers"),
    path("arenden/<str:reference>/fil/<int:number>/", views.attachment, name="attachment"),
    path("arenden/<str:reference>/handling/<str:sort>/<int:number>/", views.document, name="document"),
    path("arenden/<str:reference>/<slug:move>/", views.case_move, name="case_move"),
    # The diary, for registrators
    path("diarium/", diary_views.diary, name="diary"),
    path("diarium/<str:reference>/<slug:move>/", diary_views.diary_move, name="diary_move"),
    # Reports, for those who wrote them
    path("mina-rapporter/", list_views.my_reports, name="my_reports"),
    path("mina-rapporter/<str:reference>/", views.my_report, name="my_report"),
]
