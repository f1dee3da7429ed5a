"""The settings as the office edits them: panels, lists to choose from, and what is refused at the field."""

import re
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, ObjectList, TabbedInterface

from innerbalance.locations.services.directory import office_directory
from innerbalance.practice.services import practice
from innerbalance.security.roles import OFFICE, OWNERS
from intake.formats.questions import MODE_LABELS, QUESTION_WORDS, Words
from intake.rules.questions import OPTIONAL_QUESTIONS, Mode, QuestionModes

REASONS_AT_MOST = 20
REASON_LENGTH = 80

LIMITS = {
    "quiet_days": 60,
    "attempts_before_close": 20,
    "keep_clients_months": 240,
    "keep_others_months": 240,
    "keep_quarantine_days": 365,
}
"""The highest number that makes sense; a century by a slip of the finger would keep requests for ever."""

TELLING = re.compile(r"\b(counsel|therap|consult|session|appointment|mental|psych|clinic)", re.IGNORECASE)
"""Word beginnings that tell somebody who sees a locked screen what the email is about."""


class LiveSelect(forms.Select):
    """A list to choose from that is read each time it is drawn."""

    empty: Words = ""

    def read(self) -> list[tuple[str, str]]:
        raise NotImplementedError

    @property
    def choices(self):
        return [("", str(self.empty)), *self.read()]

    @choices.setter
    def choices(self, value) -> None:
        """A model field offers all its rows; this list is narrower."""


class OfficeSelect(LiveSelect):
    empty = _("Every office")

    def read(self):
        return [(str(office.id), office.name) for office in office_directory().offices()]


class OneOfficeSelect(OfficeSelect):
    empty = _("Choose an office")


class PersonSelect(LiveSelect):
    empty = _("Choose a person")

    def read(self):
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in people_of_the_desk()]


def people_of_the_desk():
    """Whoever may be told that requests wait: active, and in the role that may read them."""
    return (
        get_user_model()
        .objects.filter(is_active=True, groups__name__in=[OFFICE, OWNERS])
        .distinct()
        .order_by("first_name", "last_name", "username")
    )


def check_office(office_id: int | None) -> None:
    """Raises ValidationError at `office` for a page that is no office."""
    if office_id is not None and office_id not in {office.id for office in office_directory().offices()}:
        raise ValidationError({"office": gettext("Choose one of the practice's offices.")})


def check_person(user_id: int | None) -> None:
    """Raises ValidationError at `user` for somebody who may not read requests, or has no address."""
    if user_id is None:
        return
    user = people_of_the_desk().filter(pk=user_id).first()
    if user is None:
        raise ValidationError(
            {"user": gettext("Choose somebody in the role Office or Owners: nobody else may read requests.")}
        )
    if not user.email:
        raise ValidationError(
            {"user": gettext("%(user)s has no email address yet. Add one under Settings, Users.") % {"user": user}}
        )


def _mode_field(name: str) -> str:
    return f"ask_{name}"


# A field for each question that the office may turn off; together they are the settings' `question_modes`.
QuestionModesForm: Any = type(WagtailAdminModelForm)(
    "QuestionModesForm",
    (WagtailAdminModelForm,),
    {
        _mode_field(each.name): forms.ChoiceField(
            label=QUESTION_WORDS[each.name].topic, choices=[(mode.value, MODE_LABELS[mode]) for mode in Mode]
        )
        for each in OPTIONAL_QUESTIONS
    },
)


class IntakeSettingsForm(QuestionModesForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        modes = QuestionModes(self.instance.question_modes)
        for each in OPTIONAL_QUESTIONS:
            self.initial[_mode_field(each.name)] = modes.mode(each.name)
        for name, highest in LIMITS.items():
            self.fields[name].widget.attrs["max"] = highest

    def clean(self):
        cleaned = super().clean()
        self.instance.question_modes = {
            each.name: cleaned[_mode_field(each.name)]
            for each in OPTIONAL_QUESTIONS
            if _mode_field(each.name) in cleaned
        }
        for name, highest in LIMITS.items():
            if (cleaned.get(name) or 0) > highest:
                self.add_error(name, gettext("Enter %(highest)s or less.") % {"highest": highest})
        self._check_reasons(cleaned)
        subject = cleaned.get("auto_reply_subject") or ""
        name = practice().practice_name
        if TELLING.search(subject) or (name and name.lower() in subject.lower()):
            self.add_error(
                "auto_reply_subject",
                gettext(
                    "Choose neutral words: somebody else may see them on a locked screen. "
                    "Leave out the practice's name, and words such as counseling, therapy or appointment."
                ),
            )
        return cleaned

    def _check_reasons(self, cleaned) -> None:
        reasons = [line.strip() for line in (cleaned.get("reasons") or "").splitlines() if line.strip()]
        if len(reasons) > REASONS_AT_MOST:
            self.add_error(
                "reasons",
                gettext("Keep it to %(most)s lines: nobody reads a long list.") % {"most": REASONS_AT_MOST},
            )
        elif long := [line for line in reasons if len(line) > REASON_LENGTH]:
            self.add_error(
                "reasons",
                gettext("“%(beginning)s…” is too long. Keep each line to %(most)s characters.")
                % {"beginning": long[0][:40], "most": REASON_LENGTH},
            )


EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                HelpPanel(
                    _(
                        "<p>A name, a way to reach the person, and all questions about what is <strong>safe</strong> "
                        "(voicemail, text, email, saying the practice's name, best times) are always asked. "
                        "You decide about the others. Each question fewer is one more person who finishes the form: "
                        "require an answer only where you could not call back without it.</p>"
                    )
                ),
                *(FieldPanel(_mode_field(each.name)) for each in OPTIONAL_QUESTIONS),
                FieldPanel("reasons"),
            ],
            heading=_("Questions"),
        ),
        ObjectList(
            [
                FieldPanel("answer_open_hours"),
                InlinePanel(
                    "office_answer_times",
                    [FieldPanel("office", widget=OneOfficeSelect), FieldPanel("open_hours")],
                    heading=_("Offices with another time"),
                    label=_("Office"),
                    help_text=_("Only for an office that answers sooner or later than the practice does."),
                ),
                FieldRowPanel([FieldPanel("quiet_days"), FieldPanel("attempts_before_close")]),
                HelpPanel(
                    _(
                        "<p>Hours count while the front office is open, as set under Offices and hours. "
                        "A change applies to requests from then on, and to earlier ones from their next step on.</p>"
                    )
                ),
            ],
            heading=_("Answering"),
        ),
        ObjectList(
            [
                InlinePanel(
                    "notified_people",
                    [
                        FieldPanel("user", widget=PersonSelect),
                        FieldPanel("office", widget=OfficeSelect),
                        FieldRowPanel([FieldPanel("notice"), FieldPanel("digest")]),
                    ],
                    heading=_("Who is told"),
                    label=_("Person"),
                    help_text=_("Nobody here: the emails go to the practice's own address (Settings, Practice)."),
                ),
                FieldPanel("notice_subject"),
                FieldPanel("notice_text"),
                FieldPanel("auto_reply_enabled"),
                FieldPanel("auto_reply_subject"),
                FieldPanel("auto_reply_text"),
            ],
            heading=_("Emails"),
        ),
        ObjectList(
            [
                FieldPanel("introduction"),
                FieldPanel("privacy_notice"),
                FieldPanel("good_faith_estimate"),
                FieldPanel("next_steps"),
            ],
            heading=_("Words on the form"),
        ),
        ObjectList(
            [
                HelpPanel(
                    _(
                        "<p>After this time a request is deleted for good, with its key. Ended requests count from the "
                        "day they ended. A request under legal hold is not deleted. A shorter time applies within a "
                        "minute: see what would go with <code>manage.py purge_intake</code> first.</p>"
                    )
                ),
                FieldPanel("keep_clients_months"),
                FieldPanel("keep_others_months"),
                FieldPanel("keep_quarantine_days"),
            ],
            heading=_("Retention"),
        ),
    ],
    base_form_class=IntakeSettingsForm,
)
