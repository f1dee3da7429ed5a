"""Pages for one person: a form they fill in, or what stands behind a link in their email."""

import functools
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innerbalance.caching.private import set_private_headers


def private(*, indexed: bool) -> Callable[[Callable], Callable]:
    """A decorator of views: kept by no browser or proxy, and other sites never hear the address.

    `indexed`: search engines may list the page (they keep no copy). Not where the address itself is the key.
    """

    def decorate(view: Callable) -> Callable:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return set_private_headers(view(request, *args, **kwargs), indexed=indexed)

        return answer

    return decorate
