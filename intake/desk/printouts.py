"""What the desk prints or saves of one request: the request itself, a referral letter, a calendar file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from innerbalance.formats import format_date
from innerbalance.practice.services import practice
from intake.desk import formats
from intake.desk.access import StaffRequest, desk_view
from intake.desk.details import load_details, place_of
from intake.models import ConsultationRequest
from intake.rules.appointment_file import appointment_file
from intake.services import audit


@desk_view()
def print_request(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything about one request on paper, the warnings first."""
    details = load_details(reference=reference, user=request.user, now=timezone.now())
    audit.record(details.request, audit.EXPORT, user=request.user, what="print")
    context = {
        "details": details,
        "received": formats.moment_text(details.request.received_at, None),
        "printed": formats.moment_text(details.now, None),
        "timeline": formats.timeline(details.opened.timeline, None),
        "printed_by": formats.user_name(request.user),
    }
    return render(request, "intake/admin/print.html", context)


@desk_view()
def referral_letter(request: StaffRequest, reference: str) -> HttpResponse:
    """The letter to a person who was referred out: to whom, and nothing about why."""
    details = load_details(reference=reference, user=request.user, now=timezone.now())
    if not details.referred_to:
        raise Http404
    audit.record(details.request, audit.EXPORT, user=request.user, what="letter")
    today = timezone.localdate(details.now, timezone.get_default_timezone())
    context = {
        "details": details,
        "practice": practice(request),
        "today": format_date(today, weekday=False, year=True),
    }
    return render(request, "intake/admin/referral_letter.html", context)


@desk_view()
def calendar_file(request: StaffRequest, reference: str) -> HttpResponse:
    """The appointment for a calendar: the reference, the time, the place. It opens nothing that is sealed."""
    about = ConsultationRequest.objects.select_related("office").get(reference=reference)
    if about.appointment_at is None:
        raise Http404
    audit.record(about, audit.EXPORT, user=request.user, what="calendar")
    text = appointment_file(
        reference=about.reference,
        starts_at=about.appointment_at,
        place=place_of(about),
        version=about.version,
        made_at=timezone.now(),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{about.reference}.ics"'
    return response
