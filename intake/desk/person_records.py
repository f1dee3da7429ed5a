"""A person's request to have, or to have erased, what the practice keeps about them."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innerbalance import person_data
from intake.desk import formats
from intake.desk.access import CHANGE, CHANGING, DELETE, StaffRequest, desk_view
from intake.desk.details import load_details
from intake.models import ConsultationRequest
from intake.services import audit, erasure, records


@desk_view(permission=CHANGE)
def show(request: StaffRequest, reference: str) -> HttpResponse:
    """What is on file about the person, with a button for each request."""
    return _page(request, reference)


@desk_view(permission=CHANGE, methods=CHANGING)
def export(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything the site keeps about the person, as a file to hand over; what is checked as another's is not in it."""
    about = ConsultationRequest.objects.get(reference=reference)
    try:
        on_file = erasure.export_person(
            request_id=about.pk, user=request.user, not_theirs=_not_theirs(request, reference)
        )
    except erasure.IndexIncomplete:
        return _page(request, reference, status=409)
    content = [{"what": each.what, "records": each.records} for each in on_file]
    response = HttpResponse(
        json.dumps(content, indent=2, ensure_ascii=False, default=str), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="person-{about.reference}.json"'
    return response


@desk_view(permission=DELETE, methods=CHANGING)
def erase(request: StaffRequest, reference: str) -> HttpResponse:
    """Erase the person everywhere; the requests checked as another person's stay."""
    about = ConsultationRequest.objects.get(reference=reference)
    try:
        count = erasure.erase_person(
            request_id=about.pk,
            user=request.user,
            now=timezone.now(),
            not_theirs=_not_theirs(request, reference),
        )
    except erasure.OnLegalHold as error:
        sentence = _("Nothing was erased. On legal hold: %(references)s. Lift the hold there first.")
        return _page(request, reference, problem=sentence % {"references": ", ".join(error.references)}, status=409)
    except erasure.IndexIncomplete:
        return _page(request, reference, status=409)
    message = ngettext("%(reference)s: %(count)d record erased.", "%(reference)s: %(count)d records erased.", count)
    messages.success(request, message % {"reference": reference, "count": count})
    return redirect("consultations:queue")


def _not_theirs(request: StaffRequest, reference: str) -> list[str]:
    """The references checked as another person's; the request in hand is never one of them."""
    return [each for each in request.POST.getlist("not_theirs") if each != reference]


def _page(request: StaffRequest, reference: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    details = load_details(reference=reference, user=request.user, now=now)
    complete = records.index_is_complete()
    on_file = person_data.export(erasure.person_of(details.request, user=request.user)) if complete else []
    read = [each.reference for each in details.duplicates]
    audit.record(details.request, audit.VIEW, user=request.user, what="person", references=[reference, *read])
    context = {
        "header_title": _("Records of the person behind %(reference)s") % {"reference": reference},
        "page_title": _("Person’s records"),
        "page_subtitle": reference,
        "header_icon": "user",
        "details": details,
        "about": details.request,
        "on_file": [each.what for each in on_file],
        "others": [(each, formats.moment_text(each.received_at, now)) for each in details.duplicates],
        "not_theirs": _not_theirs(request, reference),
        "problem": problem,
        "incomplete": not complete,
    }
    return render(request, "intake/admin/person_records.html", context, status=status)
