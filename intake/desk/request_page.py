"""One request on one page, and every step from it.

Each step is one form class that knows its service. One view takes all of them: it shows the page again with the form's
errors (422), or, when the request changed meanwhile, with what happened and everything typed (409), or goes on to the
page (303). The version stands beside the form and not in it, so that the second try is made against what was just read.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.desk import formats
from intake.desk.access import CHANGE, CHANGING, DELETE, READING, StaffRequest, desk_view
from intake.desk.action_forms import ACTION_FORMS
from intake.desk.details import RequestDetails, load_details
from intake.desk.step_forms import MOVE_FORMS, StepForm
from intake.models import ConsultationRequest
from intake.rules.status import MoveNotAllowed
from intake.services.merging import SameRequest
from intake.services.transitions import Held, Stale

STEPS: dict[str, type[StepForm]] = {move.value: form for move, form in MOVE_FORMS.items()} | ACTION_FORMS


@dataclass(frozen=True)
class Problem:
    """Why a step was not taken: what happened meanwhile, or a sentence."""

    since: list[str] = field(default_factory=list)
    sentence: str = ""


@desk_view()
def show(request: StaffRequest, reference: str) -> HttpResponse:
    """`/admin/consultations/<reference>/`"""
    return _screen(request, load_details(reference=reference, user=request.user, now=timezone.now()))


@desk_view(permission=CHANGE, methods=READING + CHANGING)
def take_step(request: StaffRequest, reference: str, step: str) -> HttpResponse:
    """POST of one step. 303 to the screen; 409 with everything typed when the request changed meanwhile."""
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return redirect("consultations:request", reference)
    if step == "discard" and not request.user.has_perm(DELETE):
        raise Http404
    now = timezone.now()
    details = load_details(reference=reference, user=request.user, now=now)
    form = STEPS[step](request.POST, details=details)
    if not form.is_valid():
        return _screen(request, details, failed=form, status=422)
    try:
        done = form.take(request_id=details.request.pk, version=_version(request), user=request.user, now=now)
    except Stale as error:
        problem = Problem(since=formats.changes_since(error.since, now))
    except (MoveNotAllowed, Held) as error:
        problem = Problem(sentence=formats.refusal(error))
    except SameRequest:
        problem = Problem(sentence=_("A request can’t be a duplicate of itself."))
    else:
        messages.success(request, _("%(reference)s: %(done)s") % {"reference": reference, "done": form.done})
        return _see_other(
            reverse("consultations:request", args=[reference]) if done else reverse("consultations:queue")
        )
    # Read anew: the screen must show what is true now, around what was typed.
    fresh = load_details(reference=reference, user=request.user, now=now)
    return _screen(request, fresh, failed=STEPS[step](request.POST, details=fresh), problem=problem, status=409)


def _screen(
    request: StaffRequest,
    details: RequestDetails,
    *,
    failed: StepForm | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    about = details.request

    def form(kind: type[StepForm]) -> StepForm:
        return failed if failed is not None and failed.step == kind.step else kind(details=details)

    moves = [form(MOVE_FORMS[move]) for move in about.possible_moves()]
    actions = [form(ACTION_FORMS[name]) for name in _action_names(about, may_delete=request.user.has_perm(DELETE))]
    orphan = failed if failed is not None and failed.step not in {each.step for each in [*moves, *actions]} else None
    context = {
        "header_title": _("Consultation request %(reference)s") % {"reference": about.reference},
        "page_title": _("Consultation request"),
        "page_subtitle": about.reference,
        "header_icon": "mail",
        "details": details,
        "about": about,
        "clock": details.clock,
        "received": formats.moment_text(about.received_at, details.now),
        "appointment": formats.moment_text(about.appointment_at, details.now) if about.appointment_at else "",
        "assigned": formats.user_name(about.assigned_to) if about.assigned_to else _("Nobody yet"),
        "timeline": details.timeline[::-1],
        "moves": moves,
        "actions": actions,
        "failed": failed.step if failed is not None else "",
        "orphan": orphan,
        "problem": problem,
    }
    return render(request, "intake/admin/request.html", context, status=status)


def _action_names(about: ConsultationRequest, *, may_delete: bool) -> list[str]:
    hold = "lift-hold" if about.on_hold else "hold"
    if about.quarantined:
        return ["release", "note", *(["discard"] if may_delete and not about.on_hold else []), hold]
    return ["note", "correct", *(["assign", "plan"] if about.is_open else []), hold]


def _version(request: StaffRequest) -> int:
    """The version the screen showed. Without one no screen was shown, and any move is a stale one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _see_other(address: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response.headers["Location"] = address
    return response
