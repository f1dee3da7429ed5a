"""The cache, so that no page and no form depends on it: one that fails is a miss.

`CACHES["default"]` is this backend, and CACHE_URL stands in its OPTIONS. When the cache behind fails it is left alone
for a few seconds, so that a server that does not answer costs one wait and not one for every page.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from .recording import must_be_asked_anew

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5
WAIT_SECONDS = 1
"""How long a cache on the network is waited for. Its own default is for ever."""

PROBE = "innerbalance:works"


class CacheThatMayFail(BaseCache):
    """Passes everything on to the backend in OPTIONS["behind"] (an entry as in CACHES); what fails there is a miss.

    Raises ImproperlyConfigured when that backend, or the package that it needs, can't be imported.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        options = dict(params.get("OPTIONS", {}))
        behind = dict(options.pop("behind"))
        super().__init__({**params, "OPTIONS": options})
        backend, place = behind.pop("BACKEND"), behind.pop("LOCATION", "")
        if backend.endswith("RedisCache"):
            waits = {"socket_connect_timeout": WAIT_SECONDS, "socket_timeout": WAIT_SECONDS}
            behind["OPTIONS"] = waits | behind.get("OPTIONS", {})
        try:
            self.behind: BaseCache = import_string(backend)(place, behind)
            # Django's backends import what they need at the first use.
            getattr(self.behind, "_cache", None)
        except ImportError as error:
            raise ImproperlyConfigured(f"CACHE_URL names a cache that can't be used: {error}") from error
        self._failed_at = float("-inf")

    def works(self) -> bool:
        """Whether the cache keeps what it is given, asked this moment."""
        self._failed_at = float("-inf")
        self.set(PROBE, "yes", 10)
        return self.get(PROBE) == "yes"

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True, as for a key that was missing, when the cache fails."""
        return self._ask(lambda: self.behind.add(key, value, timeout, version), True)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if must_be_asked_anew(key):
            return default
        return self._ask(lambda: self.behind.get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(lambda: self.behind.set(key, value, timeout, version), None)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(lambda: self.behind.touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(lambda: self.behind.delete(key, version), False)

    def clear(self) -> None:
        self._ask(self.behind.clear, None)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a missing key, as every backend does, and when the cache fails."""
        missing = object()
        number: Any = self._ask(lambda: self.behind.incr(key, delta, version), missing, passed_on=ValueError)
        if number is missing:
            raise ValueError(f"Key '{key}' not found")
        return number

    def close(self, **kwargs: Any) -> None:
        self._ask(lambda: self.behind.close(**kwargs), None)

    def _ask(self, question: Callable[[], Any], otherwise: Any, *, passed_on: type[Exception] | tuple = ()) -> Any:
        if time.monotonic() < self._failed_at + PAUSE_SECONDS:
            return otherwise
        try:
            return question()
        except passed_on:
            raise
        except Exception as error:
            # The type alone: a message can hold the server's address with its password.
            logger.error("The cache failed (%s) and is left alone for %s seconds", type(error).__name__, PAUSE_SECONDS)
            self._failed_at = time.monotonic()
            return otherwise
