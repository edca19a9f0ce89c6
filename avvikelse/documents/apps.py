from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "avvikelse.documents"
    label = "documents"
