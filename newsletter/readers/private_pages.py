"""Pages behind a link that stands in one person's mail."""

import functools

from django.http import HttpRequest, HttpResponse


def private(view):
    """Kept by no browser, proxy or search engine; other sites never hear the address, which is the key."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        # "same-origin" and not "no-referrer": with the latter browsers send `Origin: null` with the form.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response

    return answer
