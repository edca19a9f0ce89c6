from django.apps import AppConfig


class IvoConfig(AppConfig):
    name = "avvikelse.ivo"
    label = "ivo"
