from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "avvikelse.organisation"
    label = "organisation"
