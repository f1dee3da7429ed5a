"""What is made of a value alone, kept under the value itself: a changed value has another name, so nothing gets old."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from .recording import BY_CONTENT, recorded
from .release import release

DAY = 86_400
MISSING = object()


def made_from[T](name: str, parts: tuple, make: Callable[[], T]) -> T:
    """What `make()` gives, which has to depend on `parts` (told apart by their `repr`), code and settings alone.

    Something that asks the database after all is made each time. It must not look at the clock either, nor at objects
    that were read before and are not among `parts`.
    """
    digest = hashlib.sha256(repr((parts, get_language())).encode()).hexdigest()
    key = f"{BY_CONTENT}{name}:{digest}:{release()}"
    value: Any = cache.get(key, MISSING)
    if value is MISSING:
        with recorded() as recording:
            value = make()
        if recording.complete and not recording.seen:
            cache.set(key, value, DAY)
    return value
