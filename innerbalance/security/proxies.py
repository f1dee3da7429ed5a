"""Notices a proxy of ours that TRUSTED_PROXIES does not count: all visitors would look like one and share one limit."""

import contextlib
import ipaddress
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)


class UncountedProxyMiddleware:
    """Logs, once for each process, that requests are forwarded and no proxy is trusted. Off where one is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.TRUSTED_PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.warned = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self.warned and is_forwarded_by_ours(request):
            self.warned = True
            note_for_the_doctor()
            logger.error(
                "Requests come through a proxy, but TRUSTED_PROXIES is 0: all visitors share one limit. "
                "Set it to the number of proxies that add to X-Forwarded-For."
            )
        return self.get_response(request)


def note_for_the_doctor() -> None:
    """For `manage.py doctor`, which meets no request. A disk that can't be written is no reason to fail."""
    with contextlib.suppress(OSError):
        Path(settings.UNKNOWN_PROXY_FILE).parent.mkdir(parents=True, exist_ok=True)
        Path(settings.UNKNOWN_PROXY_FILE).touch()


def is_forwarded_by_ours(request: HttpRequest) -> bool:
    """Whether a peer on this machine or on a private network forwards it; a stranger can write any header."""
    if "HTTP_X_FORWARDED_FOR" not in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False
