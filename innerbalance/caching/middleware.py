"""What a public page says about being kept, its compressed forms, and keeping it as finished bytes."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from innerbalance.kept_pages import ENCODINGS, WARMING
from innerbalance.kept_pages.door import accepts
from innerbalance.kept_pages.folder import LONGEST_SECONDS, SHORTEST_SECONDS
from innerbalance.kept_pages.variants import SMALL, Variant, file_for, variant_of, variants_of

from .generations import generation_for, kept_pages, log_refusal
from .headers import CACHE_CONTROL, standard_headers
from .version import Version, read

STAFF_PATHS = ("/admin/",)
OTHERS_PATHS = (settings.STATIC_URL, settings.MEDIA_URL, "/healthz", "/readyz")
REPEATABLE = {200, 301, 308, 404, 410}
"""Answers that are the same for everybody who asks."""

OF_THE_CONTENT = {"Content-Type", "Content-Length", "Vary"}


def is_public(request: HttpRequest) -> bool:
    """Whether the address is one of the public site's pages."""
    return not request.path_info.startswith((*STAFF_PATHS, *OTHERS_PATHS))


def has_session(request: HttpRequest) -> bool:
    """Whether the request came with a session cookie; reads the cookie only, never the session (that would vary it)."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PublicResponseMiddleware:
    """Sets `Cache-Control` on public pages: browsers ask each time whether theirs is still true.

    A view that set `Cache-Control` itself is left alone. People with a session cookie get `private, no-store`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_public(request):
            return response
        if has_session(request):
            del response.headers["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        elif "Cache-Control" not in response.headers:
            repeatable = request.method in {"GET", "HEAD"} and response.status_code in REPEATABLE
            if repeatable and not response.streaming and not response.cookies:
                response.headers["Cache-Control"] = CACHE_CONTROL
            else:
                patch_cache_control(response, private=True, no_store=True)
        return response


class FinishedPagesMiddleware:
    """The outermost: keeps a page that is the same for everybody, sends the form that the browser takes, or a 304."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        may_be_kept = kept_pages() is not None and may_keep_request(request)
        version = _version(request) if may_be_kept else None
        response = self.get_response(request)
        if not is_public(request) or response.streaming or "Content-Encoding" in response:
            return response
        # Seconds are too coarse to tell two publications apart; the ETag is exact.
        del response.headers["Last-Modified"]
        wanted = _encoding_wanted(request)
        if version and (file := file_to_keep(request, response)):
            variants = variants_of(response.content)
            _keep(request, version, file, variants)
            return _in_form(request, response, variants.get(wanted, variants[""]))
        return _in_form(request, response, variant_of(response.content, wanted))


def _encoding_wanted(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return next(encoding for encoding in ENCODINGS if not encoding or accepts(accepted, encoding))


def _in_form(request: HttpRequest, response: HttpResponse, variant: Variant) -> HttpResponse:
    if len(response.content) >= SMALL:
        patch_vary_headers(response, ("Accept-Encoding",))
    if variant.encoding:
        response.content = variant.content
        response.headers["Content-Encoding"] = variant.encoding
    response.headers["Content-Length"] = str(len(response.content))
    keeps = response.status_code == 200 and "no-store" not in response.get("Cache-Control", "")
    if keeps and request.method in {"GET", "HEAD"}:
        response.headers["ETag"] = variant.etag
        return cast(HttpResponse, get_conditional_response(request, variant.etag, response=response))
    return response


def may_keep_request(request: HttpRequest) -> bool:
    """Whether the answer can be everybody's: asked without a query, a cookie or a name, at the site's own address."""
    if request.method != "GET" or request.META.get("QUERY_STRING"):
        return False
    if any(request.headers.get(name) for name in ("Cookie", "Authorization", "Range")):
        return False
    try:
        return f"{request.scheme}://{request.get_host()}" == settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    except DisallowedHost:
        return False


def file_to_keep(request: HttpRequest, response: HttpResponse) -> str | None:
    """The file for a page that is complete, public and nothing but standard in its headers; else None."""
    standard = standard_headers(secure=request.is_secure())
    own = {name: value for name, value in response.items() if name not in OF_THE_CONTENT}
    varies = {name.strip() for name in response.get("Vary", "").split(",") if name.strip()}
    if response.status_code != 200 or response.cookies or own != standard or varies - {"Accept-Encoding"}:
        return None
    return file_for(request.path_info, response.get("Content-Type", "").partition(";")[0])


def _version(request: HttpRequest) -> Version | None:
    """Read before anything that the page shows, so that the page is at least as new."""
    try:
        return read(request)
    except DatabaseError:  # whoever renders the page meets it too, and says so
        return None


def _keep(request: HttpRequest, version: Version, file: str, variants: dict[str, Variant]) -> None:
    pages, now = kept_pages(), timezone.now().timestamp()
    until = getattr(request, "public_until", None)
    end = until.timestamp() if until else now + LONGEST_SECONDS
    if pages is None or end <= now + SHORTEST_SECONDS:
        return
    asked = "" if WARMING in request.headers else request.path_info
    try:
        if name := generation_for(version, until=end):
            pages.write(name, file, variants, until=end, path=asked)
    except OSError as error:
        log_refusal(error)
