"""How mails leave: an SMTP server, or a provider by Anymail; `docs/running.md` and `docs/newsletter.md`."""

import os

import environ

from .mail_url import smtp_options

env = environ.Env()

DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="office@localhost")
SERVER_EMAIL = env("SERVER_EMAIL", default=DEFAULT_FROM_EMAIL)

# One mailer, always with a timeout: Django's default is to wait for ever.
MAIL_TIMEOUT = env.int("MAIL_TIMEOUT", default=10)
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
MAIL_BACKEND = env("MAIL_BACKEND", default=_SMTP)
MAILERS: dict[str, dict] = {"default": {"BACKEND": MAIL_BACKEND, "OPTIONS": {}}}
# The mail server in one line, in place of MAIL_HOST and its like.
MAIL_URL = env("MAIL_URL", default="")
# Mails as files in a folder, to look at: where a demo runs, until a mail server or a provider is named.
MAIL_FOLDER = env("MAIL_FOLDER", default="")
if MAIL_FOLDER:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": MAIL_FOLDER},
    }
elif MAIL_URL:
    MAILERS["default"] = {"BACKEND": _SMTP, "OPTIONS": smtp_options(MAIL_URL, timeout=MAIL_TIMEOUT)}
elif MAIL_BACKEND == _SMTP:
    MAILERS["default"]["OPTIONS"] = {
        "host": env("MAIL_HOST", default="localhost"),
        "port": env.int("MAIL_PORT", default=25),
        "username": env("MAIL_USER", default=""),
        "password": env("MAIL_PASSWORD", default=""),
        "use_tls": env.bool("MAIL_STARTTLS", default=False),
        "use_ssl": env.bool("MAIL_TLS", default=False),
        "timeout": MAIL_TIMEOUT,
    }

# What a provider needs has Anymail's own names: ANYMAIL_POSTMARK_SERVER_TOKEN, ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY, ...
ANYMAIL = {
    **{name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")},
    # Providers' webhooks answer only with this "name:password" in their address; blank: they are not mounted.
    "WEBHOOK_SECRET": env.list("ANYMAIL_WEBHOOK_SECRET", default=[]),
    # We ask providers not to track; one that can't be asked doesn't refuse the message.
    "IGNORE_UNSUPPORTED_FEATURES": True,
    # To connect, and for the answer to a message.
    "REQUESTS_TIMEOUT": (MAIL_TIMEOUT, env.int("NEWSLETTER_ANSWER_SECONDS", default=60)),
}
