"""The reader's side: the form, the page after it, and what to say when nothing can be saved."""

import functools
import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from innerbalance.formats import format_phone
from innerbalance.practice.last_known_phone import last_known_phone
from innerbalance.security.private_pages import private
from innerbalance.security.public_forms import FormStamp, public_form
from innerbalance.security.rate_limits import client_network
from intake.forms import RequestForm
from intake.models import ConsultationRequest
from intake.rules.questions import ANSWERS_LIMIT, QUESTIONS, SUMMARY_LIMIT
from intake.services import form_options
from intake.services.form_options import KEEP_RECEIPT, FormOptions, Origin
from intake.services.receive import SubmissionSignals, receive_request

logger = logging.getLogger(__name__)

PURPOSE = "consultation-request"
ORIGINS = ("post", "clinician", "office", "assessment")
READ_AT_MOST = 4 * 1024 * 1024
"""Bytes of a body over Django's limit that are read to give the reader their text back."""

TOO_LONG = (RequestDataTooBig, TooManyFieldsSent)
SHOWN_AT_MOST = 20_000
"""Characters of one answer in such a body."""


def never_loses_text(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whatever fails, a POST is answered with the phone number and what the reader wrote.

    Stands outside everything, also of the protection against other sites' forms, whose refusal is an answer too.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            response = view(request)
        except Exception as error:
            # Only its name: a database's message can quote what it was given.
            logger.error("A consultation request could not be kept or shown: %s", type(error).__name__)
            return _unavailable(request, status=413 if isinstance(error, TOO_LONG) else 503)
        if request.method == "POST" and response.status_code >= 400:
            return _unavailable(request, status=response.status_code)
        return response

    return private(indexed=True)(answer)


@never_loses_text
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def request_consultation(request: HttpRequest) -> HttpResponse:
    """`/request-a-consultation/`: the form; a valid POST answers 303, held or not."""
    if request.method != "POST":
        return _show(request, _blank(_origin(request.GET)))
    return _receive(request)


@never_loses_text
@public_form
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
    return _show(request, _blank(Origin(source="assessment"), known))


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
    except Exception as error:
        logger.error("The page after a consultation request could not be shown: %s", type(error).__name__)
        return _unavailable(request, status=503)
    if found is None:
        return render(request, "intake/received_expired.html", {"quick_exit": True}, status=410)
    try:
        words = form_options.received_words(request=found, now=now)
        return render(request, "intake/received.html", {"reference": found.reference, "quick_exit": True, **words})
    except Exception as error:
        logger.error("The page after a consultation request could not be shown whole: %s", type(error).__name__)
        return HttpResponse(_error_page(received=found.reference))


def _receive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = _bound(request.POST, form_options.current_options(now=now))
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


def _bound(typed: QueryDict, options: FormOptions) -> RequestForm:
    carried = "assessment_summary" in typed or "assessment_answers" in typed
    return RequestForm(typed, options=options, action=reverse("intake:request"), with_assessment=carried)


def _show(request: HttpRequest, form: RequestForm) -> HttpResponse:
    context = {"form": form, "options": form.options, "quick_exit": True}
    return render(request, "intake/request.html", context)


def _unavailable(request: HttpRequest, *, status: int) -> HttpResponse:
    """In plain words, with the phone number and everything the reader wrote. It asks no database and no cache."""
    typed = _typed(request) if request.method == "POST" else None
    try:
        form = None
        if typed is not None:
            form = _bound(typed, form_options.with_chosen(form_options.last_known_options(), typed))
            form.is_valid()
        html = _error_page(form=form, reason=_reason(status))
    except Exception as error:
        logger.error("The form could not be shown again: %s", type(error).__name__)
        html = _bare_page(typed, _reason(status))
    headers = {"Retry-After": "120"} if status == 503 else {}
    return HttpResponse(html, status=status, headers=headers)


def _reason(status: int) -> str:
    if status == 403:
        return gettext(
            "Your browser did not tell us that this form came from our own page, so we could not accept it. "
            "Please open this page again and send it from there, use another browser, or call us."
        )
    if status in (400, 413):
        return gettext("What was sent is too long. Please make it shorter, or call us.")
    return gettext("Something on our side is not working. Please try again in a few minutes.")


def _error_page(**context: object) -> str:
    return render_to_string("intake/unavailable.html", {"phone": _phone(), **context})


def _bare_page(typed: QueryDict | None, reason: str) -> str:
    """When not even the templates work."""
    said = [(name, text) for name in QUESTIONS for text in (typed.getlist(name) if typed else []) if text.strip()]
    phone = _phone()
    return format_html(
        '<!doctype html><html lang="en-US"><meta charset="utf-8"><title>{}</title><h1>{}</h1><p>{}</p>{}'
        "<p>911, 988</p>{}</html>",
        gettext("We could not save your request"),
        gettext("We could not save your request just now"),
        reason,
        format_html('<p><a href="tel:{}">{}</a></p>', phone, format_phone(phone)) if phone else "",
        format_html_join("", "<pre>{}</pre>", ((text,) for _name, text in said)),
    )


def _phone() -> str:
    try:
        return last_known_phone()
    except Exception:
        return settings.PRACTICE_PHONE


def _typed(request: HttpRequest) -> QueryDict:
    """What the reader wrote, also in a body that is over a limit; empty for another site's form."""
    typed = QueryDict(mutable=True)
    if _from_elsewhere(request):
        return typed
    try:
        try:
            return request.POST
        except RequestDataTooBig:
            body = request.read(READ_AT_MOST)
        except TooManyFieldsSent:
            body = request.body
        for part in body.split(b"&")[: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS]:
            for name, texts in QueryDict(part).lists():
                typed.setlist(name, [*typed.getlist(name), *(text[:SHOWN_AT_MOST] for text in texts)])
    except Exception as error:
        logger.error("The body of a consultation request could not be read: %s", type(error).__name__)
    return typed


def _from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser names another site: then it is that site's text, and not shown as the reader's."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "null")
    if site:
        return site not in ("same-origin", "none")
    return origin not in ("null", f"{request.scheme}://{request.get_host()}")


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="intake.received")


def _cut(text: str, limit: int) -> str:
    return text.replace("\x00", "").strip()[:limit]
