from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "avvikelse.inquiries"
    label = "inquiries"
