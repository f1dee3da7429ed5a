"""The office's forms: a closure, the week of an office, decisions about holidays."""

from datetime import date, time
from typing import cast

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.locations.formats import problem_text
from innerbalance.locations.models import Closure, HolidayDecision, WeeklySlot
from innerbalance.locations.models.opening import KindOfHours, closures_of
from innerbalance.locations.models.pages import LocationPage, published_locations
from innerbalance.locations.rules.checks import Problem, closure_overlap, date_problems, slot_overlap, time_problems


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


def add_problems(form: forms.BaseForm, problems: list[Problem], *, today: date) -> None:
    """At each field the first problem alone: the others often follow from it."""
    for problem in problems:
        if problem.field not in form.errors:
            form.add_error(problem.field, problem_text(problem, today))


def require_times(form: forms.BaseForm, data: dict) -> None:
    """Both times, where the choice of special hours makes them needed."""
    missing = {
        "opens": gettext("From when to when? Enter the time it opens."),
        "closes": gettext("From when to when? Enter the time it closes."),
    }
    for name, message in missing.items():
        if data.get(name) is None and name not in form.errors:
            form.add_error(name, message)


def _times_of(data: dict) -> tuple[time | None, time | None]:
    return data.get("opens"), data.get("closes")


class ClosureForm(forms.ModelForm):
    """`today` is the practice's date."""

    CLOSED, SPECIAL = "closed", "special"
    what = forms.ChoiceField(
        label=_("On these days the office is"),
        choices=[(CLOSED, _("Closed")), (SPECIAL, _("Open at special hours"))],
        initial=CLOSED,
        widget=forms.RadioSelect,
    )
    last = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput, help_text=_("Leave empty for a single day.")
    )

    class Meta:
        model = Closure
        fields = ["location", "first", "last", "what", "opens", "closes", "past_midnight", "reason", "applies_to"]
        widgets = {"first": DayInput, "opens": ClockInput, "closes": ClockInput}
        error_messages = {"first": {"required": _("Which day? Choose the first day.")}}

    def __init__(self, *args, today: date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today or timezone.localdate()
        location = cast(forms.ModelChoiceField, self.fields["location"])
        location.queryset = LocationPage.objects.filter(pk__in=[one.pk for one in published_locations()]).order_by(
            "path"
        )
        location.empty_label = _("All offices")
        self.fields["applies_to"].required = False
        self.fields["what"].required = False
        if self.instance.pk:
            self.initial["what"] = self.CLOSED if self.instance.is_closed else self.SPECIAL

    def clean(self):
        data = super().clean()
        data["applies_to"] = data.get("applies_to") or Closure.Applies.ALL
        first, last = data.get("first"), data.get("last")
        if "last" not in self.errors:
            data["last"] = last or first
        problems = date_problems(first, last, today=self.today)
        if data.get("what") == self.SPECIAL:
            require_times(self, data)
            problems += time_problems(*_times_of(data), past_midnight=data.get("past_midnight", False))
        else:
            data.update(opens=None, closes=None, past_midnight=False)
        if first and data.get("last") and not problems and "location" not in self.errors:
            found = closure_overlap(first, data["last"], closures_of(self._neighbors(data)))
            problems += [found] if found else []
        add_problems(self, problems, today=self.today)
        return data

    def _neighbors(self, data):
        found = Closure.objects.exclude(pk=self.instance.pk)
        if data.get("location"):
            found = found.for_office(data["location"])
        if data["applies_to"] != Closure.Applies.ALL:
            found = found.filter(applies_to__in=[Closure.Applies.ALL, data["applies_to"]])
        return found


class SlotForm(forms.Form):
    kind = forms.ChoiceField(label=_("For"), choices=KindOfHours, initial=KindOfHours.FRONT_OFFICE)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=list(WEEKDAYS.items()), coerce=int, initial=0)
    opens = forms.TimeField(label=_("Opens"), widget=ClockInput)
    closes = forms.TimeField(label=_("Closes"), widget=ClockInput)
    past_midnight = forms.BooleanField(label=_("Closes on the next day"), required=False)

    def clean(self):
        data = super().clean()
        problems = time_problems(*_times_of(data), past_midnight=data.get("past_midnight", False))
        add_problems(self, problems, today=timezone.localdate())
        return data

    def slot(self) -> WeeklySlot:
        return WeeklySlot(**{name: self.cleaned_data[name] for name in self.fields if name != "DELETE"})


class BaseWeekFormSet(forms.BaseFormSet):
    def clean(self):
        taken = {kind: [] for kind in KindOfHours.values}
        for form in self.filled():
            slot = form.slot()
            rule = slot.as_slot()
            if slot_overlap(rule, taken[slot.kind]):
                message = gettext("This overlaps with other hours on %(day)s or the night before.")
                form.add_error("opens", message % {"day": slot.get_weekday_display()})
            taken[slot.kind].append(rule)

    def filled(self) -> list[SlotForm]:
        """The rows that are to stay; an untouched empty row is none."""
        touched = [form for form in self.forms if form.has_changed() or form.initial]
        return [form for form in touched if form.is_valid() and not form.cleaned_data.get("DELETE")]

    def slots(self) -> list[WeeklySlot]:
        return [form.slot() for form in self.filled()]


WeekFormSet = cast(
    type[BaseWeekFormSet],
    forms.formset_factory(SlotForm, formset=BaseWeekFormSet, extra=3, can_delete=True, max_num=60),
)


class HolidayForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("On this day"), choices=[("", _("Not decided")), *HolidayDecision.Decision.choices], required=False
    )
    opens = forms.TimeField(label=_("Opens"), required=False, widget=ClockInput)
    closes = forms.TimeField(label=_("Closes"), required=False, widget=ClockInput)

    def clean(self):
        data = super().clean()
        if data.get("decision") == HolidayDecision.Decision.SPECIAL:
            require_times(self, data)
            add_problems(self, time_problems(*_times_of(data), past_midnight=False), today=timezone.localdate())
        return data
