"""Who may open one of our own admin views, and what all their answers have in common.

Every own view of the admin is guarded here, once: by the decorator `private_admin_view`, or by `PrivateAdminMixin` for
views that are classes. Wagtail has asked before whether the person may enter the admin at all, and answers a
PermissionDenied by going back to the admin's home.
"""

import functools
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from innerbalance.caching.private import set_private_headers

logger = logging.getLogger(__name__)

READING = ("GET", "HEAD")
CHANGING = ("POST",)


def private_admin_view(
    permission: str | Iterable[str] = (), *, any_of: Iterable[str] = (), methods: Iterable[str] = READING
) -> Callable[[Callable], Callable]:
    """A decorator of admin views: for who has `permission` (each, if there are several) and one of `any_of`.

    Everybody else gets PermissionDenied, and the refusal is logged by the person's id and the view's name. Methods
    other than `methods` are a 405. No answer is kept anywhere, and what was posted stands in no error report.
    Raises ValueError when no permission is named.
    """
    all_of, any_of = _as_tuple(permission), tuple(any_of)
    if not all_of and not any_of:
        raise ValueError("A private admin view needs at least one permission.")

    def decorate(view: Callable) -> Callable:
        allowed_methods = require_http_methods(list(methods))(view)

        @sensitive_post_parameters()
        @sensitive_variables()
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            require(request, all_of, any_of=any_of, view=view.__qualname__)
            return set_private_headers(allowed_methods(request, *args, **kwargs))

        return answer

    return decorate


class PrivateAdminMixin:
    """The same for a view that is a class; stands first among its bases. The view itself says which methods it has."""

    private_permission: str | Iterable[str] = ()
    private_any_of: Iterable[str] = ()

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        all_of, any_of = _as_tuple(self.private_permission), tuple(self.private_any_of)
        if not all_of and not any_of:
            raise ValueError(f"{type(self).__name__} needs at least one permission.")
        require(request, all_of, any_of=any_of, view=type(self).__qualname__)
        return set_private_headers(super().dispatch(request, *args, **kwargs))  # type: ignore[misc]


def require(
    request: HttpRequest, permission: str | Iterable[str], *, any_of: Iterable[str] = (), view: str = ""
) -> None:
    """Raises PermissionDenied unless the person has every `permission` and, when there are any, one of `any_of`."""
    any_of = tuple(any_of)
    user = request.user
    if all(map(user.has_perm, _as_tuple(permission))) and (not any_of or any(map(user.has_perm, any_of))):
        return
    logger.warning("Refused: user %s, view %s", user.pk, view or request.path)
    raise PermissionDenied


def _as_tuple(permission: str | Iterable[str]) -> tuple[str, ...]:
    return (permission,) if isinstance(permission, str) else tuple(permission)
