"""The reader's side: the form, the page after it, and what to say when nothing can be kept."""

import logging
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.core.signing import BadSignature, TimestampSigner
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from innerbalance.practice.last_known_phone import last_known_phone
from innerbalance.security.encryption import SealError
from innerbalance.security.private_pages import private
from innerbalance.security.public_forms import FormStamp, public_form
from innerbalance.security.rate_limits import client_network
from intake.forms import RequestForm
from intake.models import ConsultationRequest
from intake.rules.questions import ANSWERS_LIMIT, SUMMARY_LIMIT
from intake.services import form_options
from intake.services.form_options import KEEP_RECEIPT, FormOptions, Origin
from intake.services.receive import SubmissionSignals, receive_request

logger = logging.getLogger(__name__)

PURPOSE = "consultation-request"
CANNOT_KEEP = (DatabaseError, SealError, ImproperlyConfigured, OSError)
ORIGINS = ("post", "clinician", "office", "assessment")


@public_form
@private(indexed=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def request_consultation(request: HttpRequest) -> HttpResponse:
    """`/request-a-consultation/`: the form; a valid POST answers 303, held or not."""
    try:
        if request.method != "POST":
            return _show(request, _blank(_origin(request.GET)))
        return _receive(request)
    except CANNOT_KEEP as error:
        # Only its name: a database's message can quote what it was given.
        logger.error("A consultation request could not be kept or shown: %s", type(error).__name__)
        return _unavailable(request)


@public_form
@private(indexed=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def begin(request: HttpRequest) -> HttpResponse:
    """From a self-assessment: the form with its summary as visible text. Nothing is kept yet, or in the address."""
    if request.method != "POST":
        return redirect("intake:request")
    known = {
        "assessment_summary": _cut(request.POST.get("assessment_summary", ""), SUMMARY_LIMIT),
        "assessment_answers": _cut(request.POST.get("assessment_answers", ""), ANSWERS_LIMIT),
    }
    try:
        return _show(request, _blank(Origin(source="assessment"), known))
    except CANNOT_KEEP as error:
        logger.error("The consultation form could not be shown: %s", type(error).__name__)
        return _unavailable(request)


@private(indexed=True)
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The page after the form. The token is opaque and soon says nothing any more."""
    now = timezone.now()
    found = None
    try:
        uid = UUID(_signer().unsign(token, max_age=KEEP_RECEIPT))
        found = ConsultationRequest.objects.filter(uid=uid).first()
    except (BadSignature, ValueError):
        pass
    except DatabaseError:
        return _unavailable(request)
    if found is None:
        return render(request, "intake/received_expired.html", {"quick_exit": True}, status=410)
    context = {"reference": found.reference, "quick_exit": True, **form_options.received_words(request=found, now=now)}
    return render(request, "intake/received.html", context)


def _receive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = _bound(request, form_options.current_options(now=now))
    if not form.is_valid():
        return _show(request, form)
    data = form.cleaned_data
    origin = form_options.origin_of(kind=data["from_kind"], slug=data["from_slug"])
    signals = SubmissionSignals(
        honeypot=data["website"],
        form_age=FormStamp.age(PURPOSE, data["made"], now),
        network=client_network(request),
    )
    preferences = form.preferences(source=origin.source, source_page_id=origin.page_id)
    kept = receive_request(answers=form.answers(), preferences=preferences, signals=signals, now=now)
    token = _signer().sign(kept.request.uid.hex)
    return HttpResponseRedirect(reverse("intake:received", args=[token]), status=303)


def _origin(query) -> Origin:
    for kind in ORIGINS:
        if slug := query.get(kind, ""):
            return form_options.origin_of(kind=kind, slug=slug[:255])
    return Origin()


def _blank(origin: Origin, known: dict | None = None) -> RequestForm:
    now = timezone.now()
    known = dict(known or {})
    initial = {
        "office": origin.office,
        "clinician": origin.clinician,
        "from_kind": origin.source,
        "from_slug": origin.slug,
        "made": FormStamp.issue(PURPOSE, now, step=1),
        **known,
    }
    return RequestForm(
        options=form_options.current_options(now=now),
        action=reverse("intake:request"),
        initial=initial,
        with_assessment=any(known.values()),
    )


def _bound(request: HttpRequest, options: FormOptions) -> RequestForm:
    carried = "assessment_summary" in request.POST or "assessment_answers" in request.POST
    return RequestForm(request.POST, options=options, action=reverse("intake:request"), with_assessment=carried)


def _show(request: HttpRequest, form: RequestForm) -> HttpResponse:
    context = {"form": form, "options": form.options, "quick_exit": True}
    return render(request, "intake/request.html", context)


def _unavailable(request: HttpRequest) -> HttpResponse:
    """503 in plain words, with the phone number and everything the reader wrote. It asks no database."""
    form = None
    if request.method == "POST":
        options = form_options.with_chosen(form_options.last_known_options(), request.POST)
        form = _bound(request, options)
        form.is_valid()
    html = render_to_string("intake/unavailable.html", {"form": form, "phone": last_known_phone()})
    return HttpResponse(html, status=503, headers={"Retry-After": "120"})


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="intake.received")


def _cut(text: str, limit: int) -> str:
    return text.replace("\x00", "").strip()[:limit]
