"""Headers that let a browser or proxy keep a whole public page, and that keep everything else private."""

import re
from datetime import datetime

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from .version import read

STAFF_PATHS = ("/admin/",)
OTHERS_PATHS = (settings.STATIC_URL, settings.MEDIA_URL, "/healthz", "/readyz")
BROTLI_WANTED = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
SMALL = 200
"""Bytes below which compressing is not worth it; as in Django's GZipMiddleware."""

KEEPABLE = {200, 301, 308, 404, 410}


def is_public(request: HttpRequest) -> bool:
    """Whether the address is one of the public site's pages."""
    return not request.path_info.startswith((*STAFF_PATHS, *OTHERS_PATHS))


def has_session(request: HttpRequest) -> bool:
    """Whether the request came with a session cookie; reads the cookie only, never the session (that would vary it)."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PublicResponseMiddleware:
    """Sets `Cache-Control` and `Last-Modified` on public pages.

    A view that set `Cache-Control` itself is left alone. People with a session cookie get `private, no-store`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_public(request):
            return response
        if has_session(request):
            del response.headers["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        elif "Cache-Control" not in response.headers:
            self.set_headers(request, response)
        return response

    def set_headers(self, request: HttpRequest, response: HttpResponse) -> None:
        keepable = request.method in {"GET", "HEAD"} and response.status_code in KEEPABLE and not response.streaming
        if not keepable or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
            return
        now = timezone.now()
        patch_cache_control(response, public=True, max_age=seconds_to_keep(request, now))
        if response.status_code == 200 and (moment := last_modified(request, now)):
            response.headers["Last-Modified"] = http_date(moment.timestamp())


def seconds_to_keep(request: HttpRequest, now: datetime) -> int:
    """Whole seconds until the first moment that the page speaks of, and at most the site's normal time."""
    until = getattr(request, "public_until", None)
    if until is None:
        return settings.PUBLIC_MAX_AGE
    return max(0, min(settings.PUBLIC_MAX_AGE, int((until - now).total_seconds())))


def last_modified(request: HttpRequest, now: datetime) -> datetime | None:
    """The later of the last edit anywhere on the site and the last change of state that the page speaks of."""
    _, changed_at = read(request)
    since = getattr(request, "public_since", None)
    moments = [moment for moment in (changed_at, since) if moment and moment <= now]
    return max(moments, default=None)


class ConditionalPublicPages(ConditionalGetMiddleware):
    """`ETag` and 304, for public pages alone: the admin has its own ways."""

    def process_response(self, request, response):
        if not is_public(request) or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class CompressPublicPages(GZipMiddleware):
    """Brotli, else gzip, for public pages alone; they hold no secret that a compression attack (BREACH) could read."""

    max_random_bytes = 0  # the same bytes for everyone
    brotli_quality = 5
    """As quick as gzip, and a tenth smaller; the highest, 11, would take longer than the page itself."""

    def process_response(self, request, response):
        if not is_public(request):
            return response
        if BROTLI_WANTED.search(request.headers.get("Accept-Encoding", "")) and not response.streaming:
            self._compress(response)
        return super().process_response(request, response)

    def _compress(self, response) -> None:
        if response.has_header("Content-Encoding") or len(response.content) < SMALL:
            return
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = brotli.compress(response.content, quality=self.brotli_quality)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        if (etag := response.get("ETag", "")).startswith('"'):
            response.headers["ETag"] = f"W/{etag}"
