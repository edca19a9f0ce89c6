"""Avvikelse: deviations, improvements and lex Sarah in a municipality's social services."""

from avvikelse.celery import app as celery_app

__all__ = ["celery_app"]
