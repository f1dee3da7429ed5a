"""The consultation request as a form."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from innerbalance.security.public_forms import FormStamp
from intake.rules import questions
from intake.rules.contact import NotAPhoneNumber, read_phone
from intake.rules.questions import NO_PREFERENCE, TELEHEALTH, Answers, contact_errors
from intake.services.form_options import FormOptions
from intake.services.receive import Preferences

ASSESSMENT = ("assessment_summary", "assessment_answers", "send_assessment")


def _text(label: str, *, limit: int, required: bool = False, hint: str = "", missing: str = "", **attrs):
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=hint,
        error_messages={"required": missing} if missing else None,
        widget=forms.TextInput(attrs=attrs),
        validators=[ProhibitNullCharactersValidator()],
    )


def _one(label: str, choices, *, required: bool = False, hint: str = "", missing: str = "Choose one answer."):
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def _some(label: str, choices, *, required: bool = False, hint: str = "Tick all that fit."):
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one answer."},
    )


def clean_phone(typed: str) -> str:
    """The number in E.164, "" for nothing typed; raises ValidationError."""
    if not typed.strip():
        return ""
    try:
        return read_phone(typed.strip())
    except NotAPhoneNumber:
        raise forms.ValidationError("Enter a phone number like 480 555 0134.") from None


class RequestForm(forms.Form):
    """Every question there can be; those that `options` does not ask are taken out."""

    name = _text(
        "Name to use",
        limit=100,
        required=True,
        hint="What we should call you. It need not be your legal name.",
        missing="Enter the name we should use for you.",
        autocomplete="name",
    )
    pronouns = _text("Pronouns", limit=40)
    phone = _text(
        "Phone number",
        limit=40,
        autocomplete="tel",
        inputmode="tel",
        hint="A phone number, an e-mail address, or both.",
    )
    mail = forms.EmailField(
        label="E-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an e-mail address like name@example.com."},
    )
    voicemail_safe = _one("May we leave a voicemail?", questions.YES_NO.items(), hint="If you give a phone number.")
    text_safe = _one("May we send a text message?", questions.YES_NO.items(), hint="If you give a phone number.")
    mail_safe = _one("May we send you an e-mail?", questions.YES_NO.items(), hint="If you give an e-mail address.")
    practice_named = _one(
        "May we say the name of the practice?",
        questions.YES_NO.items(),
        hint="If somebody else answers, or can read your messages.",
    )
    best_times = _some("Best times to reach you", questions.BEST_TIMES.items())
    who_for = _one("Who is this for?", questions.WHO_FOR.items(), missing="Say who this is for.")
    office = _one("Which office suits you?", (), missing="Choose an office, telehealth, or no preference.")
    clinician = forms.ChoiceField(label="Would you like to see someone in particular?", required=False)
    reasons = _some("What brings you?", ())
    note = forms.CharField(
        label="Anything else we should know to call you back",
        required=False,
        max_length=questions.NOTE_LIMIT,
        help_text="Up to 1,000 characters. Please leave out medical details: there will be time for them in person.",
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[ProhibitNullCharactersValidator()],
    )
    payment = _one(
        "How will you pay?", questions.PAYMENT.items(), missing="Say how you will pay; “not sure yet” is fine."
    )
    insurer = _text("Which insurance?", limit=100, hint="If you use insurance.")
    returning = _one(
        "Have you been here before?", questions.RETURNING.items(), missing="Say whether you have been here before."
    )
    assessment_summary = forms.CharField(
        label="Your self-assessment",
        required=False,
        max_length=questions.SUMMARY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="This is what would be sent. You can change it or leave it out.",
        validators=[ProhibitNullCharactersValidator()],
    )
    assessment_answers = forms.CharField(
        label="Your answers to its questions",
        required=False,
        max_length=questions.ANSWERS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        validators=[ProhibitNullCharactersValidator()],
    )
    send_assessment = forms.BooleanField(label="Send this with my request", required=False)
    from_kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    from_slug = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    made = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    website = _text("Leave this empty", limit=1000, autocomplete="off", tabindex="-1")

    def __init__(self, *args, options: FormOptions, action: str, with_assessment: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        self.fields["office"].choices = [
            *options.offices.items(),
            (TELEHEALTH, "Telehealth, by video"),
            (NO_PREFERENCE, "No preference"),
        ]
        self.fields["clinician"].choices = [("", "No preference"), *options.clinicians.items()]
        self.fields["reasons"].choices = [(reason, reason) for reason in options.reasons]
        for name in questions.OPTIONAL_QUESTIONS:
            self.fields[name].required = options.asked.requires(name)
            if not options.asked.shows(name):
                del self.fields[name]
        if "clinician" in self.fields and not options.clinicians:
            del self.fields["clinician"]
        if "clinician" in self.fields:
            self.fields["clinician"].required = False  # "no preference" is an answer
        if "payment" not in self.fields:
            del self.fields["insurer"]
        # Asked of whoever gives the number or the address: the rule is in intake.rules.questions.
        for name in ("phone", "mail", "voicemail_safe", "text_safe", "mail_safe", "practice_named"):
            self.fields[name].needed = True
        if not with_assessment:
            for name in ASSESSMENT:
                del self.fields[name]
        elif not self["assessment_answers"].value():
            del self.fields["assessment_answers"]
        self.helper = self._helper(action)

    def _helper(self, action: str) -> FormHelper:
        helper = FormHelper(self)
        helper.form_action = action
        helper.form_class = "form"
        helper.attrs = {"novalidate": "", "autocomplete": "on"}
        helper.disable_csrf = True  # protected by Fetch Metadata, without a cookie
        groups = (
            ("About you", ("name", "pronouns")),
            ("How to reach you", ("phone", "mail")),
            ("What is safe", ("voicemail_safe", "text_safe", "mail_safe", "practice_named", "best_times")),
            ("What you are looking for", ("who_for", "office", "clinician", "reasons", "note")),
            ("Practical things", ("payment", "insurer", "returning")),
            ("From your self-assessment", ASSESSMENT),
        )
        shown = [(legend, [name for name in names if name in self.fields]) for legend, names in groups]
        helper.layout = Layout(
            *(Fieldset(legend, *names) for legend, names in shown if names),
            Field("website", template="innerbalance/trap.html"),
            "from_kind",
            "from_slug",
            FormStamp.field_name,
        )
        helper.form_tag = False
        return helper

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, sentence in contact_errors(self.answers()).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return cleaned

    def answers(self) -> Answers:
        """What was written, as far as it was valid."""
        data = self.cleaned_data
        office = data.get("office", "")
        words = {TELEHEALTH: "Telehealth", NO_PREFERENCE: "No preference"}
        send = data.get("send_assessment")
        return Answers(
            **{
                name: data.get(name, "")
                for name in ("name", "phone", "mail", "pronouns", "voicemail_safe", "text_safe", "mail_safe")
            },
            **{
                name: data.get(name, "")
                for name in ("practice_named", "who_for", "note", "payment", "insurer", "returning")
            },
            best_times=tuple(data.get("best_times", ())),
            reasons=tuple(data.get("reasons", ())),
            office=words.get(office, self.options.offices.get(office, "")),
            clinician=self.options.clinicians.get(data.get("clinician", ""), ""),
            assessment_summary=data.get("assessment_summary", "") if send else "",
            assessment_answers=data.get("assessment_answers", "") if send else "",
        )

    def preferences(self, *, source: str, source_page_id: int | None) -> Preferences:
        office, clinician = self.cleaned_data.get("office", ""), self.cleaned_data.get("clinician", "")
        return Preferences(
            office_id=int(office) if office.isdigit() else None,
            telehealth=office == TELEHEALTH,
            clinician_id=int(clinician) if clinician else None,
            source=source,
            source_page_id=source_page_id,
        )
