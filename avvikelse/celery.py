"""The background worker: `celery -A avvikelse worker`, and exactly one `celery -A avvikelse beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avvikelse.settings")

app = Celery("avvikelse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
