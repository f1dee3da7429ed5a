"""The headers that every public page carries: the application sends them, and so does whoever serves kept pages."""

from functools import cache
from typing import cast

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.security import SecurityMiddleware
from django_permissions_policy import PermissionsPolicyMiddleware

CACHE_CONTROL = "public, no-cache"
"""Keep it, and ask each time whether it is still true: the answer is a 304 of no size, or the new page."""


@cache
def standard_headers(*, secure: bool) -> dict[str, str]:
    """Name -> value, asked of the middleware that sets them; `secure`: over https, which adds HSTS."""
    request = HttpRequest()
    request.path = request.path_info = "/"
    request.META = {}
    request._get_scheme = lambda: "https" if secure else "http"  # type: ignore[attr-defined]
    if secure and settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        request.META[name] = value

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": CACHE_CONTROL})

    response = cast(HttpResponse, PermissionsPolicyMiddleware(page)(request))
    for middleware in (XFrameOptionsMiddleware, ContentSecurityPolicyMiddleware, SecurityMiddleware):
        response = cast(HttpResponse, middleware(page).process_response(request, response))
    return {name: value for name, value in response.items() if name != "Content-Type"}


setting_changed.connect(lambda **kwargs: standard_headers.cache_clear(), weak=False)
