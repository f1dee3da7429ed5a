"""MAIL_URL: the mail server, its encryption and the account in one line."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {
    "smtp": (25, {"use_tls": False, "use_ssl": False}),
    "smtp+starttls": (587, {"use_tls": True, "use_ssl": False}),
    "smtps": (465, {"use_tls": False, "use_ssl": True}),
}
"""Scheme -> its usual port, and Django's names for the encryption (RFC 8314 section 7.3 for `smtps`)."""


def smtp_options(url: str, *, timeout: int) -> dict:
    """OPTIONS of Django's SMTP backend. Raises ImproperlyConfigured, without the URL: it holds a password."""
    try:
        parts = urlsplit(url)
        port, encryption = SCHEMES[parts.scheme]
        port = parts.port or port
    except (KeyError, ValueError):
        raise ImproperlyConfigured(
            "MAIL_URL can't be read; its form is smtp+starttls://NAME:PASSWORD@HOST:587, or smtps:// or smtp://"
        ) from None
    if not parts.hostname:
        raise ImproperlyConfigured("MAIL_URL names no host")
    return {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        **encryption,
        "timeout": timeout,
    }
