"""A page of the list of subscribers, in words: what is the same for all of its rows is looked up once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from innerbalance.formats import format_date
from newsletter.formats import FREQUENCY_LABELS, SUBSCRIBER_STATE_LABELS
from newsletter.models import Subscriber


@dataclass(frozen=True, slots=True, repr=False)
class SubscriberRow:
    """`since`: the day of the last change of status, in the current time zone."""

    url: str
    address: str
    state: str
    since: str
    frequency: str
    topics: str


def subscriber_rows(people: Iterable[Subscriber]) -> list[SubscriberRow]:
    """`people` with their topics prefetched."""
    states = {state.value: str(label) for state, label in SUBSCRIBER_STATE_LABELS.items()}
    frequencies = {frequency.value: str(label) for frequency, label in FREQUENCY_LABELS.items()}
    everything = _("Everything")
    return [
        SubscriberRow(
            url=reverse("newsletter_subscribers:history", args=(person.pk,)),
            address=person.address,
            state=states[person.state],
            since=format_date(person.left_at or person.confirmed_at or person.created_at, weekday=False, year=True),
            frequency=frequencies[person.frequency],
            topics=", ".join(str(topic) for topic in person.topics.all()) or everything,
        )
        for person in people
    ]
