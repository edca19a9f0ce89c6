"""The door for gunicorn: `gunicorn avvikelse.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avvikelse.settings")

application = get_wsgi_application()
