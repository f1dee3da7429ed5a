"""Fields that several of the desk's forms share."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from intake.desk.formats import practice_zone

MORNING = time(9)


def note_field(label: str = "Note", *, required: bool = False, hint: str = "", missing: str = "") -> forms.CharField:
    """Words of the staff; they are sealed like the request."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": missing} if missing else None,
    )


def day_field(label: str, *, required: bool = True, hint: str = "", missing: str = "Choose a day.") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Enter a day, as 2026-12-31."},
    )


def time_field(label: str, *, missing: str = "Choose a time.") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": missing, "invalid": "Enter a time, as 14:30."},
    )


def moment(day: date, at: time = MORNING) -> datetime:
    """That day and time at the practice."""
    return datetime.combine(day, at, tzinfo=practice_zone())


def planned(day: date | None, now: datetime) -> datetime | None:
    """When the desk looks again: that day's morning; for today in an hour, for the morning may have passed."""
    return max(moment(day), now + timedelta(hours=1)) if day else None


def future(day: date | None, now: datetime) -> date | None:
    """The day, if it is today or later; raises ValidationError."""
    if day and day < now.astimezone(practice_zone()).date():
        raise ValidationError("This day has passed. Choose today or a later day.")
    return day
