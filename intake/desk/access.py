"""The desk's permissions, and what its views say when a request cannot be opened."""

import functools
import logging
from collections.abc import Callable, Iterable

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from innerbalance.security.encryption import KeyDestroyed, KeyMissing, SealError
from intake.models import ConsultationRequest

__all__ = ["CHANGE", "CHANGING", "DELETE", "EXPORT", "READING", "VIEW", "StaffRequest", "desk_view"]

logger = logging.getLogger(__name__)

VIEW = "intake.view_consultationrequest"
CHANGE = "intake.change_consultationrequest"
DELETE = "intake.delete_consultationrequest"
EXPORT = "intake.export_consultationrequest"


class StaffRequest(HttpRequest):
    """What a guarded view gets: a request of somebody who has signed in. For annotations."""

    user: User


def desk_view(
    *, permission: str | Iterable[str] = VIEW, methods: Iterable[str] = READING
) -> Callable[[Callable[..., HttpResponse]], Callable]:
    """A private admin view (see `private_admin_view`) of requests.

    A request that does not exist is a 404; one that cannot be opened is said so with a 503, by its reference, so that
    monitoring sees it and nothing caches it.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable:
        @private_admin_view(permission, methods=methods)
        @sensitive_variables()
        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except ConsultationRequest.DoesNotExist:
                raise Http404 from None
            except SealError as error:
                # The service has written the audit line; here goes only the error's name.
                logger.error("A consultation request could not be opened: %s", type(error).__name__)
                return _cannot_open(request, error, kwargs.get("reference", ""))

        return answer

    return decorate


def _cannot_open(request: HttpRequest, error: SealError, reference: str) -> HttpResponse:
    context = {
        "reference": reference,
        "missing": isinstance(error, KeyMissing),
        "destroyed": isinstance(error, KeyDestroyed),
    }
    return render(request, "intake/admin/cannot_open.html", context, status=503)
