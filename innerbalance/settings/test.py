"""For the test suite: quick password hashes, mail in memory, media in a folder that goes away."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, env

DEBUG = False
SECRET_KEY = "a-key-for-tests-alone-that-protects-nothing-at-all-0123456789"
HASH_KEYS = ["a-hash-key-for-tests-alone-that-protects-nothing-0123456789"]
INTAKE_KEYS = ["dGVzdHMtb25seS1pbnRha2Uta2V5LTAxMjM0NTY3ODk="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
SERVE_MEDIA = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="innerbalance-test-media-")
LAST_KNOWN_PHONE_FILE = Path(MEDIA_ROOT + "-phone")
UNKNOWN_PROXY_FILE = Path(MEDIA_ROOT + "-proxy")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: browser tests and their server share it between threads as production would.
    DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE", default=tempfile.mkdtemp() + "/test.sqlite3")}
