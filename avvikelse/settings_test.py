"""The real settings, for tests and the type checker, with a database cluster of the run's own."""

import os

from avvikelse.embedded import places
from avvikelse.embedded.throwaway import own_name

os.environ.setdefault("MODE", "local")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATA_DIR", str(places.DATA / own_name()))
if "OWNER_DATABASE_URL" not in os.environ:
    # Only names a place: tests/conftest.py starts a server there and the run's workers inherit the names.
    os.environ["TEST_CLUSTER"] = own_name()
    os.environ["OWNER_DATABASE_URL"] = places.url(own_name(), "avvikelse_owner")
    os.environ["DATABASE_URL"] = places.url(own_name(), "avvikelse_web")

from avvikelse.settings import *  # noqa: F403 (after the environment)
from avvikelse.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None  # type: ignore[assignment] # (nothing is built, and WhiteNoise warns of a folder that is not there)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = "memory://"
