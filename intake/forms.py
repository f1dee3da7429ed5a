"""The consultation request as a form: each question as `intake.rules.questions` describes it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.formats import parse_phone
from innerbalance.security.public_forms import FormStamp
from intake.formats.questions import GROUP_LABELS, QUESTION_WORDS, contact_error
from intake.rules.questions import (
    NO_PREFERENCE,
    QUESTIONS,
    TELEHEALTH,
    Answers,
    Group,
    Kind,
    Question,
    contact_problems,
)
from intake.services.form_options import FormOptions
from intake.services.receive import Preferences

SEND_ASSESSMENT = "send_assessment"
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "name": {"autocomplete": "name"},
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "email": {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    "note": {"rows": 5},
    "assessment_summary": {"rows": 6},
    "assessment_answers": {"rows": 8},
}


class PhoneField(forms.CharField):
    """A phone number, cleaned to E.164."""

    def clean(self, value: Any) -> str:
        return parse_phone(super().clean(value))


def question_field(question: Question, *, at_desk: bool = False) -> forms.Field:
    """The question as a form field. At the desk without hints, and no answer is an answer."""
    words = QUESTION_WORDS[question.name]
    attributes = {"autocomplete": "off"} if at_desk else ATTRIBUTES.get(question.name, {})
    common: dict[str, Any] = {
        "label": words.topic if at_desk and words.choices else words.label,
        "required": question.required,
        "help_text": "" if at_desk else words.hint,
    }
    missing: dict[str, Any] = {"required": words.missing or _("Answer this question.")}
    choices = list(words.choices.items())
    if question.kind is Kind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=missing, **common
        )
    if question.kind in (Kind.ONE, Kind.YES_NO):
        if at_desk:
            return forms.ChoiceField(choices=[("", _("Not said")), *choices], **common)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=missing, **common)
    if question.kind is Kind.EMAIL:
        return forms.EmailField(
            max_length=question.limit,
            widget=forms.EmailInput(attrs=attributes),
            error_messages=missing | {"invalid": _("Enter an email address like name@example.com.")},
            **common,
        )
    kind = PhoneField if question.kind is Kind.PHONE else forms.CharField
    return kind(
        max_length=question.limit,
        widget=forms.Textarea(attrs=attributes) if question.kind is Kind.TEXT else forms.TextInput(attrs=attributes),
        validators=[ProhibitNullCharactersValidator()],
        error_messages=missing,
        **common,
    )


class RequestForm(forms.Form):
    """The questions that `options` asks, and what comes along with them out of sight."""

    from_kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    from_slug = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    made = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        validators=[ProhibitNullCharactersValidator()],
    )

    def __init__(self, *args, options: FormOptions, action: str, with_assessment: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        shown = [each for each in QUESTIONS.values() if options.modes.shows(each.name)]
        if not with_assessment:
            shown = [each for each in shown if each.group is not Group.ASSESSMENT]
        for question in shown:
            field: Any = question_field(question)
            field.required = options.modes.requires(question.name)
            # Whoever gives a number or an address needs to say what is safe: contact_problems says so.
            field.needed = question.kind in (Kind.PHONE, Kind.EMAIL, Kind.YES_NO)
            self.fields[question.name] = field
        self._offer_choices()
        if with_assessment:
            if not self["assessment_answers"].value():
                del self.fields["assessment_answers"]
            self.fields[SEND_ASSESSMENT] = forms.BooleanField(label=_("Send this with my request"), required=False)
        self.helper = self._helper(action)

    def _offer_choices(self) -> None:
        """The lists that are the office's own."""
        offered = {
            "office": [
                *self.options.offices.items(),
                (TELEHEALTH, gettext("Telehealth, by video")),
                (NO_PREFERENCE, gettext("No preference")),
            ],
            "reasons": [(reason, reason) for reason in self.options.reasons],
            "clinician": [("", gettext("No preference")), *self.options.clinicians.items()],
        }
        for name, choices in offered.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.choices = choices
        if "clinician" in self.fields:
            if not self.options.clinicians:
                del self.fields["clinician"]
                return
            # A list may be long, and "no preference" is an answer.
            self.fields["clinician"].required = False
            self.fields["clinician"].widget = forms.Select(choices=offered["clinician"])

    def _helper(self, action: str) -> FormHelper:
        helper = FormHelper(self)
        helper.form_action = action
        helper.form_class = "form"
        helper.attrs = {"novalidate": "", "autocomplete": "on"}
        helper.disable_csrf = True  # protected by Fetch Metadata, without a cookie
        names: dict[Group, list[str]] = {group: [] for group in Group}
        for question in QUESTIONS.values():
            if question.name in self.fields:
                names[question.group].append(question.name)
        if SEND_ASSESSMENT in self.fields:
            names[Group.ASSESSMENT].append(SEND_ASSESSMENT)
        helper.layout = Layout(
            *(Fieldset(str(GROUP_LABELS[group]), *names[group]) for group in Group if names[group]),
            Field("website", template="innerbalance/trap.html"),
            "from_kind",
            "from_slug",
            FormStamp.field_name,
        )
        helper.form_tag = False
        return helper

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, problem in contact_problems(self.answers()).items():
            if name not in self.errors:
                self.add_error(name, contact_error(name, problem))
        return self.cleaned_data

    def answers(self) -> Answers:
        """What was written, as far as it was valid."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in QUESTIONS if self.cleaned_data.get(name)}
        if not self.cleaned_data.get(SEND_ASSESSMENT):
            said = {name: value for name, value in said.items() if QUESTIONS[name].group is not Group.ASSESSMENT}
        # The sealed record holds the words that the reader saw: a page may be gone when the office reads it.
        if office := said.get("office"):
            words = {TELEHEALTH: gettext("Telehealth"), NO_PREFERENCE: gettext("No preference")}
            said["office"] = words.get(office) or self.options.offices.get(office, "")
        if clinician := said.get("clinician"):
            said["clinician"] = self.options.clinicians.get(clinician, "")
        return Answers.from_json(said)

    def preferences(self, *, source: str, source_page_id: int | None) -> Preferences:
        office, clinician = self.cleaned_data.get("office", ""), self.cleaned_data.get("clinician", "")
        return Preferences(
            office_id=int(office) if office.isdigit() else None,
            telehealth=office == TELEHEALTH,
            clinician_id=int(clinician) if clinician else None,
            source=source,
            source_page_id=source_page_id,
        )
