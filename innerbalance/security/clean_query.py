"""Takes NUL characters out of addresses: no text of ours has one, and PostgreSQL refuses them with an error."""

from django.http import Http404, HttpRequest, HttpResponse

from innerbalance.views import not_found


class CleanQueryMiddleware:
    """A NUL in the path is an address that does not exist; in the query string it is dropped."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            request.path = request.path_info = request.path_info.replace("\x00", "")
            return not_found(request, Http404("NUL in the address"))
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        return self.get_response(request)
