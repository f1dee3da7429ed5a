"""Whom nothing may be sent to. An address is known again by its keyed hash alone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from newsletter.models import Suppression
from newsletter.rules.subscriber_states import MAY_SIGN_UP_AGAIN, SuppressionReason
from newsletter.services import promises
from newsletter.services.address_hashes import address_hashes


def reason_for(*, address_key: str) -> SuppressionReason | None:
    """Why nothing may be sent to the address; None when it may."""
    found = Suppression.objects.for_hashes(address_hashes(address_key)).first()
    return SuppressionReason(found.reason) if found else None


@transaction.atomic
def suppress(*, address_key: str, reason: SuppressionReason, now: datetime) -> None:
    """Send nothing to the address from this moment on. A stronger reason replaces one the person could lift."""
    hashes = address_hashes(address_key)
    known = Suppression.objects.for_hashes(hashes)
    if known.exists():
        if reason not in MAY_SIGN_UP_AGAIN:
            known.filter(reason__in=MAY_SIGN_UP_AGAIN).update(reason=reason, created_at=now)
            promises.suppressed(hashes=hashes, reason=reason)
        return
    Suppression.objects.get_or_create(address_hash=hashes[0], defaults={"reason": reason, "created_at": now})
    promises.suppressed(hashes=hashes, reason=reason)


@transaction.atomic
def lift(*, address_key: str, reasons: Iterable[SuppressionReason] = MAY_SIGN_UP_AGAIN) -> bool:
    """Take the address off the list where its reason is one of `reasons`; whether it was there.

    The default is what the person may lift by a confirmed sign-up of their own.
    """
    known = Suppression.objects.for_hashes(address_hashes(address_key)).filter(reason__in=list(reasons))
    promises.lifted(known)
    return known.delete()[0] > 0
