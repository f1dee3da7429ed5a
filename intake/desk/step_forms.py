"""The next steps at the desk, each a form that knows its service.

`take` raises what the service raises: Stale, Held, MoveNotAllowed, SealError.
"""

from django import forms

from intake.desk.details import RequestDetails
from intake.desk.fields import day_field, future, moment, note_field, planned, time_field
from intake.desk.formats import practice_zone
from intake.formats import safety
from intake.formats.labels import ATTEMPT_LABELS, MOVE_LABELS, OUTCOME_LABELS
from intake.models import ConsultationRequest
from intake.rules.questions import TELEHEALTH
from intake.rules.reference import read_reference
from intake.rules.status import Attempt, Move, Outcome
from intake.services import merging, transitions


class StepForm(forms.Form):
    """One step. `name` is its address and the prefix of its fields, `verb` what its button says."""

    name = ""
    title = ""
    verb = ""
    done = ""
    grave = False

    def __init__(self, data=None, *, details: RequestDetails):
        self.details = details
        super().__init__(data, prefix=self.name, initial=self.starting_values())

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
    name, title, verb, done = Move.ATTEMPT, MOVE_LABELS[Move.ATTEMPT], "Log the attempt", "Attempt logged."

    attempt = forms.ChoiceField(
        label="What happened",
        widget=forms.RadioSelect,
        choices=[(each.value, ATTEMPT_LABELS[each]) for each in Attempt],
        error_messages={"required": "Choose what happened."},
    )
    happened_anyway = forms.BooleanField(
        label="It was not marked as safe, and it happened anyway", required=False, widget=forms.HiddenInput
    )
    next_day = day_field("Try again on", required=False, hint="Leave empty when nothing is planned.")
    note = note_field()

    def clean_next_day(self):
        return future(self.cleaned_data["next_day"], self.details.now)

    def clean(self):
        attempt = self.cleaned_data.get("attempt")
        unsafe = safety.unsafe_attempt(self.details.answers, Attempt(attempt)) if attempt else None
        if unsafe:
            self.fields["happened_anyway"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("happened_anyway"):
                self.add_error("attempt", f"{unsafe} If it has happened all the same, tick the box below to log it.")
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
    name, title, verb, done = Move.BOOK, MOVE_LABELS[Move.BOOK], "Book it", "Booked."

    day = day_field("Day")
    time = time_field("Time")
    place = forms.ChoiceField(label="Where", error_messages={"required": "Choose an office or telehealth."})
    clinician = forms.ChoiceField(label="Clinician", required=False)
    note = note_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Choose"), *self.details.places]
        self.fields["clinician"].choices = [("", "Not decided"), *self.details.clinicians]

    def starting_values(self):
        request = self.details.request
        place = TELEHEALTH if request.telehealth else str(request.office_id or "")
        values = {"place": place, "clinician": str(request.clinician_id or "")}
        if request.appointment_at:
            local = request.appointment_at.astimezone(practice_zone())
            values |= {"day": local.date(), "time": local.time()}
        return values

    def clean(self):
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day and time and moment(day, time) <= self.details.now:
            self.add_error("day", "This moment has passed. Choose a later one.")
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
    name, title, verb, done = (
        Move.REFER,
        MOVE_LABELS[Move.REFER],
        "Refer out",
        "Referred out. The letter can be printed.",
    )

    referred_to = note_field(
        "To whom",
        required=True,
        hint="As it should stand in the letter: name, address, phone.",
        missing="Say to whom the person is referred.",
    )
    note = note_field(hint="For the desk; it is not in the letter.")

    def take(self, **where):
        return transitions.refer(referred_to=self.cleaned_data["referred_to"], note=self.cleaned_data["note"], **where)


class DeclineForm(StepForm):
    name, title, verb, done = Move.DECLINE, MOVE_LABELS[Move.DECLINE], "Decline", "Declined."

    reason = note_field("Reason", required=True, missing="Say why, for whoever looks here later.")

    def take(self, **where):
        return transitions.decline(reason=self.cleaned_data["reason"], **where)


class CloseForm(StepForm):
    name, title, verb, done = Move.CLOSE, MOVE_LABELS[Move.CLOSE], "Close", "Closed."

    outcome = forms.ChoiceField(
        label="Why", widget=forms.RadioSelect, error_messages={"required": "Choose why it is closed."}
    )
    duplicate_of = forms.CharField(
        label="Duplicate of", required=False, max_length=20, help_text="A reference, such as C-7K3Q-M2XZ."
    )
    note = note_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tried = self.details.attempts >= self.details.attempts_before_close
        offered = [each for each in Outcome if tried or each is not Outcome.NO_RESPONSE]
        self.fields["outcome"].choices = [(each.value, OUTCOME_LABELS[each]) for each in offered]
        if not tried:
            self.fields["outcome"].help_text = (
                f"“No response” is offered after {self.details.attempts_before_close} attempts; "
                f"there have been {self.details.attempts}."
            )

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
            self.add_error("duplicate_of", "There is no request with this reference.")
        elif other.pk == self.details.request.pk:
            self.add_error("duplicate_of", "This is the same request. Give the reference of the other one.")
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
    name, title, verb, done = Move.REOPEN, MOVE_LABELS[Move.REOPEN], "Reopen", "Open again."

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
