"""A person's wish to have, or to have erased, what the practice keeps about them."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from innerbalance import person_data
from intake.desk import formats
from intake.desk.access import CHANGE, CHANGING, DELETE, desk_view
from intake.desk.details import load_details
from intake.models import ConsultationRequest
from intake.services import erasure


@desk_view(permission=CHANGE)
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """What is kept about the person, with a button for each wish."""
    return _page(request, reference)


@desk_view(permission=CHANGE, methods=CHANGING)
def export(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the site keeps about the person, as a file to hand over."""
    about = ConsultationRequest.objects.get(reference=reference)
    kept = erasure.export_person(request_id=about.pk, user=request.user)
    content = [{"what": each.what, "records": each.records} for each in kept]
    response = HttpResponse(
        json.dumps(content, indent=2, ensure_ascii=False, default=str), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="person-{about.reference}.json"'
    return response


@desk_view(permission=DELETE, methods=CHANGING)
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Erase the person everywhere; the requests ticked as another person's stay."""
    about = ConsultationRequest.objects.get(reference=reference)
    others = [each for each in request.POST.getlist("not_theirs") if each != reference]
    try:
        gone = erasure.erase_person(request_id=about.pk, user=request.user, now=timezone.now(), not_theirs=others)
    except erasure.OnLegalHold as error:
        sentence = f"Nothing was erased. {error} Lift “keep” there first."
        return _page(request, reference, problem=sentence, status=409)
    messages.success(request, f"{reference}: erased, with {gone} record{'' if gone == 1 else 's'} in all.")
    return redirect("consultations:queue")


def _page(request: HttpRequest, reference: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    details = load_details(reference=reference, user=request.user, now=now)
    kept = person_data.export(erasure.person_of(details.request, user=request.user))
    context = {
        "header_title": f"The person behind {reference}",
        "page_title": "The person behind",
        "page_subtitle": reference,
        "header_icon": "user",
        "details": details,
        "about": details.request,
        "kept": [each.what for each in kept],
        "others": [(each, formats.at_words(each.received_at, now)) for each in details.duplicates],
        "problem": problem,
        "may_erase": request.user.has_perm(DELETE),
    }
    return render(request, "intake/admin/person_records.html", context, status=status)
