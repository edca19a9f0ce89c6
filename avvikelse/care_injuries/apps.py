from django.apps import AppConfig


class CareInjuriesConfig(AppConfig):
    name = "avvikelse.care_injuries"
    label = "care_injuries"
