"""Settings shared by every environment; what differs comes from environment variables with safe defaults.

`docs/running.md` lists the variables. A file `.env` beside `manage.py` is read when there is one.
"""

from datetime import timedelta
from pathlib import Path

import environ

from .browser_policies import *  # noqa: F403
from .database import database
from .storage import media_storage
from .wagtail_admin import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGE_DIR = BASE_DIR / "innerbalance"
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

from .backups import *  # noqa: E402, F403 -- these read the environment, so after the file
from .mail import *  # noqa: E402, F403
from .monitoring import *  # noqa: E402, F403
from .newsletter import *  # noqa: E402, F403

# --- Applications. The order matters where templates or static files override each other.
INSTALLED_APPS = [
    "innerbalance.pages",
    "innerbalance.locations",
    "blog",
    "intake",
    "newsletter",
    "assessment",
    "innerbalance",
    "innerbalance.images",
    "innerbalance.practice",
    "innerbalance.caching",
    "innerbalance.housekeeping",
    "innerbalance.operations",
    "innerbalance.journal",
    "innerbalance.backups",
    "innerbalance.security",
    "innerbalance.demo",
    "crispy_forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "innerbalance.caching.middleware.FinishedPagesMiddleware",
    "innerbalance.operations.metrics.RequestMetricsMiddleware",
    "innerbalance.security.logs.RequestIdMiddleware",
    "innerbalance.security.proxies.UncountedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "innerbalance.security.content_policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "innerbalance.caching.middleware.PublicResponseMiddleware",
    "innerbalance.security.clean_query.CleanQueryMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "innerbalance.caching.whole_changes.WholeChangesMiddleware",
]

ROOT_URLCONF = "innerbalance.urls"
WSGI_APPLICATION = "innerbalance.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# It brings a library that nobody needs who sends by SMTP: 6 MB in memory.
if MAIL_BACKEND.startswith("anymail."):  # noqa: F405
    INSTALLED_APPS += ["anymail"]

# --- Data: SQLite and folders beside the code by default, anything else by address.
DATABASES = {"default": database(env, var_dir=VAR_DIR)}

# Outside the database, and beside it where it is a file: what a restored database is put right by.
_BESIDE = Path(DATABASES["default"]["NAME"]).parent if "sqlite3" in DATABASES["default"]["ENGINE"] else VAR_DIR
JOURNAL_DIR = env("JOURNAL_DIR", default=str(_BESIDE / "journal"))
BACKUP_DIR = env("BACKUP_DIR", default=str(_BESIDE / "backups"))

_behind = env.cache("CACHE_URL", default="locmemcache://")
CACHES = {"default": {"BACKEND": "innerbalance.caching.backend.CacheThatMayFail", "OPTIONS": {"behind": _behind}}}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [PACKAGE_DIR / "static"]
MEDIA_URL = "/media/"
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)  # nginx does it in production
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()
STORAGE_URL = env("STORAGE_URL", default="")
STORAGES = {
    "default": media_storage(STORAGE_URL),
    "staticfiles": {"BACKEND": "innerbalance.static_files.MinifiedStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# A list of mail addresses (newsletter.forms.office) is never put down in a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long StreamField pages in the admin

# --- Language and time. Moments are stored in UTC and shown in the practice's zone.
LANGUAGE_CODE = "en-us"
TIME_ZONE = env("TIME_ZONE", default="America/Phoenix")
USE_I18N = True
USE_TZ = True

# --- People who sign in.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Keyed hashes (rate limits, blind indexes, suppression) and intake encryption have keys of their own; newest first.
HASH_KEYS = env.list("HASH_KEYS", default=[])
INTAKE_KEYS = env.list("INTAKE_KEYS", default=[])
# How many proxies of ours stand in front and add to X-Forwarded-For; 0 means the address of the connection counts.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

DEFAULT_EXCEPTION_REPORTER_FILTER = "innerbalance.security.error_reports.NoContentFilter"

# --- The phone number on the error page when the database is down: remembered in a file, or set here.
LAST_KNOWN_PHONE_FILE = VAR_DIR / "last-known-phone"
PRACTICE_PHONE = env("PRACTICE_PHONE", default="")
# Made when a proxy forwards a request and TRUSTED_PROXIES is 0; read by `manage.py doctor`.
UNKNOWN_PROXY_FILE = VAR_DIR / "unknown-proxy"

# --- Public pages as finished bytes (docs/decisions/0100); blank: none are kept.
KEPT_PAGES_DIR = env("KEPT_PAGES_DIR", default="")
KEPT_PAGES_RELEASE = env("KEPT_PAGES_RELEASE", default="0")  # set by deploy/web.py, anew at each start
KEPT_PAGES_MEGABYTES = env.int("KEPT_PAGES_MEGABYTES", default=500)

WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")

CRISPY_ALLOWED_TEMPLATE_PACKS = ("innerbalance",)
CRISPY_TEMPLATE_PACK = "innerbalance"
