from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "avvikelse.public"
    label = "public"
