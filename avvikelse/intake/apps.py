from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "avvikelse.intake"
    label = "intake"
