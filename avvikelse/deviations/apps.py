from django.apps import AppConfig


class DeviationsConfig(AppConfig):
    name = "avvikelse.deviations"
    label = "deviations"
