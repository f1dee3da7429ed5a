"""Putting right what a person told us: a number misheard, a letter missing in an address."""

from dataclasses import replace

from django import forms

from innerbalance.formats import format_phone
from intake.desk.fields import note_field
from intake.desk.step_forms import StepForm
from intake.formats.questions import contact_error
from intake.forms import question_field
from intake.rules.questions import QUESTIONS, Answers, contact_problems
from intake.services import corrections


def _field_name(question: str) -> str:
    """A form has a `name` of its own, so that question is called differently here."""
    return "name_to_use" if question == "name" else question


CORRECTABLE = {_field_name(each.name): each.name for each in QUESTIONS.values() if each.correctable}
"""Name of the field -> the question."""

AnswersForm = type(StepForm)(
    "AnswersForm",
    (StepForm,),
    {field: question_field(QUESTIONS[question], at_desk=True) for field, question in CORRECTABLE.items()},
)


class CorrectForm(AnswersForm):
    """Every answer the desk may correct, as it stands. Only what was changed in the form is written.

    A screen that has grown old keeps what its reader changed and takes the rest from the request as it is now.
    """

    name, title, verb, done = "correct", "Correct an answer", "Correct it", "Corrected."

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
        values = {field: getattr(said, question) for field, question in CORRECTABLE.items()}
        return values | {"phone": format_phone(said.phone)}

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] if "phone" in self._typed() else self.details.answers.phone

    def clean(self) -> dict:
        if not self.errors and self._answers() == self.details.answers:
            raise forms.ValidationError("Nothing is different yet. Change the answer that is wrong.")
        for name, problem in contact_problems(self._answers()).items():
            if name not in self.errors:
                self.add_error(name, contact_error(name, problem))
        return self.cleaned_data

    def take(self, **where):
        return corrections.correct(answers=self._answers(), note=self.cleaned_data["note"], **where)

    def _answers(self) -> Answers:
        changed = {CORRECTABLE[name]: self.cleaned_data[name] for name in self._typed() if name in self.cleaned_data}
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
        return list(CORRECTABLE)
