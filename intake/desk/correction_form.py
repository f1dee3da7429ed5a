"""Putting right what a person told us: a number misheard, a letter missing in an address."""

import copy
from dataclasses import replace

from django import forms

from intake.desk.fields import note_field
from intake.desk.step_forms import StepForm
from intake.forms import RequestForm, clean_phone
from intake.rules import questions
from intake.rules.contact import phone_words
from intake.rules.questions import Answers, contact_errors
from intake.services import corrections


def _as_asked(name: str) -> forms.Field:
    """The public form's own field, so that the same is right here and there. Hints for readers are left out."""
    field = copy.deepcopy(RequestForm.base_fields[name])
    field.help_text = ""
    field.widget.attrs["autocomplete"] = "off"
    return field


def _choice(label: str, choices: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "Not said"), *choices.items()])


class CorrectForm(StepForm):
    """Every answer the desk may correct, as it stands. Only what was changed in the form is written.

    A screen that has grown old keeps what its reader changed and takes the rest from the request as it is now.
    """

    name, title, verb, done = "correct", "Correct an answer", "Correct it", "Corrected."

    name_to_use = _as_asked("name")
    pronouns = _as_asked("pronouns")
    phone = _as_asked("phone")
    mail = _as_asked("mail")
    voicemail_safe = _choice("May we leave a voicemail?", questions.YES_NO)
    text_safe = _choice("May we send a text message?", questions.YES_NO)
    mail_safe = _choice("May we send an e-mail?", questions.YES_NO)
    practice_named = _choice("May we say the name of the practice?", questions.YES_NO)
    who_for = _choice("For whom", questions.WHO_FOR)
    payment = _choice("Will pay by", questions.PAYMENT)
    insurer = _as_asked("insurer")
    returning = _choice("New or returning", questions.RETURNING)
    note = note_field(
        "Why", required=True, hint="For example: heard on the phone.", missing="Say how you know what is right."
    )

    def __init__(self, data=None, *, details):
        super().__init__(data, details=details)
        if data is not None:
            self.data = data.copy()
            for name in set(self._questions()) - set(self._typed()):
                self.data[self.add_prefix(name)] = self.data[self.add_initial_prefix(name)] = self.initial[name]

    @property
    def shown_before(self) -> list[str]:
        return [self[name].as_hidden(only_initial=True) for name in self._questions()]

    def starting_values(self):
        said = self.details.answers
        values = {name: getattr(said, _question(name)) for name in self.base_fields if name != "note"}
        return values | {"phone": phone_words(said.phone) if said.phone else ""}

    def clean_phone(self) -> str:
        # As it stands it may be a number that today's form would not take.
        return clean_phone(self.cleaned_data["phone"]) if "phone" in self._typed() else self.details.answers.phone

    def clean(self) -> dict:
        if not self.errors and self._answers() == self.details.answers:
            raise forms.ValidationError("Nothing is different yet. Change the answer that is wrong.")
        for name, sentence in contact_errors(self._answers()).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def take(self, **where):
        return corrections.correct(answers=self._answers(), note=self.cleaned_data["note"], **where)

    def _answers(self) -> Answers:
        changed = {_question(name): self.cleaned_data[name] for name in self._typed() if name in self.cleaned_data}
        return replace(self.details.answers, **changed)

    def _typed(self) -> list[str]:
        """The questions whose answer is not what the screen had shown."""
        given = self.data
        return [
            name
            for name in self._questions()
            if given.get(self.add_prefix(name), "") != given.get(self.add_initial_prefix(name), self.initial[name])
        ]

    def _questions(self) -> list[str]:
        return [name for name in self.fields if name != "note"]


def _question(name: str) -> str:
    """A form has a `name` of its own, so that question is called differently here."""
    return "name" if name == "name_to_use" else name
