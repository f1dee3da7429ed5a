"""What the newsletter promises, as lines of the journal; `recovery` does them again on a restored database.

The kinds are stored for years: short literals that never change. A line names people by their public id and by the
keyed hash of their address, copies by the numbers of campaign and subscriber.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from innerbalance.journal.services.promises import promise
from newsletter.models import Campaign, Delivery, Subscriber, Suppression
from newsletter.rules.subscriber_states import SubscriberState
from newsletter.services.address_hashes import address_hashes

LEFT = "newsletter.left"
CONFIRMED = "newsletter.confirmed"
PREFERENCES = "newsletter.preferences"
SUPPRESSED = "newsletter.suppressed"
LIFTED = "newsletter.lifted"
ERASED = "newsletter.erased"
ASKED_TO_CONFIRM = "newsletter.asked-to-confirm"
LINK_SENT = "newsletter.link-sent"
CANCELLED = "newsletter.cancelled"
HANDING_OVER = "newsletter.handing-over"
HANDED_OVER = "newsletter.handed-over"


def left(subscriber: Subscriber, *, state: SubscriberState) -> None:
    promise(LEFT, **_who(subscriber), state=state.value)


def confirmed(subscriber: Subscriber) -> None:
    promise(CONFIRMED, **_who(subscriber))


def preferences(subscriber: Subscriber, *, frequency: str, topic_ids: Iterable[int]) -> None:
    promise(PREFERENCES, **_who(subscriber), frequency=frequency, topics=sorted(topic_ids))


def suppressed(*, hashes: list[str], reason: str) -> None:
    promise(SUPPRESSED, addresses=hashes, reason=reason)


def lifted(suppressions: Iterable[Suppression]) -> None:
    for each in suppressions:
        promise(LIFTED, addresses=[each.address_hash], reasons=[each.reason])


def erased(subscribers: Iterable[Subscriber], *, address_keys: Iterable[str] = ()) -> None:
    """`address_keys`: of the person, whether they are on the list or have only asked."""
    people = list(subscribers)
    keys = {*address_keys, *(each.address_key for each in people)}
    promise(
        ERASED,
        subscribers=[str(each.public_id) for each in people],
        addresses=[one for key in sorted(keys) for one in address_hashes(key)],
    )


def asked_to_confirm(subscriber: Subscriber, *, token_hash: str, expires_at: datetime) -> None:
    """The hash is of the link's secret: the link works on a restored database, too."""
    promise(ASKED_TO_CONFIRM, **_who(subscriber), token_hash=token_hash, expires_at=expires_at.isoformat())


def link_sent(subscriber: Subscriber) -> None:
    promise(LINK_SENT, **_who(subscriber))


def cancelled(campaign_id: int) -> None:
    promise(CANCELLED, campaign=campaign_id)


def handing_over(campaign: Campaign, rows: Iterable[Delivery]) -> None:
    """These copies may be in the mail server's hands from now on."""
    facts = {"campaign": campaign.pk, "page": campaign.page_id, "edition": campaign.content_hash}
    promise(HANDING_OVER, **facts, subscribers=[row.subscriber_id for row in rows if row.subscriber_id])


def handed_over(campaign_id: int, states: Mapping[int, str]) -> None:
    """What became of copies that were handed over: subscriber -> state of the copy."""
    by_state: dict[str, list[int]] = {}
    for subscriber_id, state in states.items():
        by_state.setdefault(state, []).append(subscriber_id)
    promise(HANDED_OVER, campaign=campaign_id, states=by_state)


def _who(subscriber: Subscriber) -> dict[str, Any]:
    return {"subscriber": str(subscriber.public_id), "addresses": address_hashes(subscriber.address_key)}
