"""Signing up and confirming, as readers see it."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from innerbalance.practice.last_known_phone import last_known_phone
from innerbalance.security.private_pages import private
from innerbalance.security.public_forms import FormStamp, public_form
from innerbalance.security.rate_limits import client_network, hit
from newsletter.formats import address_fault
from newsletter.rules.addresses import InvalidAddress, parse
from newsletter.rules.sign_up import FORM_LASTS, NETWORK_WINDOW, SIGN_UPS_PER_NETWORK
from newsletter.services import subscriptions
from newsletter.services.links import preferences_url
from newsletter.templatetags.newsletter_tags import PURPOSE

logger = logging.getLogger(__name__)

LONGEST_VALUE = 320
TOO_OLD = _("This page was open for a long time. Please press the button once more.")
TOO_MANY = _("Many sign-ups came from your network within the hour. Please try again in an hour.")


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """`/newsletter/sign-up/`: the form alone. A valid POST answers 303 to one page for all addresses."""
    if request.method != "POST":
        return _form(request)
    try:
        return _receive(request)
    except DatabaseError as error:
        logger.error("A sign-up could not be kept: %s", type(error).__name__)
        context = {"typed": request.POST.get("address", "")[:LONGEST_VALUE], "phone": last_known_phone()}
        html = render_to_string("newsletter/unavailable.html", context)
        return HttpResponse(html, status=503, headers={"Retry-After": "120"})


def _receive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    typed = request.POST.get("address", "")[:LONGEST_VALUE]
    if request.POST.get(FormStamp.honeypot_name):
        return HttpResponseRedirect(reverse("newsletter:sign_up_sent"), status=303)
    try:
        address = parse(typed)
    except InvalidAddress as error:
        return _form(request, typed, address_fault(error.fault), status=422)
    age = FormStamp.age(PURPOSE, request.POST.get(FormStamp.field_name, ""), now)
    if age is None or age > FORM_LASTS:
        return _form(request, typed, TOO_OLD, status=422)
    network = client_network(request)
    if not hit(
        purpose="newsletter.sign-up", identity=network, limit=SIGN_UPS_PER_NETWORK, window=NETWORK_WINDOW, now=now
    ):
        return _form(request, typed, TOO_MANY, status=429)
    subscriptions.ask_to_sign_up(address=address, source=gettext("Form on the site"), now=now)
    return HttpResponseRedirect(reverse("newsletter:sign_up_sent"), status=303)


@require_safe
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """The same for everyone: it knows nothing of the address."""
    return render(request, "newsletter/sign_up_sent.html")


@public_form
@private(indexed=False)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the confirmation email. Only the button's POST confirms: mail scanners follow links."""
    now = timezone.now()
    if request.method == "POST":
        subscriber = subscriptions.confirm(secret=secret, now=now)
        if subscriber:
            return HttpResponseRedirect(reverse("newsletter:confirm", args=[secret]), status=303)
    else:
        subscriber = subscriptions.find_by_link(secret=secret, now=now)
    if subscriber is None:
        return render(request, "newsletter/link_ended.html", status=410)
    context: dict[str, object] = {"done": subscriber.gets_mail}
    if subscriber.gets_mail:
        context["preferences_url"] = preferences_url(subscriber.public_id, made_on=now.date())
    return render(request, "newsletter/confirm.html", context)


@require_safe
def test_mail(request: HttpRequest) -> HttpResponse:
    """Where the links of a test email lead."""
    return render(request, "newsletter/test_mail.html")


def _form(request: HttpRequest, typed: str = "", error: str | Promise = "", status: int = 200) -> HttpResponse:
    return render(request, "newsletter/sign_up.html", {"typed": typed, "error": error}, status=status)
