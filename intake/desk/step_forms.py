"""The next steps at the desk, each a form that knows its service.

`take` raises what the service raises: Stale, Held, MoveNotAllowed, SealError.
"""

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intake.desk.details import RequestDetails
from intake.desk.fields import day_field, moment, note_field, planned, set_choices, time_field, upcoming
from intake.formats import safety
from intake.formats.labels import ATTEMPT_LABELS, MOVE_LABELS, OUTCOME_LABELS
from intake.models import ConsultationRequest
from intake.rules.questions import TELEHEALTH
from intake.rules.reference import read_reference
from intake.rules.status import Attempt, Move, Outcome
from intake.services import merging, transitions


class StepForm(forms.Form):
    """One step. `step` is its address and the prefix of its fields, `verb` what its button says."""

    step: str = ""
    title: str | Promise = ""
    verb: str | Promise = ""
    done: str | Promise = ""
    grave = False

    def __init__(self, data=None, *, details: RequestDetails):
        self.details = details
        super().__init__(data, prefix=self.step, initial=self.starting_values())

    def starting_values(self) -> dict:
        return {}

    @property
    def shown_before(self) -> list[str]:
        """Hidden fields with what the screen shows, for a form that must know what was changed in it."""
        return []

    def take(self, **where) -> ConsultationRequest | None:
        """Do it. `where` is request_id, version, user, now. None when the request is gone afterwards."""
        raise NotImplementedError


class AttemptForm(StepForm):
    """What has happened must be recorded, also where it was not safe: choosing that asks once more, so that it is
    never logged by habit. A choice that is hidden would teach people to log something else."""

    step, title, verb, done = Move.ATTEMPT, MOVE_LABELS[Move.ATTEMPT], _("Log the attempt"), _("Attempt logged.")

    attempt = forms.ChoiceField(
        label=_("What happened"),
        widget=forms.RadioSelect,
        choices=[(each.value, ATTEMPT_LABELS[each]) for each in Attempt],
        error_messages={"required": _("Choose what happened.")},
    )
    happened_anyway = forms.BooleanField(
        label=_("It was not marked as safe, and it happened anyway"), required=False, widget=forms.HiddenInput
    )
    next_day = day_field(_("Try again on"), required=False, hint=_("Leave blank when nothing is planned."))
    note = note_field()

    def clean_next_day(self):
        return upcoming(self.cleaned_data["next_day"], self.details.now)

    def clean(self):
        attempt = self.cleaned_data.get("attempt")
        unsafe = safety.unsafe_attempt(self.details.answers, Attempt(attempt)) if attempt else None
        if unsafe:
            self.fields["happened_anyway"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("happened_anyway"):
                self.add_error("attempt", unsafe)
                self.add_error("attempt", gettext("If it happened anyway, check the box below to log it."))
        return self.cleaned_data

    def take(self, **where):
        data = self.cleaned_data
        return transitions.log_attempt(
            attempt=Attempt(data["attempt"]),
            note=data["note"],
            next_step_at=planned(data["next_day"], where["now"]),
            **where,
        )


class BookForm(StepForm):
    step, title, verb, done = Move.BOOK, MOVE_LABELS[Move.BOOK], _("Book it"), _("Booked.")

    day = day_field(_("Day"))
    time = time_field(_("Time"))
    place = forms.ChoiceField(label=_("Where"), error_messages={"required": _("Choose an office or telehealth.")})
    clinician = forms.ChoiceField(label=_("Clinician"), required=False)
    note = note_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "place", [("", gettext("Choose")), *self.details.places])
        set_choices(self, "clinician", [("", gettext("Not decided")), *self.details.clinicians])

    def starting_values(self):
        request = self.details.request
        place = TELEHEALTH if request.telehealth else str(request.office_id or "")
        values = {"place": place, "clinician": str(request.clinician_id or "")}
        if request.appointment_at:
            local = timezone.localtime(request.appointment_at, timezone.get_default_timezone())
            values |= {"day": local.date(), "time": local.time()}
        return values

    def clean_day(self):
        return upcoming(self.cleaned_data["day"], self.details.now)

    def clean(self):
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day and time and moment(day, time) <= self.details.now:
            self.add_error("day", gettext("This time has passed. Choose a later one."))
        return self.cleaned_data

    def take(self, **where):
        data = self.cleaned_data
        telehealth = data["place"] == TELEHEALTH
        return transitions.book(
            appointment_at=moment(data["day"], data["time"]),
            office_id=None if telehealth else int(data["place"]),
            telehealth=telehealth,
            clinician_id=int(data["clinician"]) if data["clinician"] else None,
            note=data["note"],
            **where,
        )


class ReferForm(StepForm):
    step, title, verb = Move.REFER, MOVE_LABELS[Move.REFER], _("Refer out")
    done = _("Referred out. You can print the referral letter.")

    referred_to = note_field(
        _("Referred to"),
        required=True,
        hint=_("As it should appear in the letter: name, address, phone."),
        missing=_("Say whom the person is referred to."),
    )
    note = note_field(hint=_("For the desk; it is not in the letter."))

    def take(self, **where):
        return transitions.refer(referred_to=self.cleaned_data["referred_to"], note=self.cleaned_data["note"], **where)


class DeclineForm(StepForm):
    step, title, verb, done = Move.DECLINE, MOVE_LABELS[Move.DECLINE], _("Decline"), _("Declined.")

    reason = note_field(_("Reason"), required=True, missing=_("Say why, for whoever reads this later."))

    def take(self, **where):
        return transitions.decline(reason=self.cleaned_data["reason"], **where)


class CloseForm(StepForm):
    step, title, verb, done = Move.CLOSE, MOVE_LABELS[Move.CLOSE], _("Close"), _("Closed.")

    outcome = forms.ChoiceField(
        label=_("Outcome"), widget=forms.RadioSelect, error_messages={"required": _("Choose why it is closed.")}
    )
    duplicate_of = forms.CharField(
        label=_("Duplicate of"), required=False, max_length=20, help_text=_("A reference, such as C-7K3Q-M2XZ.")
    )
    note = note_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        missing = self.details.attempts_before_close - self.details.attempts
        offered = [each for each in Outcome if missing <= 0 or each is not Outcome.NO_RESPONSE]
        set_choices(self, "outcome", [(each.value, OUTCOME_LABELS[each]) for each in offered])
        if missing > 0:
            self.fields["outcome"].help_text = ngettext(
                "“No response” is offered after one more attempt.",
                "“No response” is offered after %(count)d more attempts.",
                missing,
            ) % {"count": missing}

    def starting_values(self):
        open_ones = [each.reference for each in self.details.duplicates if each.is_open]
        return {"duplicate_of": open_ones[0] if open_ones else ""}

    def clean(self):
        if self.cleaned_data.get("outcome") == Outcome.DUPLICATE:
            self.cleaned_data["into"] = self._other()
        return self.cleaned_data

    def _other(self) -> ConsultationRequest | None:
        reference = read_reference(self.cleaned_data.get("duplicate_of", ""))
        other = ConsultationRequest.objects.filter(reference=reference).first() if reference else None
        if other is None:
            self.add_error("duplicate_of", gettext("There is no request with this reference."))
        elif other.pk == self.details.request.pk:
            self.add_error("duplicate_of", gettext("This is the same request. Enter the reference of the other one."))
        return other

    def take(self, **where):
        outcome = Outcome(self.cleaned_data["outcome"])
        if outcome is not Outcome.DUPLICATE:
            return transitions.close(outcome=outcome, note=self.cleaned_data["note"], **where)
        return merging.merge(
            duplicate_id=where["request_id"],
            duplicate_version=where["version"],
            into_id=self.cleaned_data["into"].pk,
            user=where["user"],
            now=where["now"],
        )


class ReopenForm(StepForm):
    step, title, verb, done = Move.REOPEN, MOVE_LABELS[Move.REOPEN], _("Reopen"), _("Reopened.")

    note = note_field()

    def take(self, **where):
        return transitions.reopen(note=self.cleaned_data["note"], **where)


MOVE_FORMS: dict[Move, type[StepForm]] = {
    Move.ATTEMPT: AttemptForm,
    Move.BOOK: BookForm,
    Move.REFER: ReferForm,
    Move.DECLINE: DeclineForm,
    Move.CLOSE: CloseForm,
    Move.REOPEN: ReopenForm,
}
