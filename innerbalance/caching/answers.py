"""Public pages that are rendered again only when something they show has changed."""

import functools
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import limit
from .common import note
from .middleware import has_session
from .parts import first_untrue, known
from .recording import Seen, as_known, recorded, unchanged
from .release import release
from .version import CACHED_SECONDS, read

ASKED_FOR = re.compile(r"(?:page=[0-9]{1,5})?")
"""Query strings of which an answer is kept. Any other could be made up without end, and fill the cache."""


@dataclass(frozen=True)
class Answer:
    """`until`: the first moment (UTC) at which it may be untrue though the database is as it was."""

    content: bytes
    content_type: str
    until: datetime
    limited_until: datetime | None
    version: tuple
    seen: Seen

    def response(self, request: HttpRequest) -> HttpResponse:
        limit(request, until=self.limited_until)
        return HttpResponse(self.content, content_type=self.content_type)


def rendered_when_changed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decorator for the view of Wagtail's pages.

    Within one version of the site a page is given as it was rendered. After a change anywhere it is rendered again only
    if a statement that went to the database for it gives other rows than then. People with a session cookie, and
    requests that are no plain reading, always get it rendered.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if settings.DEBUG or not is_plain_reading(request):
            return view(request, *args, **kwargs)
        # Read first of all: what is rendered or found true after it is at least as new as this version.
        version, now, key = read(request), timezone.now(), key_of(request)
        found: Answer | None = cache.get(key)
        if found and now < found.until:
            if found.version == version:
                return found.response(request)
            if unchanged(found.seen, known(request).rows):
                known(request).keep()
                cache.set(key, replace(found, version=version), CACHED_SECONDS)
                return found.response(request)
        with recorded() as recording:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
        known(request).rows.update(as_known(recording.seen))
        known(request).keep()
        if recording.complete and is_for_everyone(request, response):
            limited = getattr(request, "public_until", None)
            made = Answer(
                content=response.content,
                content_type=response.headers["Content-Type"],
                until=min(filter(None, (first_untrue(now), limited))),
                limited_until=limited,
                version=version,
                seen=recording.seen,
            )
            cache.set(key, made, CACHED_SECONDS)
            note(key, recording.seen)
            return made.response(request)
        return response

    return answer


def is_plain_reading(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return request.method in {"GET", "HEAD"} and not has_session(request) and bool(ASKED_FOR.fullmatch(query))


def is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it is an ordinary page: no redirect, no form with a token, no question for a password."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and set(response.headers) == {"Content-Type"}
        and not getattr(getattr(request, "session", None), "accessed", False)
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


def key_of(request: HttpRequest) -> str:
    address = "\n".join((request.scheme or "", request.get_host(), request.get_full_path()))
    return f"answer:{hashlib.sha256(address.encode()).hexdigest()}:{release()}"
