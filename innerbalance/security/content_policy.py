"""Which Content-Security-Policy goes with which address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP, build_policy


class ContentPolicyMiddleware(ContentSecurityPolicyMiddleware):
    """The strict policy for everybody, ADMIN_CSP under `/admin/` where Wagtail needs inline scripts."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith("/admin/") and CSP.HEADER_ENFORCE not in response:
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(settings.ADMIN_CSP)
        return super().process_response(request, response)
