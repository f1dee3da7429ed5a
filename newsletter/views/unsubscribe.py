"""Leaving by the link in every mail, and what is offered right after it."""

from contextlib import suppress

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innerbalance.security.private_pages import private
from innerbalance.security.public_forms import public_form
from newsletter.models import Subscriber
from newsletter.services import subscriptions
from newsletter.services.tokens import UNDO, UNSUBSCRIBE, read_subscriber_token, subscriber_token


@csrf_exempt
@private(indexed=False)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST from anywhere, without cookies, takes the person off the list and answers 200.

    What the POST says does not matter: whoever has the link may leave. GET shows the button and changes nothing.
    """
    read = read_subscriber_token(UNSUBSCRIBE, token)
    if read is None:
        return render(request, "newsletter/link_broken.html", status=404)
    public_id, campaign_id = read
    if request.method != "POST":
        subscriber = Subscriber.objects.filter(public_id=public_id).first()
        listed = bool(subscriber and subscriber.state in subscriptions.ON_THE_LIST)
        return render(request, "newsletter/unsubscribe.html" if listed else "newsletter/unsubscribed.html")
    now = timezone.now()
    subscriber = subscriptions.unsubscribe(public_id=public_id, campaign_id=campaign_id, now=now)
    context: dict[str, object] = {}
    # A mail program's button shows this page to nobody; the offers are for people.
    if subscriber and not _one_click(request) and subscriptions.may_undo(subscriber, now=now):
        context["undo_token"] = subscriber_token(UNDO, public_id)
        context["less_often"] = subscriptions.offer_less_often(subscriber, now=now)
    return render(request, "newsletter/unsubscribed.html", context)


@public_form
@private(indexed=False)
@require_POST
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """Undo, or the monthly digest instead, from the page after leaving."""
    read = read_subscriber_token(UNDO, token)
    if read is None:
        return render(request, "newsletter/link_broken.html", status=404)
    less_often = request.POST.get("less_often") == "yes"
    if not subscriptions.undo(public_id=read[0], less_often=less_often, now=timezone.now()):
        return render(request, "newsletter/undo_ended.html", status=410)
    return HttpResponseRedirect(reverse("newsletter:back"), status=303)


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/back.html")


def _one_click(request: HttpRequest) -> bool:
    # A body nobody can read must not keep anyone on the list.
    with suppress(MultiPartParserError, SuspiciousOperation, BadRequest, OSError):
        return request.POST.get("List-Unsubscribe") == "One-Click"
    return True
