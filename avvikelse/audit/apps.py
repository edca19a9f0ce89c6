from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "avvikelse.audit"
    label = "audit"
