"""The frame of a page (menu, badge, footer) may fail; the page may not."""

import functools
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.utils import timezone

from innerbalance.caching import limit

logger = logging.getLogger(__name__)

TRY_AGAIN_AFTER = timedelta(minutes=1)


def never_fails[Tag: Callable[..., object]](fallback: Callable[[], object]) -> Callable[[Tag], Tag]:
    """A decorator for template tags, below `@register...`: any exception gives `fallback()` instead.

    It is logged by tag and type, never by its text. Where the tag takes the context, the page that lacks
    something may be cached for a minute at most.
    """

    def decorate(tag: Tag) -> Tag:
        @functools.wraps(tag)
        def answer(*args: object, **kwargs: object) -> object:
            try:
                return tag(*args, **kwargs)
            except Exception as error:
                logger.error("Template tag %s failed: %s", getattr(tag, "__name__", "?"), type(error).__name__)
                context = args[0] if args else kwargs.get("context")
                if request := getattr(context, "get", lambda _: None)("request"):
                    limit(request, until=timezone.now() + TRY_AGAIN_AFTER)
                return fallback()

        return cast(Tag, answer)

    return decorate
