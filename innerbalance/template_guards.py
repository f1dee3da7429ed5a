"""The frame of a page (menu, badge, footer) may fail; the page may not."""

import functools
import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from innerbalance.caching import limit

logger = logging.getLogger(__name__)

TRY_AGAIN_AFTER = timedelta(minutes=1)


def never_fails[T](fallback: Callable[[], T]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """A decorator for template tags, below `@register...`: any exception gives `fallback()` instead.

    It is logged by tag and type, never by its text. Where the tag takes the context, the page that lacks
    something may be cached for a minute at most.
    """

    def decorate(tag: Callable[..., T]) -> Callable[..., T]:
        @functools.wraps(tag)
        def answer(*args: object, **kwargs: object) -> T:
            try:
                return tag(*args, **kwargs)
            except Exception as error:
                logger.error("Template tag %s failed: %s", tag.__name__, type(error).__name__)
                context = args[0] if args else kwargs.get("context")
                if request := getattr(context, "get", lambda _: None)("request"):
                    limit(request, until=timezone.now() + TRY_AGAIN_AFTER)
                return fallback()

        return answer

    return decorate
