"""The settings, read from the environment. What is wrong or missing stops the start with a sentence."""

from pathlib import Path
from typing import Any

from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from avvikelse.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
SECRET_LENGTH = 50  # As Django's own deployment check asks.

environment = Environment()


# --- Mode: production unless something else is said -----------------------------------------------

MODE = environment.choice("MODE", ("production", "local"), "production")
PRODUCTION = MODE == "production"
DEBUG = environment.flag("DEBUG", default=False)
DEMO = environment.flag("DEMO", default=False)
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", None if PRODUCTION else "127.0.0.1,localhost,[::1]")

if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG får inte vara på i drift: ta bort DEBUG ur miljön.")
if PRODUCTION and DEMO:
    raise ImproperlyConfigured("DEMO får inte vara på i drift: ta bort DEMO ur miljön.")
if PRODUCTION and len(SECRET_KEY) < SECRET_LENGTH:
    raise ImproperlyConfigured(f"SECRET_KEY är för kort: ange minst {SECRET_LENGTH} slumpade tecken.")
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS får inte vara *: räkna upp värdnamnen.")
if DEMO and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured(
        "DEMO går bara på den egna datorn: ALLOWED_HOSTS får bara vara 127.0.0.1, localhost och [::1]."
    )

MUNICIPALITY = environment.text("MUNICIPALITY", None if PRODUCTION else "Ekhamns kommun")
DATA_DIR = Path(environment.text("DATA_DIR", None if PRODUCTION else str(BASE_DIR / ".data")))


# --- Program --------------------------------------------------------------------------------------

ROOMS = (
    "organisation",
    "audit",
    "documents",
    "cases",
    "measures",
    "inquiries",
    "deviations",
    "improvements",
    "lex_sarah",
    "care_injuries",
    "ivo",
    "samverkan",
    "intake",
    "workplace",
    "public",
    "ui",
    *(("demo",) if DEMO else ()),
)
INSTALLED_APPS = [
    *(f"avvikelse.{room}" for room in ROOMS),
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]
CASE_WORKFLOWS = {
    "AVV": "avvikelse.deviations.workflow.WORKFLOW",
    "FOR": "avvikelse.improvements.workflow.WORKFLOW",
    "LEX": "avvikelse.lex_sarah.workflow.WORKFLOW",
    "VSK": "avvikelse.care_injuries.workflow.WORKFLOW",
    "SAM": "avvikelse.samverkan.workflow.WORKFLOW",
    "IVO": "avvikelse.ivo.workflow.WORKFLOW",
}
MIDDLEWARE = [
    "avvikelse.ui.middleware.refuse_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "avvikelse.ui.middleware.LogInKeepingWhatWasSent",
    "avvikelse.ui.middleware.keep_nothing",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "avvikelse.urls"
WSGI_APPLICATION = "avvikelse.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "avvikelse.workplace.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "avvikelse.ui.drawing.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True


# --- Database: the program is avvikelse_web; only what migrates knows avvikelse_owner --------

WEB_ROLE = "avvikelse_web"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(name: str) -> dict[str, Any]:
    """Turn the URL in NAME_URL, with the secret NAME_PASSWORD when given, into Django's form.

    What has no place of its own goes to OPTIONS.
    """
    options = {key: str(value) for key, value in conninfo_to_dict(environment.secret(f"{name}_URL")).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname", ""),
        "USER": options.pop("user", ""),
        "PASSWORD": environment.secret(f"{name}_PASSWORD", options.pop("password", "")),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        # Planning is half of what PostgreSQL does for a page: what a connection asks again is planned once.
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": 3},
        "ATOMIC_REQUESTS": True,
        # A kept connection costs 0.7 ms a request, a new one 6.5. The health check hides a server's restart.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database("DATABASE")}
if environment.given("OWNER_DATABASE_URL"):
    # No request may so much as open a transaction as the owner.
    DATABASES["owner"] = database("OWNER_DATABASE") | {"ATOMIC_REQUESTS": False}


# --- People and log in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = ["avvikelse.accounts.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_VALIDATION = "django.contrib.auth.password_validation"  # noqa: S105 (a module's name)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{PASSWORD_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": f"{PASSWORD_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{PASSWORD_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{PASSWORD_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "avvikelse.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # The municipality makes the accounts, so the addresses are known to be right.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# A whole municipality may come from one address: what stops guessing is the limit per account.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "120/m/ip,5/5m/key",
    "reset_password": "60/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0)

SESSION_ENGINE = "avvikelse.ui.session_store"
SESSION_COOKIE_AGE = environment.number("SESSION_MINUTES", 9 * 60) * 60  # A working day, so that nobody loses a text.
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "avvikelse.ui.kept.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Files, since log-in limits must hold in every process and survive the broker's absence.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}


# --- Browser --------------------------------------------------------------------------------------

if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Preloading binds the municipality's whole domain, which is not this program's to decide.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}


# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAX_FILES = 10
MAX_FILE_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700


# --- Mail, background work, log -------------------------------------------------------------------

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if PRODUCTION else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM", None if PRODUCTION else "avvikelse@ekhamn.example")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", DEFAULT_FROM_EMAIL)

CELERY_BROKER_URL = environment.secret("BROKER_URL", None if PRODUCTION else "redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The broker only wakes the worker; what is to be done stands in the database. A broker that is gone must
# fail at once instead of holding a request for six seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "documents.render_waiting": {"task": "documents.render_waiting", "schedule": schedule(30)},
    "cases.ensure_takers": {"task": "cases.ensure_takers", "schedule": schedule(60 * 60)},
    "intake.remove_old_drafts": {"task": "intake.remove_old_drafts", "schedule": schedule(6 * 60 * 60)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "avvikelse.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Both have a handler of their own, and write addresses.
        "django.server": {"handlers": ["console"], "propagate": False},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    },
}
