"""The office's daily digest: how many requests wait, are overdue, are stuck or held. Counts and links only."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.db import transaction
from django.db.models import Q

from innerbalance.locations.services.directory import office_directory
from innerbalance.security.rate_limits import hit
from intake.models import ConsultationRequest, NotifiedPerson, OutgoingEmail
from intake.services.queue_counts import queue_counts

FROM_HOUR, TO_HOUR = 7, 12
"""It comes before the office opens; a digest that would come in the afternoon is left out."""

DAY = timedelta(days=1)


def owe_digest(*, now: datetime) -> int:
    """Owe each person chosen for it one digest for today, where there is something in it; how many were queued.

    Only in the morning of a day on which an office opens. Safe to run each minute, and twice at once.
    """
    local = now.astimezone(ZoneInfo(site.TIME_ZONE))
    if not FROM_HOUR <= local.hour < TO_HOUR:
        return 0
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    kind = OutgoingEmail.Kind.DIGEST
    if OutgoingEmail.objects.filter(kind=kind, made_at__gte=midnight).exists() or not _opens(midnight):
        return 0
    emails = [
        OutgoingEmail(kind=kind, recipient_id=user_id, data=data, made_at=now, due_at=now)
        for user_id, data in _contents(now).items()
        if any(data.values())
    ]
    if not emails:
        return 0
    with transaction.atomic():
        # The look back holds for one process; the counter for two at the same moment.
        if not hit(purpose="intake-digest", identity=local.date().isoformat(), limit=1, window=DAY, now=now):
            return 0
        OutgoingEmail.objects.bulk_create(emails)
    return len(emails)


def counts(*, now: datetime, office_id: int | None = None) -> dict[str, int]:
    """`waiting`, `overdue`, `stuck`, `held`: of one office and of no office in particular, or of all."""
    requests = ConsultationRequest.objects.all()
    if office_id is not None:
        requests = requests.filter(Q(office=office_id) | Q(office=None))
    return asdict(queue_counts(requests=requests, now=now))


def _opens(midnight: datetime) -> bool:
    """Whether an office opens on that day; without any office every day counts."""
    directory = office_directory()
    offices = directory.offices()
    if not offices:
        return True
    return any(directory.open_time_between(office.id, midnight, midnight + DAY) for office in offices)


def _contents(now: datetime) -> dict[int | None, dict[str, int]]:
    """User id -> the counts for that person. Nobody chosen: None, the practice's own address."""
    people = NotifiedPerson.objects.filter(digest=True, user__is_active=True)
    chosen: dict[int | None, int | None] = {each.user_id: each.office_id for each in people}
    chosen = chosen or {None: None}
    known = {office_id: counts(now=now, office_id=office_id) for office_id in set(chosen.values())}
    return {user_id: known[office_id] for user_id, office_id in chosen.items()}
