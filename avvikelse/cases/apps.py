from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "avvikelse.cases"
    label = "cases"
