"""Hours as rows: weekly slots, closures, and what was decided about holidays.

They have an ordinary foreign key to the office's page, not a parental one, and screens of their own. As children of the
page they would be part of its revisions, and publishing a draft of last month would bring last month's hours back. It
also keeps the roles apart: editors write the page, the office and the owners set the hours.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.formats import format_date
from innerbalance.locations.formats import closure_text, spans_text
from innerbalance.locations.rules import slots as rules

logger = logging.getLogger(__name__)

KEPT_BACK = timedelta(days=400)
"""Closures older than this change no answer that anybody asks for."""


class KindOfHours(models.TextChoices):
    FRONT_OFFICE = rules.Kind.FRONT_OFFICE.value, _("Front office")
    SESSIONS = rules.Kind.SESSIONS.value, _("Sessions")


class Span(models.Model):
    """Abstract: two wall-clock times of the office."""

    past_midnight = models.BooleanField(_("closes on the next day"), default=False)

    class Meta:
        abstract = True


class WeeklySlot(Span):
    location = models.ForeignKey("locations.LocationPage", on_delete=models.CASCADE, related_name="weekly_slots")
    kind = models.CharField(_("kind"), max_length=20, choices=KindOfHours, default=KindOfHours.FRONT_OFFICE)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["kind", "weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {spans_text([self.as_slot().span])}"

    def as_slot(self) -> rules.Slot:
        """Raises ValueError where times can't be."""
        span = rules.Span.between(self.opens, self.closes, past_midnight=self.past_midnight)
        return rules.Slot(self.weekday, span)


class ClosureQuerySet(models.QuerySet):
    def not_over(self, today: date):
        return self.filter(last__gte=today)

    def for_office(self, location):
        """Those of one office and those of all; of all offices' closures only for None."""
        return self.filter(models.Q(location=location) | models.Q(location=None))


class Closure(Span):
    """Days on which other hours hold; without times the office is closed."""

    class Applies(models.TextChoices):
        ALL = "all", _("Front office and sessions")
        FRONT_OFFICE = rules.Kind.FRONT_OFFICE.value, _("Front office only")
        SESSIONS = rules.Kind.SESSIONS.value, _("Sessions only")

    location = models.ForeignKey(
        "locations.LocationPage",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        verbose_name=_("office"),
    )
    applies_to = models.CharField(_("applies to"), max_length=20, choices=Applies, default=Applies.ALL)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=80, blank=True, help_text=_("Readers see it, for example Thanksgiving.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        # The later entered one holds where two meet; all offices' come before one office's own.
        ordering = ["first", "pk"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")

    def __str__(self) -> str:
        try:
            return closure_text(self.as_closure(), self.first)
        except ValueError:
            return gettext("Unreadable closure from %(day)s") % {"day": format_date(self.first, year=True)}

    @property
    def is_closed(self) -> bool:
        return self.opens is None or self.closes is None

    def as_closure(self) -> rules.Closure:
        """Raises ValueError where dates or times can't be."""
        if self.opens is None or self.closes is None:
            return rules.Closure(self.first, self.last, (), self.reason)
        span = rules.Span.between(self.opens, self.closes, past_midnight=self.past_midnight)
        return rules.Closure(self.first, self.last, (span,), self.reason)


class HolidayDecision(models.Model):
    """What the office decided about one federal holiday; its closure, if any, carries the hours."""

    class Decision(models.TextChoices):
        CLOSED = "closed", _("Closed")
        SPECIAL = "special", _("Special hours")
        OPEN = "open", _("Open as usual")

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("holiday"), max_length=120)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    # Deleting the closure takes the decision back: the holiday is offered again.
    closure = models.OneToOneField(Closure, null=True, blank=True, on_delete=models.CASCADE, related_name="holiday")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return gettext("%(holiday)s: %(decision)s") % {"holiday": self.name, "decision": self.get_decision_display()}


def slots_of(rows: Iterable[WeeklySlot]) -> list[rules.Slot]:
    """Those that can be read."""
    return [slot for row in rows if (slot := _readable(row, row.as_slot))]


def closures_of(rows: Iterable[Closure]) -> list[rules.Closure]:
    """Those that can be read."""
    return [closure for row in rows if (closure := _readable(row, row.as_closure))]


def _readable[T](row: models.Model, read: Callable[[], T]) -> T | None:
    """None for what the forms would have refused: such a row must not close the site."""
    try:
        return read()
    except ValueError as error:
        logger.error("Unreadable hours: %s %s, %s", row._meta.label, row.pk, type(error).__name__)
        return None
