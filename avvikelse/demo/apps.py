from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "avvikelse.demo"
    label = "demo"
