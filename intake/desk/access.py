"""Who may enter the desk, and what every answer of it has in common."""

import functools
import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from innerbalance.security.encryption import KeyDestroyed, KeyMissing, SealError
from intake.models import ConsultationRequest

logger = logging.getLogger(__name__)

VIEW = "intake.view_consultationrequest"
CHANGE = "intake.change_consultationrequest"
DELETE = "intake.delete_consultationrequest"
EXPORT = "intake.export_consultationrequest"

READING = ("GET", "HEAD")
CHANGING = ("POST",)


def may_see_desk(user) -> bool:
    return user.has_perm(VIEW)


def desk_view(*, permission: str = VIEW, methods: tuple[str, ...] = READING):
    """Guards a view: the permission, the methods, no copy anywhere, and words instead of content when a key is missing.

    A request that does not exist is a 404; one that cannot be opened is said so with a 503, by its reference.
    """

    def decorate(view):
        guarded = require_http_methods(list(methods))(view)

        @sensitive_post_parameters()
        @sensitive_variables()
        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            try:
                response = guarded(request, *args, **kwargs)
            except ConsultationRequest.DoesNotExist:
                raise Http404 from None
            except SealError as error:
                # The service has written the audit line; here goes only the error's name.
                logger.error("A consultation request could not be opened: %s", type(error).__name__)
                response = _cannot_open(request, error, kwargs.get("reference", ""))
            return closed(response)

        return answer

    return decorate


def closed(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no proxy, found by no robot, named to no other site."""
    patch_cache_control(response, private=True, no_store=True)
    # "same-origin": with "no-referrer" browsers send `Origin: null` with the forms.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _cannot_open(request: HttpRequest, error: SealError, reference: str) -> HttpResponse:
    context = {
        "reference": reference,
        "missing": isinstance(error, KeyMissing),
        "destroyed": isinstance(error, KeyDestroyed),
    }
    return render(request, "intake/admin/cannot_open.html", context, status=503)
