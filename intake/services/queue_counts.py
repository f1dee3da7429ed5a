"""How the requests stand at a moment, in counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from intake.models import ConsultationRequest
from intake.rules.status import OPEN, WAITING


@dataclass(frozen=True)
class QueueCounts:
    """`waiting` for an appointment; of the open ones `overdue` (unanswered) and `stuck` (no next step); `held`."""

    waiting: int
    overdue: int
    stuck: int
    held: int


def queue_counts(*, requests: QuerySet[ConsultationRequest], now: datetime) -> QueueCounts:
    """In one query; `requests` with the held ones."""
    received = Q(quarantined=False)
    late = received & Q(status__in=OPEN, act_by__lt=now)
    return QueueCounts(
        **requests.aggregate(
            waiting=Count("pk", filter=received & Q(status__in=WAITING)),
            overdue=Count("pk", filter=late & Q(first_answered_at=None)),
            stuck=Count("pk", filter=late & Q(first_answered_at__isnull=False)),
            held=Count("pk", filter=Q(quarantined=True)),
        )
    )
