"""Puts the kept pages in front of the application, with what the settings say of them."""

from collections.abc import Callable

from django.conf import settings

from innerbalance.kept_pages.door import KeptPagesFirst

from .generations import kept_pages
from .headers import standard_headers


def with_kept_pages_first(application: Callable) -> Callable:
    """`application` itself where no pages are kept."""
    pages = kept_pages()
    if pages is None:
        return application
    origin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return KeptPagesFirst(
        application,
        pages=pages,
        origin=origin,
        headers=standard_headers(secure=origin.startswith("https:")),
        session_cookie=settings.SESSION_COOKIE_NAME,
        scheme_header=settings.SECURE_PROXY_SSL_HEADER,
    )
