"""Counting runs. Reading answers from a form is assessment.forms, scoring assessment.rules.scoring."""

from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from assessment.models import Assessment, AssessmentDay


class Reached(StrEnum):
    """How far a reader came. Whoever finished has started as well."""

    STARTED = "started"
    FINISHED = "finished"


def count_run(*, assessment: Assessment, reached: Reached, now: datetime) -> None:
    """Adds one to the totals of the day that ``now`` falls on in the practice's time zone.

    Does nothing where the assessment's counting is turned off.
    """
    if not assessment.counts_runs:
        return
    day = timezone.localdate(now)
    more = {"started": F("started") + 1}
    if reached is Reached.FINISHED:
        more["finished"] = F("finished") + 1
    row = AssessmentDay.objects.filter(assessment=assessment, day=day)
    if row.update(**more):
        return
    try:
        with transaction.atomic():
            AssessmentDay.objects.create(
                assessment=assessment,
                day=day,
                started=1,
                finished=int(reached is Reached.FINISHED),
            )
    except IntegrityError:  # another reader made the day's row in between
        row.update(**more)
