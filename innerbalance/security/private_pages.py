"""Pages for one person: a form they fill in, or what stands behind a link in their mail."""

import functools

from django.http import HttpRequest, HttpResponse


def private(*, indexed: bool):
    """A decorator of views: kept by no browser or proxy, and other sites never hear the address.

    `indexed`: search engines may list the page (they keep no copy). Not where the address itself is the key.
    """
    robots = "noarchive" if indexed else "noindex, noarchive"

    def decorate(view):
        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            # "same-origin" and not "no-referrer": with the latter browsers send `Origin: null` with the form.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = robots
            return response

        return answer

    return decorate
