"""What readers may see changes in one transaction with the site's version: both or neither, whatever dies in between.

Wagtail saves pages, snippets, settings and pictures so. This is for what it does not.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

VIEWS = frozenset({"wagtailadmin_pages:set_privacy"})
"""Views of the admin that save in several steps; none of them sends an email or waits for anybody."""


class WholeChangesMiddleware:
    """The last before the view, so that who may not change anything holds no lock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]) -> Any:
        if request.method == "POST" and request.resolver_match and request.resolver_match.view_name in VIEWS:
            return transaction.atomic(view)(request, *args, **kwargs)
        return None


class ShownToReaders:
    """First base of a model whose rows stand on public pages: what its signals do is part of the same transaction."""

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return super().delete(*args, **kwargs)  # type: ignore[misc]
