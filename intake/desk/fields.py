"""Fields that several of the desk's forms share."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTE = _("Note")
MORNING = time(9)
FURTHEST = timedelta(days=2 * 366)
"""Nobody plans further ahead; a year typed wrong is told at its field, and no moment is near the end of time."""


def note_field(
    label: "StrOrPromise" = NOTE,
    *,
    required: bool = False,
    hint: "StrOrPromise" = "",
    missing: "StrOrPromise" = "",
) -> forms.CharField:
    """What the staff write; it is encrypted like the request."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": missing} if missing else None,
    )


def day_field(label: "StrOrPromise", *, required: bool = True, hint: "StrOrPromise" = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Enter a day, such as 2026-12-31.")},
    )


def time_field(label: "StrOrPromise") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose a time."), "invalid": _("Enter a time, such as 14:30.")},
    )


def moment(day: date, at: time = MORNING) -> datetime:
    """That day and time at the practice."""
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


def planned(day: date | None, now: datetime) -> datetime | None:
    """When the desk looks again: that day's morning; for today in an hour, for the morning may have passed."""
    return max(moment(day), now + timedelta(hours=1)) if day else None


def upcoming(day: date | None, now: datetime) -> date | None:
    """The day, if it is today or within two years; raises ValidationError."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    if day and day < today:
        raise ValidationError(gettext("This day has passed. Choose today or a later day."))
    if day and day > today + FURTHEST:
        raise ValidationError(gettext("This day is more than two years away. Check the year."))
    return day


def set_choices(form: forms.Form, name: str, choices: list) -> None:
    """What a select of the form offers, where that is known only when the form is made."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices
