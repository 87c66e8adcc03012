"""All settings of the desk, driven by the environment. Without DATABASE_URL it is an embedded desk on a laptop."""

import os
import sys
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from kombu import Queue

from factcheck import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Engines: servers where they are named, embedded ones where they are not.
EMBEDDED_DATABASE = not env.str("DATABASE_URL", "")
EMBEDDED_BROKER = not env.str("REDIS_URL", "")
EMBEDDED = EMBEDDED_DATABASE
DATA_FOLDER = embedded.data_folder()
_secrets = embedded.read_or_create_secrets(DATA_FOLDER) if EMBEDDED_DATABASE or EMBEDDED_BROKER else None

DATABASE_URL = _secrets.database_url if _secrets and EMBEDDED_DATABASE else env.str("DATABASE_URL")
REDIS_URL = _secrets.redis_url if _secrets and EMBEDDED_BROKER else env.str("REDIS_URL")
_database = environ.Env.db_url_config(DATABASE_URL)
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # What is asked again and again is prepared: planning it costs more than running it.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 5,
            **_database.get("OPTIONS", {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The desk's policy.
CLAIM_THRESHOLD = env.float("CLAIM_THRESHOLD", 0.5)  # check-worthiness from which a claim is queued
LEASE_SECONDS = env.int("LEASE_SECONDS", 20 * 60)  # how long a reviewer holds a seat without a heartbeat
SWEEP_AFTER_SECONDS = env.int("SWEEP_AFTER_SECONDS", 30)  # how long work may wait before it is enqueued again

# Networks that webhooks may also reach, and there without TLS: everywhere else they go by https to the public internet.
_networks = env.list("WEBHOOK_NETWORKS", default=["127.0.0.0/8", "::1/128"] if EMBEDDED else [])
WEBHOOK_NETWORKS = [ip_network(network) for network in _networks]

# Security. An embedded desk listens on loopback only and keeps its generated key in its data folder.
SECRET_KEY = env.str("SECRET_KEY", _secrets.secret_key if _secrets and EMBEDDED else "")
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else [])
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}" if EMBEDDED else "").rstrip("/")
DESK_NAME = env.str("DESK_NAME", "Fact-check desk")  # who publishes, as readers and search engines are told
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not EMBEDDED)
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)  # one proxy, whose word on scheme and caller counts
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not EMBEDDED
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_SAMESITE = "Lax"  # so that a link in a mail finds its reader signed in
CSRF_COOKIE_SAMESITE = "Strict"
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
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# A file above FILE_UPLOAD_MAX_MEMORY_SIZE is dropped, and never reaches the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 3_050_000  # a page's source, and what its form sends besides
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # above the intake's own limit, so that its refusal explains itself

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "claims.admin.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_filters",
    "knox",
    "rest_framework",
    "drf_spectacular",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "claims.admin.language.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into its page
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
AUTH_USER_MODEL = "claims.Reviewer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "claims.admin.sign_in.DeskBackend"]
# Ten wrong passwords for one name from one address, and that pair waits; nobody can lock out somebody else.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "claims.admin.sign_in.find_client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# The desk's own language: of pages where neither person nor browser says, and of mails to who has chosen none.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in its own words
TIME_ZONE = "UTC"
USE_TZ = USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = None if EMBEDDED else BASE_DIR / "staticfiles"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = EMBEDDED  # a laptop needs no collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Mail: a local mailbox on a laptop, SMTP where EMAIL_URL names it, or any other backend, as those of django-anymail.
MAILBOX_FOLDER = DATA_FOLDER / "mail"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "")
if not EMAIL_BACKEND and (env.str("EMAIL_URL", "") or not EMBEDDED):
    vars().update(env.email_url_config(env.str("EMAIL_URL", "") or "consolemail://"))
    if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "claims.notifications.smtp.SmtpBackend"
EMAIL_BACKEND = EMAIL_BACKEND or "claims.notifications.mailbox.MailboxBackend"
DESK_TIME_ZONE = env.str("DESK_TIME_ZONE", TIME_ZONE)  # of people who have chosen none
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)  # seconds for each answer of the mail server
EMAIL_PER_MINUTE = env.int("EMAIL_PER_MINUTE", 0)  # mails of the whole desk; 0 is no limit
EMAIL_PER_PERSON_AND_HOUR = env.int("EMAIL_PER_PERSON_AND_HOUR", 60)  # what goes beyond it waits; 0 is no limit
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Fact-check desk <desk@localhost>")
# Each ANYMAIL_… of the environment, as django-anymail names its settings; its own time-out is that of all mail.
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): {"true": True, "false": False}.get(value.lower(), value)
    for name, value in os.environ.items()
    if name.startswith("ANYMAIL_")
} | {"REQUESTS_TIMEOUT": EMAIL_TIMEOUT}

# Celery. The database is the truth; the broker only wakes workers.
CELERY_BROKER_URL = REDIS_URL
# Five queues, each with a worker of its own, so that a silent mail server holds up mail alone, silent targets of
# webhooks webhooks alone, slow sites feeds and pages alone, and neither a backlog nor long texts hold up the sweep.
CELERY_TASK_DEFAULT_QUEUE = "factcheck"
CELERY_TASK_QUEUES = tuple(Queue(name) for name in ("factcheck", "mail", "webhooks", "feeds", "sweep"))
CELERY_TASK_ROUTES = {
    "claims.send_emails": {"queue": "mail"},
    "claims.send_webhook": {"queue": "webhooks"},
    "claims.read_feed": {"queue": "feeds"},
    "claims.read_entry": {"queue": "feeds"},
    "claims.read_page": {"queue": "feeds"},
    "claims.sweep": {"queue": "sweep"},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 20
CELERY_TASK_TIME_LIMIT = 25  # the jobs hold their rows a little longer
CELERY_TASK_ANNOTATIONS = {
    # A long text takes minutes on a busy machine; its job renews its hold on the row: its death is noticed soon.
    "claims.extract_version": {"soft_time_limit": 270, "time_limit": 300},
    # A quarter of it for beginning mails, the rest for ending the last: a server may be slow at each of its answers.
    "claims.send_emails": {"soft_time_limit": 4 * EMAIL_TIMEOUT, "time_limit": 4 * EMAIL_TIMEOUT + 5},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False  # the sweep is the retry
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 360,  # above every time limit, or a job that still runs would be handed out again
    "unacked_restore_interval": 10,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 0,  # of a publish: kombu would hold up each request for six seconds; workers reconnect all the same
}
CELERY_BEAT_SCHEDULER = "factcheck.schedule:VisibleScheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "claims.sweep", "schedule": 10.0, "options": {"expires": 10}},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.DeskTokens",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.IsDeskMember"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsers.DeskJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.DeskSchema",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttles.PersonThrottle", "claims.api.throttles.StrangerThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "person": env.str("API_RATE_PERSON", "6000/min"),
        "stranger": env.str("API_RATE_STRANGER", "60/min"),
    },
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "EXCEPTION_HANDLER": "claims.api.problems.problem_details",
}
REST_KNOX = {"TOKEN_TTL": None, "AUTH_HEADER_PREFIX": "Token"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-check desk",
    "DESCRIPTION": "Articles in, claims found, verdicts gathered, fact-checks out.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ClaimKind": "claims.enums.ClaimKind.choices",
        "ClaimStatus": "claims.enums.ClaimStatus.choices",
        "PageStatus": "claims.enums.PageStatus.choices",
        "Timing": "claims.enums.Timing.choices",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"links": {"()": "factcheck.link_masks.MaskLinks"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["links"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
}
