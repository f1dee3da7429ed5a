"""Limits on how often one network or one contact may do one thing. Identities are kept as keyed hashes that expire.

Rows and not the cache: the limits hold across processes, and across a restart.
"""

import ipaddress
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest

from .keyed_hash import keyed_hash
from .models import RateLimitHit

logger = logging.getLogger(__name__)


def hit(*, purpose: str, identity: str, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one more `purpose` by `identity` in the current window; True while the count is within `limit`.

    Windows are aligned to multiples of `window` since the epoch, and the row's key changes with the window.
    Concurrent calls never lose a count (one UPDATE each).
    """
    key = _key(purpose, identity, window, now)
    if not RateLimitHit.objects.filter(key=key).update(count=F("count") + 1):
        _, made = RateLimitHit.objects.get_or_create(key=key, defaults={"count": 1, "expires_at": now + 2 * window})
        if not made:
            RateLimitHit.objects.filter(key=key).update(count=F("count") + 1)
    return RateLimitHit.objects.values_list("count", flat=True).get(key=key) <= limit


def hit_each(*, purpose: str, identities: Iterable[str], limit: int, window: timedelta, now: datetime) -> set[str]:
    """`hit` for many at once, each counted once; those that are within `limit`. Three queries."""
    keys = {_key(purpose, identity, window, now): identity for identity in identities}
    rows = [RateLimitHit(key=key, count=0, expires_at=now + 2 * window) for key in sorted(keys)]
    RateLimitHit.objects.bulk_create(rows, ignore_conflicts=True)
    known = RateLimitHit.objects.filter(key__in=list(keys))
    known.update(count=F("count") + 1)
    return {keys[key] for key in known.filter(count__lte=limit).values_list("key", flat=True)}


def _key(purpose: str, identity: str, window: timedelta, now: datetime) -> str:
    number = int(now.timestamp()) // max(1, int(window.total_seconds()))
    return keyed_hash(f"rate-limit:{purpose}:{number}", identity)


def forget_expired(now: datetime) -> int:
    """Delete the rows whose time is over; how many."""
    return RateLimitHit.objects.filter(expires_at__lte=now).delete()[0]


def client_network(request: HttpRequest) -> str:
    """The client's network: /24 of an IPv4, /64 of an IPv6 address, "unknown" where there is none.

    With TRUSTED_PROXIES = n the n-th address from the right of X-Forwarded-For counts: those further left are the
    visitor's own words.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            address = forwarded[-settings.TRUSTED_PROXIES]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    prefix = 24 if ip.version == 4 else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))


def log_refused_sign_in(sender: object, request: HttpRequest | None = None, **kwargs: object) -> None:
    """Not the name that was typed: it can be a password in the wrong field."""
    logger.warning("Refused sign-in from network %s", client_network(request) if request else "unknown")
