from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "avvikelse.workplace"
    label = "workplace"
