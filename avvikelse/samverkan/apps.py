from django.apps import AppConfig


class SamverkanConfig(AppConfig):
    name = "avvikelse.samverkan"
    label = "samverkan"
