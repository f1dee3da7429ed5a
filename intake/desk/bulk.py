"""One step for many requests of the list. What changed meanwhile is left alone, and named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.desk import choices, formats
from intake.desk.access import CHANGE, CHANGING, DELETE, READING, StaffRequest, desk_view
from intake.desk.filters import QueueFilter
from intake.models import ConsultationRequest
from intake.rules.status import MoveNotAllowed, Outcome
from intake.services import quarantine, transitions
from intake.services.notes_and_assignment import assign
from intake.services.transitions import Held, Stale

AT_MOST = 200
NAMED = 10


@dataclass
class Result:
    """How many were done; `left` says of each other one why not."""

    done: int = 0
    left: list[str] = field(default_factory=list)


class NotSpam(Exception):
    """A request that is not held as spam any more, or is on legal hold, is not deleted."""


@dataclass(frozen=True)
class Step:
    """`run` takes request id and version; `message` says of a number of requests that it was done."""

    run: Callable[[int, int], object]
    message: Callable[[int], str]


@desk_view(permission=CHANGE, methods=READING + CHANGING)
def bulk(request: StaffRequest) -> HttpResponse:
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
        messages.warning(request, _("Check at least one request first."))
    elif step is None:
        messages.warning(request, _("Choose what to do with the checked requests."))
    elif request.POST.get("action") == "discard" and not request.POST.get("confirmed"):
        return _confirm(request, versions, back)
    else:
        _report(request, step, _for_each(versions, step.run, now))
    return redirect(back)


def _step(request: StaffRequest, people: dict[str, str], now: datetime) -> Step | None:
    """What was chosen; None when the choice makes no sense, or is not this person's to make."""
    action = request.POST.get("action")
    by: dict[str, Any] = {"user": request.user, "now": now}
    if action == "assign":
        return _assign(request.POST.get("assigned_to", ""), people, by)
    if action == "close":
        return _close(request.POST.get("outcome", ""), by)
    if action == "release":
        return Step(
            run=lambda pk, version: quarantine.release(request_id=pk, version=version, **by),
            message=lambda count: (
                ngettext(
                    "%(count)d request moved to the work queue.", "%(count)d requests moved to the work queue.", count
                )
                % {"count": count}
            ),
        )
    if action == "discard" and request.user.has_perm(DELETE):
        return Step(
            run=lambda pk, version: _discard(pk, **by),
            message=lambda count: (
                ngettext("%(count)d request deleted permanently.", "%(count)d requests deleted permanently.", count)
                % {"count": count}
            ),
        )
    return None


def _assign(chosen: str, people: dict[str, str], by: dict[str, Any]) -> Step | None:
    if chosen and chosen not in people:
        return None
    person = people[chosen] if chosen else _("nobody")
    return Step(
        run=lambda pk, version: assign(
            request_id=pk, version=version, assigned_to_id=int(chosen) if chosen else None, **by
        ),
        message=lambda count: (
            ngettext("%(count)d request assigned to %(person)s.", "%(count)d requests assigned to %(person)s.", count)
            % {"count": count, "person": person}
        ),
    )


def _close(outcome: str, by: dict[str, Any]) -> Step | None:
    if outcome not in list(Outcome) or outcome == Outcome.DUPLICATE:
        return None
    return Step(
        run=lambda pk, version: transitions.close(request_id=pk, version=version, outcome=Outcome(outcome), **by),
        message=lambda count: (
            ngettext("%(count)d request closed.", "%(count)d requests closed.", count) % {"count": count}
        ),
    )


def _confirm(request: StaffRequest, versions: dict[int, int], back: str) -> HttpResponse:
    """What would be deleted permanently, counted and named; nothing is deleted yet."""
    chosen = ConsultationRequest.objects.filter(pk__in=versions).order_by("received_at", "pk")
    deletable = [each for each in chosen if each.quarantined and not each.on_hold]
    context = {
        "header_title": _("Delete permanently?"),
        "page_title": _("Delete permanently?"),
        "header_icon": "bin",
        "deletable": deletable,
        "left_alone": [each for each in chosen if each not in deletable],
        "chosen": [f"{each.pk}:{versions[each.pk]}" for each in deletable],
        "query": request.POST.get("query", ""),
        "back": back,
    }
    return render(request, "intake/admin/discard.html", context)


def _discard(pk: int, *, user: User, now: datetime) -> None:
    if not quarantine.discard(request_ids=[pk], user=user, now=now):
        raise NotSpam


def _for_each(versions: dict[int, int], run: Callable[[int, int], object], now: datetime) -> Result:
    result = Result()
    references = dict(ConsultationRequest.objects.filter(pk__in=versions).values_list("pk", "reference"))
    for pk, version in versions.items():
        try:
            run(pk, version)
            result.done += 1
            continue
        except Stale as error:
            why = "; ".join(formats.changes_since(error.since, now)) or _("changed meanwhile")
        except (MoveNotAllowed, Held) as error:
            why = formats.refusal(error)
        except NotSpam:
            why = _("no longer marked as spam, or on legal hold")
        except ConsultationRequest.DoesNotExist:
            result.left.append(_("one that has been deleted meanwhile"))
            continue
        result.left.append(_("%(reference)s (%(why)s)") % {"reference": references[pk], "why": why})
    return result


def _report(request: StaffRequest, step: Step, result: Result) -> None:
    if result.done:
        messages.success(request, step.message(result.done))
    if result.left:
        shown = ", ".join(result.left[:NAMED])
        more = len(result.left) - NAMED
        if more > 0:
            shown = _("%(requests)s, and %(more)d more") % {"requests": shown, "more": more}
        messages.warning(request, _("Left alone: %(requests)s.") % {"requests": shown})


def _versions(chosen: list[str]) -> dict[int, int]:
    found = {}
    for each in chosen[:AT_MOST]:
        pk, _colon, version = each.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (pk, version)):
            found[int(pk)] = int(version)
    return found


def _back(query: str, people: choices.Choices) -> str:
    """The list as it was: only what the filter knows finds its way back into an address."""
    chosen = QueueFilter(QueryDict(query[:500]), people=people).chosen
    return reverse("consultations:queue") + (f"?{urlencode(chosen)}" if chosen else "")
