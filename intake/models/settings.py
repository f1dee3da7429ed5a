"""What the office decides about consultation requests, in the admin."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Page

from intake.formats.questions import DEFAULT_REASONS
from intake.panels import EDIT_HANDLER, check_office, check_person
from intake.rules.questions import QuestionModes
from intake.rules.retention import Periods

PEOPLE = settings.AUTH_USER_MODEL


def open_hours_field(**options) -> models.DecimalField:
    return models.DecimalField(
        max_digits=4, decimal_places=1, validators=[MinValueValidator(0.5), MaxValueValidator(100)], **options
    )


class IntakeSettings(BaseGenericSetting, ClusterableModel):
    """One row for the whole site. Periods and hours apply from the next request or step on."""

    question_modes = models.JSONField(default=dict, editable=False)
    """Name of an optional question -> its Mode; one that is not here is asked as by default."""
    reasons = models.TextField(
        _("reasons to choose from"),
        default="\n".join(DEFAULT_REASONS),
        help_text=_("One on each line, in the words of the people who ask."),
    )

    answer_open_hours = open_hours_field(
        verbose_name=_("answer within"),
        default=6,
        help_text=_("Open hours of the front office; the form promises them."),
    )
    quiet_days = models.PositiveSmallIntegerField(
        _("days without a next step"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("After so many days without a step, a request is shown as stuck."),
    )
    attempts_before_close = models.PositiveSmallIntegerField(
        _("attempts before closing"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("“No response” is offered after so many attempts."),
    )

    keep_clients_months = models.PositiveSmallIntegerField(
        _("months to keep requests of people who became clients"), default=24, validators=[MinValueValidator(1)]
    )
    keep_others_months = models.PositiveSmallIntegerField(
        _("months to keep other ended requests"), default=12, validators=[MinValueValidator(1)]
    )
    keep_quarantine_days = models.PositiveSmallIntegerField(
        _("days to keep requests held as spam"), default=30, validators=[MinValueValidator(1)]
    )

    introduction = models.TextField(
        default=(
            "Tell us how to reach you safely, and we will call or write to find a time for a first consultation. "
            "You do not need to explain anything before we talk."
        )
    )
    privacy_notice = models.TextField(
        default=(
            "What you write here is encrypted and read only by the people at our front office who answer you. "
            "We delete it when it is no longer needed, and sooner if you ask us to."
        ),
        help_text=_("Two sentences, above the button."),
    )
    good_faith_estimate = models.TextField(
        _("Good Faith Estimate"),
        default=(
            "If you do not use insurance, you have the right to a Good Faith Estimate of what your care may cost, "
            "in writing, before it begins."
        ),
    )
    next_steps = models.TextField(
        _("what happens next"),
        default=(
            "A person at our front office reads your request and reaches out in the way you said is safe. "
            "Together you find a time, an office or telehealth, and a clinician."
        ),
        help_text=_("On the page after the form was sent."),
    )

    notice_subject = models.CharField(
        _("subject of the office's notice"), max_length=120, default="Consultation requests are waiting"
    )
    notice_text = models.TextField(
        _("text of the office's notice"),
        default="New consultation requests are waiting for an answer. Please sign in to read them.",
        help_text=_("Reference numbers and a link are added. Never put anything about a person here."),
    )
    auto_reply_enabled = models.BooleanField(_("send an automatic reply after hours"), default=True)
    auto_reply_subject = models.CharField(
        _("subject of the automatic reply"),
        max_length=120,
        default="We received your message",
        help_text=_("Neutral: somebody else may see it on a locked screen."),
    )
    auto_reply_text = models.TextField(
        _("text of the automatic reply"),
        default=(
            "Thank you for writing. Our front office is closed right now; we will be in touch when it is open again."
            "\n\nIf this is an emergency, call 911. You can call or text 988 at any time of day or night."
        ),
        help_text=_("Sent only where email was said to be safe, at most once a day. The office's hours are added."),
    )

    edit_handler = EDIT_HANDLER

    class Meta:
        verbose_name = _("consultation settings")
        default_permissions = ("change",)

    def modes(self) -> QuestionModes:
        """How each optional question is asked."""
        return QuestionModes(self.question_modes)

    def reason_list(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.reasons.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def periods(self) -> Periods:
        return Periods(
            clients_months=self.keep_clients_months,
            others_months=self.keep_others_months,
            quarantine_days=self.keep_quarantine_days,
        )

    def open_hours_for(self, office_id: int | None) -> timedelta:
        """Open time within which that office answers; without an office, the practice's own."""
        own = {each.office_id: each.open_hours for each in self.office_answer_times.all()}
        return timedelta(hours=float(own.get(office_id, self.answer_open_hours)))


class OfficeAnswerTime(models.Model):
    """An office that answers in another time than the practice's."""

    settings = ParentalKey(IntakeSettings, on_delete=models.CASCADE, related_name="office_answer_times")
    office = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    open_hours = open_hours_field(verbose_name=_("answer within open hours"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["settings", "office"], name="intake_one_answer_time_per_office")]

    def __str__(self) -> str:
        return f"answer time of {self.office}"

    def clean(self):
        super().clean()
        check_office(self.office_id)


class NotifiedPerson(models.Model):
    """Somebody at the practice who gets the notices and the daily digest."""

    settings = ParentalKey(IntakeSettings, on_delete=models.CASCADE, related_name="notified_people")
    user = models.ForeignKey(PEOPLE, on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text=_("Empty: every office.")
    )
    notice = models.BooleanField(_("when requests arrive"), default=True)
    digest = models.BooleanField(_("every morning"), default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["settings", "user"], name="intake_notified_once")]

    def __str__(self) -> str:
        return f"notices to {self.user}"

    def clean(self):
        super().clean()
        check_person(self.user_id)
        check_office(self.office_id)
