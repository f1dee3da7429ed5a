"""The office's forms: a closure, the week of an office, decisions about holidays."""

from datetime import date

from django import forms
from django.utils import timezone

from .checks import closure_overlap, date_problems, slot_overlap, time_problems
from .models import Closure, HolidayDecision, LocationPage, WeeklySlot
from .opening_models import KindOfHours
from .wording import DAYS


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class ClosureForm(forms.ModelForm):
    """`today` is the practice's date."""

    CLOSED, SPECIAL = "closed", "special"
    what = forms.ChoiceField(
        label="On these days the office is",
        choices=[(CLOSED, "Closed"), (SPECIAL, "Open at special hours")],
        initial=CLOSED,
        widget=forms.RadioSelect,
    )
    last = forms.DateField(label="Last day", required=False, widget=DayInput, help_text="Empty: one day only.")

    class Meta:
        model = Closure
        fields = ["location", "first", "last", "what", "opens", "closes", "past_midnight", "reason", "applies_to"]
        widgets = {"first": DayInput, "opens": ClockInput, "closes": ClockInput}
        error_messages = {"first": {"required": "Which day? Choose the first day."}}

    def __init__(self, *args, today: date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today or timezone.localdate()
        self.fields["location"].queryset = LocationPage.objects.live().order_by("path")
        self.fields["location"].empty_label = "All offices"
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
            problems += self._time_problems(data)
        else:
            data.update(opens=None, closes=None, past_midnight=False)
        if first and data.get("last") and not problems and "location" not in self.errors:
            others = [c.as_closure() for c in self._neighbours(data)]
            if found := closure_overlap(first, data["last"], others, today=self.today):
                problems.append(found)
        for problem in problems:
            if problem.field not in self.errors:
                self.add_error(problem.field, problem.message)
        return data

    def _time_problems(self, data):
        for name in ("opens", "closes"):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, f"From when to when? Give the time it {name}.")
        return time_problems(data.get("opens"), data.get("closes"), past_midnight=data.get("past_midnight", False))

    def _neighbours(self, data):
        found = Closure.objects.exclude(pk=self.instance.pk)
        if data.get("location"):
            found = found.for_office(data["location"])
        if data["applies_to"] != Closure.Applies.ALL:
            found = found.filter(applies_to__in=[Closure.Applies.ALL, data["applies_to"]])
        return found


class SlotForm(forms.Form):
    kind = forms.ChoiceField(label="For", choices=KindOfHours, initial=KindOfHours.FRONT_OFFICE)
    weekday = forms.TypedChoiceField(label="Day", choices=list(enumerate(DAYS)), coerce=int, initial=0)
    opens = forms.TimeField(label="Opens", widget=ClockInput)
    closes = forms.TimeField(label="Closes", widget=ClockInput)
    past_midnight = forms.BooleanField(label="Closes on the next day", required=False)

    def clean(self):
        data = super().clean()
        for problem in time_problems(
            data.get("opens"), data.get("closes"), past_midnight=data.get("past_midnight", False)
        ):
            self.add_error(problem.field, problem.message)
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
                form.add_error("opens", f"This overlaps with another time on {DAYS[slot.weekday]} or the night before.")
            taken[slot.kind].append(rule)

    def filled(self) -> list[SlotForm]:
        """The rows that are to stay; an untouched empty row is none."""
        touched = [form for form in self.forms if form.has_changed() or form.initial]
        return [form for form in touched if form.is_valid() and not self._should_delete_form(form)]

    def slots(self) -> list[WeeklySlot]:
        return [form.slot() for form in self.filled()]


WeekFormSet = forms.formset_factory(SlotForm, formset=BaseWeekFormSet, extra=3, can_delete=True, max_num=60)


class HolidayForm(forms.Form):
    decision = forms.ChoiceField(
        label="On this day", choices=[("", "Not decided"), *HolidayDecision.Decision.choices], required=False
    )
    opens = forms.TimeField(label="Opens", required=False, widget=ClockInput)
    closes = forms.TimeField(label="Closes", required=False, widget=ClockInput)

    def clean(self):
        data = super().clean()
        if data.get("decision") == HolidayDecision.Decision.SPECIAL:
            for name in ("opens", "closes"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Give the time it {name}.")
            for problem in time_problems(data.get("opens"), data.get("closes"), past_midnight=False):
                self.add_error(problem.field, problem.message.split(". ")[0] + ".")
        return data
