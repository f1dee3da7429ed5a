"""What the office says of one address: never write to it, or: it may be written to again. The log holds no address."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from newsletter.models import Subscriber, SubscriberEvent, Suppression
from newsletter.rules.subscriber_states import (
    OFFICE_MAY_LIFT,
    OFFICE_MAY_LIFT_WHEN_ASKED,
    OFFICE_REASONS,
    EventKind,
    SuppressionReason,
)
from newsletter.services import Actor, subscriptions, suppression


class NotLifted(Exception):
    """Nothing was changed; `str()` says why in plain words."""


@dataclass(frozen=True, slots=True)
class SuppressionStatus:
    """Whether an address may be written to. `reason` and `since` are None when it may, as far as the office's list
    goes; `subscriber` is None when nobody has it."""

    reason: SuppressionReason | None
    since: datetime | None
    subscriber: Subscriber | None

    @property
    def may_lift(self) -> bool:
        return self.reason in OFFICE_MAY_LIFT | OFFICE_MAY_LIFT_WHEN_ASKED

    @property
    def needs_consent(self) -> bool:
        return self.reason in OFFICE_MAY_LIFT_WHEN_ASKED

    @property
    def may_suppress(self) -> bool:
        """Not suppressed yet, or only in a way the person could lift by signing up."""
        return self.reason is None or self.reason in suppression.MAY_SIGN_UP_AGAIN


def suppression_status(*, address_key: str) -> SuppressionStatus:
    found = _suppression(address_key)
    return SuppressionStatus(
        reason=SuppressionReason(found.reason) if found else None,
        since=found.created_at if found else None,
        subscriber=Subscriber.objects.filter(address_key=address_key).first(),
    )


def suppress(*, address_key: str, reason: SuppressionReason, why: str, user: Actor, now: datetime) -> None:
    """Never write to the address again; whoever has it leaves the list. `why` goes to the log."""
    if reason not in OFFICE_REASONS:
        raise ValueError(f"The office can't say {reason!r}.")
    with transaction.atomic():
        suppression.suppress(address_key=address_key, reason=reason, now=now)
        if subscriber := Subscriber.objects.filter(address_key=address_key).first():
            subscriptions.unsubscribe(public_id=subscriber.public_id, campaign_id=None, now=now)
            _note(subscriber, EventKind.SUPPRESSED, user, now)
        data = {"kind": reason.value, "why": why}
        log(instance=_suppression(address_key), action="newsletter.suppress", user=user, data=data)


def lift(*, address_key: str, reason: SuppressionReason, asked: bool, why: str, user: Actor, now: datetime) -> None:
    """Let the address be written to again. Puts nobody on the list: the person still confirms.

    `reason`: the one the office saw. `asked`: the person asked themselves for the newsletter. Raises NotLifted.
    """
    if reason not in OFFICE_MAY_LIFT | OFFICE_MAY_LIFT_WHEN_ASKED:
        raise NotLifted(_("Only the person can lift this, by signing up and confirming."))
    if reason in OFFICE_MAY_LIFT_WHEN_ASKED and not asked:
        raise NotLifted(_("This person said no. It may be lifted only when they ask us themselves."))
    with transaction.atomic():
        found = _suppression(address_key)
        if found is None or not suppression.lift(address_key=address_key, reasons=[reason]):
            raise NotLifted(_("It is no longer suppressed for this reason. Nothing was changed."))
        if subscriber := Subscriber.objects.filter(address_key=address_key).first():
            _note(subscriber, EventKind.LIFTED, user, now)
        data = {"kind": reason.value, "asked": asked, "why": why}
        log(instance=found, action="newsletter.lift", user=user, data=data)


def _suppression(address_key: str) -> Suppression | None:
    return Suppression.objects.for_hashes(suppression.address_hashes(address_key)).first()


def _note(subscriber: Subscriber, kind: EventKind, user: Actor, now: datetime) -> None:
    SubscriberEvent.objects.create(subscriber=subscriber, kind=kind, at=now, user=user)
