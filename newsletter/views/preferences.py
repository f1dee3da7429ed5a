"""The reader's own page: topics, how often, my data, delete me."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innerbalance.security.private_pages import private
from innerbalance.security.public_forms import public_form
from newsletter.forms.sign_up import PreferencesForm
from newsletter.models import Subscriber, SubscriberEvent
from newsletter.rules.sign_up import preferences_link_works
from newsletter.rules.subscriber_states import EventKind, Frequency
from newsletter.services import preferences
from newsletter.services.links import unsubscribe_url
from newsletter.services.tokens import PREFERENCES, read_dated_token


@public_form
@private(indexed=False)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The choices of a confirmed reader; for everybody else only what is kept about them."""
    subscriber, works = _of(token)
    if subscriber is None or not works:
        return _no_entry(request, token, subscriber)
    form = None
    if subscriber.gets_mail:
        chosen = {"topics": subscriber.topics.all(), "frequency": subscriber.frequency}
        form = PreferencesForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form and form.is_valid():
        preferences.change(
            subscriber=subscriber,
            topics=form.cleaned_data.get("topics", []),
            frequency=Frequency(form.cleaned_data["frequency"]),
            now=timezone.now(),
        )
        return HttpResponseRedirect(reverse("newsletter:preferences", args=[token]) + "?saved=1", status=303)
    return _page(request, token, subscriber, form, saved=request.GET.get("saved") == "1")


@public_form
@private(indexed=False)
@require_POST
def export(request: HttpRequest, token: str) -> HttpResponse:
    """All we keep about the reader, as a file."""
    subscriber, works = _of(token)
    if subscriber is None or not works:
        return _no_entry(request, token, subscriber)
    SubscriberEvent.objects.create(subscriber=subscriber, kind=EventKind.EXPORTED, at=timezone.now())
    answer = JsonResponse(preferences.record(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="my-newsletter-data.json"'
    return answer


@public_form
@private(indexed=False)
@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Needs its check mark: there is no undo."""
    subscriber, works = _of(token)
    if subscriber is None or not works:
        return _no_entry(request, token, subscriber)
    if not request.POST.get("sure"):
        chosen = {"topics": subscriber.topics.all(), "frequency": subscriber.frequency}
        form = PreferencesForm(initial=chosen) if subscriber.gets_mail else None
        return _page(request, token, subscriber, form, not_sure=True, status=422)
    preferences.erase(subscribers=Subscriber.objects.filter(pk=subscriber.pk), user=None, now=timezone.now())
    return HttpResponseRedirect(reverse("newsletter:deleted"), status=303)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/deleted.html")


@public_form
@private(indexed=False)
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Owe a new link to the address that an expired one belongs to."""
    subscriber, _ = _of(token)
    if subscriber is None:
        return _no_entry(request, token, subscriber)
    preferences.ask_for_new_link(subscriber=subscriber, now=timezone.now())
    return HttpResponseRedirect(reverse("newsletter:preferences", args=[token]) + "?sent=1", status=303)


def _of(token: str) -> tuple[Subscriber | None, bool]:
    """Whose link it is, and whether it still works."""
    read = read_dated_token(PREFERENCES, token)
    if read is None:
        return None, False
    public_id, made_on = read
    works = preferences_link_works(made_on, today=timezone.now().date())
    return Subscriber.objects.filter(public_id=public_id).first(), works


def _no_entry(request: HttpRequest, token: str, subscriber: Subscriber | None) -> HttpResponse:
    """The link is damaged or nobody's, or it has expired; nothing of the person is shown."""
    if subscriber is None:
        return render(request, "newsletter/link_broken.html", status=404)
    context = {"token": token, "sent": request.GET.get("sent") == "1"}
    return render(request, "newsletter/preferences_expired.html", context, status=410)


def _page(request, token, subscriber, form, *, status: int = 200, **context) -> HttpResponse:
    context |= {
        "subscriber": subscriber,
        "form": form,
        "token": token,
        "unsubscribe_url": unsubscribe_url(subscriber.public_id),
    }
    if form and form.errors:
        status = 422
    return render(request, "newsletter/preferences.html", context, status=status)
