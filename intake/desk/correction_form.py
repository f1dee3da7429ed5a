"""Putting right what a person told us: a number misheard, a letter missing in an address."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.formats import format_phone
from intake.desk.fields import note_field
from intake.desk.step_forms import StepForm
from intake.formats.questions import contact_error
from intake.forms import question_field
from intake.rules.questions import QUESTIONS, Answers, contact_problems
from intake.services import corrections

CORRECTABLE = [each for each in QUESTIONS.values() if each.correctable]


class CorrectForm(StepForm):
    """Every answer the desk may correct, as it stands. Only what was changed in the form is written.

    A screen that has grown old keeps what its reader changed and takes the rest from the request as it is now.
    """

    step, title, verb, done = "correct", _("Correct an answer"), _("Save the correction"), _("Corrected.")

    note = note_field(
        _("Why"),
        required=True,
        hint=_("For example: confirmed by phone."),
        missing=_("Say how you know what is right."),
    )

    def __init__(self, data=None, *, details):
        super().__init__(data, details=details)
        for question in CORRECTABLE:
            self.fields[question.name] = question_field(question, at_desk=True)
        self.order_fields([each.name for each in CORRECTABLE])
        if data is not None:
            self.data = data.copy()
            for name in {each.name for each in CORRECTABLE} - set(self._typed()):
                self.data[self.add_prefix(name)] = self.data[self.add_initial_prefix(name)] = self.initial[name]

    @property
    def shown_before(self) -> list[str]:
        return [self[each.name].as_hidden(only_initial=True) for each in CORRECTABLE]

    def starting_values(self):
        said = self.details.answers
        values = {each.name: getattr(said, each.name) for each in CORRECTABLE}
        return values | {"phone": format_phone(said.phone) if said.phone else ""}

    def clean(self) -> dict:
        typed = self._typed()
        for each in CORRECTABLE:
            if each.name not in typed:
                # As it stands it may be an answer that today's form would not take.
                self.errors.pop(each.name, None)
        if not self.errors and self._answers() == self.details.answers:
            raise forms.ValidationError(gettext("Nothing has changed yet. Change the answer that is wrong."))
        for name, problem in contact_problems(self._answers()).items():
            if name not in self.errors:
                self.add_error(name, contact_error(name, problem))
        return self.cleaned_data

    def take(self, **where):
        return corrections.correct(answers=self._answers(), note=self.cleaned_data["note"], **where)

    def _answers(self) -> Answers:
        changed = {name: self.cleaned_data[name] for name in self._typed() if name in self.cleaned_data}
        return replace(self.details.answers, **changed)

    def _typed(self) -> list[str]:
        """The questions whose answer is not what the screen had shown."""
        given = self.data
        return [
            each.name
            for each in CORRECTABLE
            if given.get(self.add_prefix(each.name), "")
            != given.get(self.add_initial_prefix(each.name), self.initial[each.name])
        ]
