"""The list: a work queue, and the exact search."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.row_counts import count_each
from innerbalance.security.encryption import SealError
from intake.desk import choices, formats
from intake.desk.access import CHANGING, READING, StaffRequest, desk_view
from intake.desk.filters import HELD, LISTS, QUEUE, QueueFilter
from intake.formats.labels import OUTCOME_LABELS
from intake.models import ConsultationRequest, IntakeSettings
from intake.rules.questions import Answers
from intake.rules.status import Outcome
from intake.services import audit, records

PER_PAGE = 50
FOUND_AT_MOST = 50
BULK_OUTCOMES = [(each.value, OUTCOME_LABELS[each]) for each in Outcome if each is not Outcome.DUPLICATE]


@dataclass(frozen=True, repr=False)
class Row:
    """One request in the list; `answers` is None where it could not be opened."""

    request: ConsultationRequest
    clock: formats.Clock
    received: str
    answers: Answers | None


@desk_view()
def queue(request: StaffRequest) -> HttpResponse:
    """`/admin/consultations/`: what to do next comes first."""
    now, people = timezone.now(), choices.people()
    shown = QueueFilter(request.GET, people=people)
    counts = _counts()
    listed = shown.apply(now)
    # An index alone puts the keys in order; whole rows are read of those that are shown.
    paginator = Paginator(listed.values("pk"), PER_PAGE)
    if not shown.narrowed and shown.list_name in counts:
        paginator.count = counts[shown.list_name]
    page = paginator.get_page(request.GET.get("p"))
    on_page = listed.filter(pk__in=page.object_list).select_related("office", "clinician", "assigned_to")
    rows = _rows(list(on_page), request.user, now)
    if rows:
        _log_list(rows, request.user)
    context = {
        **_frame(),
        "filter": shown,
        "list_name": shown.list_name,
        "tabs": _tabs(shown.list_name, counts),
        "page": page,
        "rows": rows,
        "query": _query(shown),
        "held": shown.list_name == HELD,
        "people": people,
        "outcomes": BULK_OUTCOMES,
    }
    return render(request, "intake/admin/queue.html", context)


@desk_view(methods=READING + CHANGING)
def search(request: StaffRequest) -> HttpResponse:
    """Exact search. By POST, so that a name or a number stands in no address, history or server log."""
    if request.method != "POST":
        return redirect("consultations:queue")
    text, now = request.POST.get("text", "").replace("\x00", "").strip()[:254], timezone.now()
    found = records.find(text=text, user=request.user).select_related("office", "clinician", "assigned_to")
    requests = list(found[: FOUND_AT_MOST + 1])
    rows = _rows(requests[:FOUND_AT_MOST], request.user, now)
    if rows:
        _log_list(rows, request.user)
    context = {**_frame(), "text": text, "rows": rows, "more": len(requests) > FOUND_AT_MOST, "searched": True}
    context["incomplete"] = not records.index_is_complete()
    return render(request, "intake/admin/queue.html", context)


def _frame() -> dict:
    return {"header_title": _("Consultations"), "page_title": _("Consultations"), "header_icon": "mail"}


def _rows(requests: list[ConsultationRequest], user, now: datetime) -> list[Row]:
    try:
        answers = records.answers_of_many(requests, user=user)
    except SealError as error:
        # One key for all is missing: the queue still shows what is due, and each row says why it has no name.
        audit.record(IntakeSettings.load(), audit.DECRYPT_FAILED, user=user, error=type(error).__name__)
        answers = {}
    return [
        Row(each, formats.clock(each, now), formats.moment_text(each.received_at, now), answers.get(each.pk))
        for each in requests
    ]


def _log_list(rows: list[Row], user) -> None:
    """One line for a page of the list, with the references whose names it showed."""
    references = [row.request.reference for row in rows if row.answers]
    audit.record(IntakeSettings.load(), audit.VIEW, user=user, what="list", references=references)


def _counts() -> dict[str, int]:
    requests = ConsultationRequest.objects
    is_open, held = count_each([requests.open(), requests.held()])
    return {QUEUE: is_open, HELD: held}


def _tabs(current: str, counts: dict[str, int]) -> list[dict]:
    return [
        {"name": name, "label": label, "count": counts.get(name), "current": name == current}
        for name, label in LISTS.items()
    ]


def _query(shown: QueueFilter) -> str:
    """The chosen filters as a query string, for paging and for the way back."""
    return urlencode(shown.chosen)
