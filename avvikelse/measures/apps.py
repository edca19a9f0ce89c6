from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "avvikelse.measures"
    label = "measures"
