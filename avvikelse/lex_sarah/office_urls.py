"""What the office does around the cases: the staff's information, and the decisions the nämnd is told of."""

from django.urls import path

from . import duty_views, informed_views, reporting_views

urlpatterns = [
    path("lex-sarah/underrattelser/", informed_views.provider_links, name="provider_links"),
    path("lex-sarah/underrattelser/ny/", informed_views.informed_new, name="informed_new"),
    path("lex-sarah/underrattelser/lank/", informed_views.provider_link_new, name="provider_link_new"),
    path(
        "lex-sarah/underrattelser/lank/<int:number>/stang/",
        informed_views.provider_link_revoke,
        name="provider_link_revoke",
    ),
    path("lex-sarah/skyldigheten/", duty_views.duty_page, name="duty"),
    path("lex-sarah/skyldigheten/enheter/", duty_views.duty_units, name="duty_units"),
    path("lex-sarah/aterrapportering/", reporting_views.delegated, name="delegated"),
    path("lex-sarah/aterrapportering/<int:number>/", reporting_views.delegated_document, name="delegated_document"),
]
