"""Takes NUL characters out of what a request brings: no text of ours has one, and PostgreSQL refuses them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NUL = "\x00"


class CleanQueryMiddleware:
    """Stands before the session's middleware.

    In the path a NUL becomes U+FFFD: an address that does not exist. In the query string it is dropped, and a cookie
    that holds one was never set by us.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            request.path = request.path.replace(NUL, "\ufffd")
            request.path_info = request.path_info.replace(NUL, "\ufffd")
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or NUL in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace(NUL, "")
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)
