"""One request on one screen, and every step from it."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from intake.desk import formats
from intake.desk.access import CHANGE, CHANGING, DELETE, READING, desk_view
from intake.desk.action_forms import ACTION_FORMS
from intake.desk.details import RequestDetails, load_details
from intake.desk.step_forms import MOVE_FORMS, StepForm
from intake.formats.labels import move_refused
from intake.models import ConsultationRequest
from intake.rules.status import MoveNotAllowed
from intake.services.merging import SameRequest
from intake.services.transitions import Held, Stale

STEPS: dict[str, type[StepForm]] = {move.value: form for move, form in MOVE_FORMS.items()} | ACTION_FORMS


@dataclass
class Problem:
    """Why a step was not taken: what happened meanwhile, or a sentence."""

    since: list[str] = field(default_factory=list)
    sentence: str = ""


@desk_view()
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """`/admin/consultations/<reference>/`"""
    return _screen(request, load_details(reference=reference, user=request.user, now=timezone.now()))


@desk_view(permission=CHANGE, methods=READING + CHANGING)
def take_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
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
        problem = Problem(since=formats.since_lines(error.since, now))
    except MoveNotAllowed as error:
        problem = Problem(sentence=move_refused(error))
    except Held as error:
        problem = Problem(sentence=str(error))
    except SameRequest:
        problem = Problem(sentence="A request is no duplicate of itself.")
    else:
        messages.success(request, f"{reference}: {form.done}")
        return _see_other(
            reverse("consultations:request", args=[reference]) if done else reverse("consultations:queue")
        )
    # Read anew: the screen must show what is true now, around what was typed.
    fresh = load_details(reference=reference, user=request.user, now=now)
    return _screen(request, fresh, failed=STEPS[step](request.POST, details=fresh), problem=problem, status=409)


def _screen(
    request: HttpRequest,
    details: RequestDetails,
    *,
    failed: StepForm | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    about = details.request

    def form(kind: type[StepForm]) -> StepForm:
        return failed if failed is not None and failed.name == kind.name else kind(details=details)

    moves = [form(MOVE_FORMS[move]) for move in about.possible_moves()]
    actions = [form(ACTION_FORMS[name]) for name in _action_names(about)]
    orphan = failed if failed is not None and failed.name not in {each.name for each in [*moves, *actions]} else None
    context = {
        "header_title": f"Consultation request {about.reference}",
        "page_title": "Consultation request",
        "page_subtitle": about.reference,
        "header_icon": "mail",
        "details": details,
        "about": about,
        "opened": details.opened,
        "clock": details.clock,
        "received": formats.at_words(about.received_at, details.now),
        "appointment": formats.at_words(about.appointment_at, details.now) if about.appointment_at else "",
        "assigned": formats.user_name(about.assigned_to) if about.assigned_to else "Nobody yet",
        "lines": details.lines[::-1],
        "moves": moves,
        "actions": actions,
        "failed": failed.name if failed is not None else "",
        "orphan": orphan,
        "problem": problem,
        "may_erase": request.user.has_perm(DELETE),
    }
    return render(request, "intake/admin/request.html", context, status=status)


def _action_names(about: ConsultationRequest) -> list[str]:
    if about.quarantined:
        return ["release", "note", *([] if about.on_hold else ["discard"]), "unkeep" if about.on_hold else "keep"]
    planning = ["assign", "plan"] if about.is_open else []
    return ["note", "correct", *planning, "unkeep" if about.on_hold else "keep"]


def _version(request: HttpRequest) -> int:
    """The version the screen showed. Without one no screen was shown, and any move is a stale one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _see_other(address: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response.headers["Location"] = address
    return response
