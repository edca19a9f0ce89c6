from django.apps import AppConfig


class ImprovementsConfig(AppConfig):
    name = "avvikelse.improvements"
    label = "improvements"
