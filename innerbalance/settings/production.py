"""For the practice's server. It refuses to start with a missing or weak secret and says which one."""

import sys

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import VAR_DIR, env
from .logs import LOGGING  # noqa: F401
from .secrets import problems_with_secrets

DEBUG = False

SECRET_KEY = env("SECRET_KEY", default="")
HASH_KEYS = env.list("HASH_KEYS", default=[])
INTAKE_KEYS = env.list("INTAKE_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
_problems = problems_with_secrets(
    secret_key=SECRET_KEY, hash_keys=HASH_KEYS, intake_keys=INTAKE_KEYS, allowed_hosts=ALLOWED_HOSTS
)
if _problems and sys.argv[1:2] != ["doctor"]:  # which names them beside all else that is wrong
    raise ImproperlyConfigured("The site will not start:\n- " + "\n- ".join(_problems))

WAGTAILADMIN_BASE_URL = env("BASE_URL", default=f"https://{next(iter(ALLOWED_HOSTS), 'localhost')}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# TLS ends at the proxy in front, which says so in this header and removes a visitor's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
# Off only where the site is tried by http on the machine itself (`make serve`).
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("SECURE_COOKIES", default=True)
_PREFIX = "__Host-" if SESSION_COOKIE_SECURE else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"

# A thread's connection outlives a request: opening SQLite's anew takes longer than most questions.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)  # noqa: F405

WATCH_HOUSEKEEPING = True

KEPT_PAGES_DIR = env("KEPT_PAGES_DIR", default=str(VAR_DIR / "kept"))
