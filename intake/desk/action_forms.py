"""What the desk does beside the next steps: notes, assignment, planning, legal hold, quarantine."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.desk.correction_form import CorrectForm
from intake.desk.fields import day_field, note_field, planned, set_choices, upcoming
from intake.desk.step_forms import StepForm
from intake.models import ConsultationRequest
from intake.services import notes_and_assignment, quarantine


class NoteForm(StepForm):
    step, title, verb, done = "note", _("Add a note"), _("Add the note"), _("Note added.")

    note = note_field(required=True, missing=_("Write the note first."), hint=_("Encrypted like the request itself."))

    def take(self, *, version, **where):
        notes_and_assignment.add_note(note=self.cleaned_data["note"], **where)
        return self.details.request


class AssignForm(StepForm):
    step, title, verb, done = "assign", _("Assign"), _("Assign"), _("Assigned.")

    assigned_to = forms.ChoiceField(label=_("Assigned to"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        set_choices(self, "assigned_to", [("", gettext("Nobody yet")), *self.details.people])

    def starting_values(self):
        return {"assigned_to": str(self.details.request.assigned_to_id or self.details.user.pk)}

    def take(self, **where):
        chosen = self.cleaned_data["assigned_to"]
        return notes_and_assignment.assign(assigned_to_id=int(chosen) if chosen else None, **where)


class PlanForm(StepForm):
    step, title, verb, done = "plan", _("Plan the next step"), _("Plan it"), _("Next step planned.")

    day = day_field(_("Look at it again on"), required=False, hint=_("Leave blank to remove the plan."))

    def clean_day(self):
        return upcoming(self.cleaned_data["day"], self.details.now)

    def take(self, **where):
        next_step_at = planned(self.cleaned_data["day"], where["now"])
        return notes_and_assignment.plan_next_step(next_step_at=next_step_at, **where)


class HoldForm(StepForm):
    step, title, verb = "hold", _("Place on legal hold"), _("Place on hold")
    done = _("On legal hold: no retention period deletes it.")

    note = note_field(_("Why"), hint=_("For example, a subpoena or a pending complaint."))

    def take(self, **where):
        return notes_and_assignment.set_legal_hold(on_hold=True, note=self.cleaned_data["note"], **where)


class LiftHoldForm(HoldForm):
    step, title, verb, done = "lift-hold", _("Lift the legal hold"), _("Lift the hold"), _("Legal hold lifted.")

    def take(self, **where):
        return notes_and_assignment.set_legal_hold(on_hold=False, note=self.cleaned_data["note"], **where)


class ReleaseForm(StepForm):
    step, title, verb = "release", _("Not spam"), _("Move to the work queue")
    done = _("Moved to the work queue.")

    def take(self, **where):
        return quarantine.release(**where)


class DiscardForm(StepForm):
    step, title, verb, done = "discard", _("Spam"), _("Delete permanently"), _("Deleted permanently.")
    grave = True

    def take(self, **where) -> ConsultationRequest | None:
        request_id = where["request_id"]
        gone = quarantine.discard(request_ids=[request_id], user=where["user"], now=where["now"])
        return None if gone else ConsultationRequest.objects.get(pk=request_id)


ACTION_FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (NoteForm, CorrectForm, AssignForm, PlanForm, HoldForm, LiftHoldForm, ReleaseForm, DiscardForm)
}
