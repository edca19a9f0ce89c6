from django.apps import AppConfig


class LexSarahConfig(AppConfig):
    name = "avvikelse.lex_sarah"
    label = "lex_sarah"
