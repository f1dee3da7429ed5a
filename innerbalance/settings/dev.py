"""For `make run`: needs no variable. Its keys are public: never for a site that strangers reach."""

from .base import *  # noqa: F403
from .base import BASE_DIR, STORAGES, VAR_DIR, env

VAR_DIR.mkdir(exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="insecure-development-secret-key-of-no-use-elsewhere")
HASH_KEYS = env.list("HASH_KEYS", default=["insecure-development-hash-key-of-no-use-elsewhere"])
INTAKE_KEYS = env.list("INTAKE_KEYS", default=["aW5zZWN1cmUtZGV2ZWxvcG1lbnQtaW50YWtlLWtleSE="])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SERVE_MEDIA = True

# Mails of a demo are files to look at, until a mail server or a provider is named.
if not any(env(name, default="") for name in ("MAIL_URL", "MAIL_HOST", "MAIL_BACKEND")):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(BASE_DIR / "var" / "mail")},
        }
    }

# Styles and templates show their changes on reload; hashed names come in production.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
