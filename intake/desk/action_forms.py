"""What the desk does beside the moves: notes, whose it is, when to look again, keep, quarantine."""

from django import forms

from intake.desk.correction_form import CorrectForm
from intake.desk.fields import day_field, future, note_field, planned
from intake.desk.step_forms import StepForm
from intake.models import ConsultationRequest
from intake.services import notes_and_assignment, quarantine


class NoteForm(StepForm):
    name, title, verb, done = "note", "Add a note", "Add the note", "Note added."

    note = note_field(required=True, missing="Write the note first.", hint="Encrypted like the request itself.")

    def take(self, *, version, **where):
        notes_and_assignment.add_note(note=self.cleaned_data["note"], **where)
        return self.details.request


class AssignForm(StepForm):
    name, title, verb, done = "assign", "Whose it is", "Assign", "Assigned."

    assigned_to = forms.ChoiceField(label="Assigned to", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].choices = [("", "Nobody yet"), *self.details.people]

    def starting_values(self):
        return {"assigned_to": str(self.details.request.assigned_to_id or self.details.user.pk)}

    def take(self, **where):
        chosen = self.cleaned_data["assigned_to"]
        return notes_and_assignment.assign(assigned_to_id=int(chosen) if chosen else None, **where)


class PlanForm(StepForm):
    name, title, verb, done = "plan", "Plan the next step", "Plan it", "Next step planned."

    day = day_field("Look at it again on", required=False, hint="Leave empty to take the plan away.")

    def clean_day(self):
        return future(self.cleaned_data["day"], self.details.now)

    def take(self, **where):
        return notes_and_assignment.plan_next_step(
            next_step_at=planned(self.cleaned_data["day"], where["now"]), **where
        )


class KeepForm(StepForm):
    name, title, verb, done = "keep", "Keep it past its time", "Keep it", "Kept: no retention period deletes it."

    note = note_field("Why", hint="For example a legal hold.")

    def take(self, **where):
        return notes_and_assignment.set_legal_hold(on_hold=True, note=self.cleaned_data["note"], **where)


class UnkeepForm(KeepForm):
    name, title, verb, done = "unkeep", "Keep it no longer", "Keep it no longer", "No longer kept."

    def take(self, **where):
        return notes_and_assignment.set_legal_hold(on_hold=False, note=self.cleaned_data["note"], **where)


class ReleaseForm(StepForm):
    name, title, verb, done = "release", "It is a person", "Release into the queue", "Released into the queue."

    def take(self, **where):
        return quarantine.release(**where)


class DiscardForm(StepForm):
    name, title, verb, done = "discard", "It is rubbish", "Delete for good", "Deleted for good."
    grave = True

    def take(self, *, request_id, version, user, now) -> ConsultationRequest | None:
        gone = quarantine.discard(request_ids=[request_id], user=user, now=now)
        return None if gone else ConsultationRequest.objects.get(pk=request_id)


ACTION_FORMS: dict[str, type[StepForm]] = {
    form.name: form
    for form in (NoteForm, CorrectForm, AssignForm, PlanForm, KeepForm, UnkeepForm, ReleaseForm, DiscardForm)
}
