"""One step for many requests of the list. What changed meanwhile is left alone, and named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from intake.desk import choices, formats
from intake.desk.access import CHANGE, CHANGING, DELETE, READING, desk_view
from intake.desk.filters import QueueFilter
from intake.formats.labels import move_refused
from intake.models import ConsultationRequest
from intake.rules.status import MoveNotAllowed, Outcome
from intake.services import quarantine, transitions
from intake.services.notes_and_assignment import assign
from intake.services.transitions import Held, Stale

AT_MOST = 200


@dataclass
class Result:
    """How many were done; `left` says of each other one why not."""

    done: int = 0
    left: list[str] = field(default_factory=list)


@desk_view(permission=CHANGE, methods=READING + CHANGING)
def bulk(request: HttpRequest) -> HttpResponse:
    """POST with `chosen` (several `<id>:<version>`), `action`, and what the action needs.

    Deleting asks first: without `confirmed` it answers with a page that says what would go.
    """
    if request.method != "POST":
        return redirect("consultations:queue")
    versions, now = _versions(request.POST.getlist("chosen")), timezone.now()
    people = choices.people()
    back = _back(request.POST.get("query", ""), people)
    step = _step(request, dict(people), now)
    if not versions:
        messages.warning(request, "Tick at least one request first.")
    elif step is None:
        messages.warning(request, "Choose what to do with the ticked requests.")
    elif request.POST.get("action") == "discard" and not request.POST.get("confirmed"):
        return _confirm(request, versions, back)
    else:
        words, each = step
        _say(request, words, _for_each(versions, each, now))
    return redirect(back)


def _step(request: HttpRequest, people: dict[str, str], now: datetime) -> tuple[str, Callable] | None:
    """(what was done in words, a function of request id and version), None when the choice makes no sense."""
    action, by = request.POST.get("action"), {"user": request.user, "now": now}
    if action == "assign":
        chosen = request.POST.get("assigned_to", "")
        if chosen and chosen not in people:
            return None
        words = f"assigned to {people[chosen]}" if chosen else "assigned to nobody"
        return words, lambda pk, version: assign(
            request_id=pk, version=version, assigned_to_id=int(chosen) if chosen else None, **by
        )
    if action == "close":
        outcome = request.POST.get("outcome", "")
        if outcome not in list(Outcome) or outcome == Outcome.DUPLICATE:
            return None
        return "closed", lambda pk, version: transitions.close(
            request_id=pk, version=version, outcome=Outcome(outcome), **by
        )
    if action == "release":
        return "released into the queue", lambda pk, version: quarantine.release(request_id=pk, version=version, **by)
    if action == "discard" and request.user.has_perm(DELETE):
        return "deleted for good", lambda pk, version: _discard(pk, **by)
    return None


def _confirm(request: HttpRequest, versions: dict[int, int], back: str) -> HttpResponse:
    """What would be deleted for good, counted and named; nothing is deleted yet."""
    ticked = ConsultationRequest.objects.filter(pk__in=versions).order_by("received_at", "pk")
    doomed = [each for each in ticked if each.quarantined and not each.on_hold]
    context = {
        "header_title": "Delete for good?",
        "page_title": "Delete for good?",
        "header_icon": "bin",
        "doomed": doomed,
        "spared": [each for each in ticked if each not in doomed],
        "chosen": [f"{each.pk}:{versions[each.pk]}" for each in doomed],
        "query": request.POST.get("query", ""),
        "back": back,
    }
    return render(request, "intake/admin/discard.html", context)


def _discard(pk: int, *, user, now: datetime) -> None:
    if not quarantine.discard(request_ids=[pk], user=user, now=now):
        raise Held(f"{ConsultationRequest.objects.get(pk=pk).reference} is not in quarantine any more, or is kept.")


def _for_each(versions: dict[int, int], step: Callable, now: datetime) -> Result:
    result = Result()
    for pk, version in versions.items():
        try:
            step(pk, version)
            result.done += 1
        except Stale as error:
            meanwhile = "; ".join(formats.since_lines(error.since, now))
            result.left.append(f"{error.request.reference} ({meanwhile or 'changed meanwhile'})")
        except MoveNotAllowed as error:
            result.left.append(f"{ConsultationRequest.objects.get(pk=pk).reference} ({move_refused(error)})")
        except Held as error:
            result.left.append(str(error))
        except ConsultationRequest.DoesNotExist:
            result.left.append("one that has been deleted meanwhile")
    return result


def _say(request: HttpRequest, words: str, result: Result) -> None:
    if result.done:
        messages.success(request, f"{result.done} request{'' if result.done == 1 else 's'} {words}.")
    if result.left:
        shown = ", ".join(result.left[:10]) + (f" and {len(result.left) - 10} more" if len(result.left) > 10 else "")
        messages.warning(request, f"Left alone: {shown}.")


def _versions(chosen: list[str]) -> dict[int, int]:
    found = {}
    for each in chosen[:AT_MOST]:
        pk, _, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (pk, version)):
            found[int(pk)] = int(version)
    return found


def _back(query: str, people: choices.Choices) -> str:
    """The list as it was: only what the filter knows finds its way back into an address."""
    chosen = QueueFilter(QueryDict(query[:500]), people=people).chosen
    return reverse("consultations:queue") + (f"?{urlencode(chosen)}" if chosen else "")
