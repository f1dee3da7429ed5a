"""The office's screens for the list of subscribers. Addresses are looked up by POST: addresses of pages are logged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import SnippetViewSet

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from innerbalance.csv_export import csv_chunks
from newsletter.desk.screens import LIST, pages, screen
from newsletter.desk.subscriber_rows import subscriber_rows
from newsletter.formats import SUBSCRIBER_STATE_LABELS
from newsletter.forms.office import AddForm, FindForm
from newsletter.models import NewsletterTopic, Subscriber
from newsletter.rules.subscriber_states import EventKind
from newsletter.services import subscriptions, suppression

PER_PAGE = 50
TRAIL = ((LIST, _("Subscribers")),)
VIEW = "newsletter.view_subscriber"
ADD = "newsletter.add_subscriber"
EXPORT = "newsletter.export_subscriber"
EXPORTED = (
    _("Email address"),
    _("Status"),
    _("How often"),
    _("Topics"),
    _("Signed up"),
    _("Confirmed"),
    _("Left"),
    _("Source"),
)


class TopicViewSet(SnippetViewSet):
    model = NewsletterTopic
    icon = "tag"
    menu_label = _("Newsletter topics")
    list_display = ["name", "description"]


@private_admin_view(VIEW, methods=READING + CHANGING)
def index(request: HttpRequest) -> HttpResponse:
    """All, or one state; newest first. A POST finds one by the whole address."""
    people = Subscriber.objects.prefetch_related("topics")
    form = FindForm(request.POST if request.method == "POST" else None)
    state = request.GET.get("state", "")
    if form.is_bound:
        people = people.filter(address_key=form.cleaned_data["address"].key) if form.is_valid() else people.none()
    elif state in SUBSCRIBER_STATE_LABELS:
        people = people.filter(state=state)
    else:
        state = ""
    counts = Subscriber.objects.count_by_state()
    everyone = sum(counts.values())
    paged = pages(request, people, per_page=PER_PAGE, count=None if form.is_bound else counts.get(state, everyone))
    paged["rows"].object_list = subscriber_rows(paged["rows"].object_list)
    return screen(
        request,
        "subscribers",
        title=gettext("Subscribers"),
        form=form,
        state=state,
        states=[("", gettext("All"), everyone)]
        + [(value.value, label, counts.get(value, 0)) for value, label in SUBSCRIBER_STATE_LABELS.items()],
        may_export=request.user.has_perm(EXPORT),
        **paged,
    )


@private_admin_view(VIEW)
def history(request: HttpRequest, subscriber_id: int) -> HttpResponse:
    """One subscriber, and what happened."""
    person = get_object_or_404(Subscriber, pk=subscriber_id)
    events = person.events.select_related("user", "campaign").defer(
        "campaign__html", "campaign__text", "campaign__posts"
    )
    return screen(
        request,
        "subscriber",
        # No address: browsers keep titles.
        title=str(person),
        trail=TRAIL,
        person=person,
        events=events,
        suppressed=suppression.reason_for(address_key=person.address_key),
    )


@private_admin_view(ADD, methods=READING + CHANGING)
def add(request: HttpRequest) -> HttpResponse:
    """By hand, with consent: the person still confirms by email."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        owed = subscriptions.sign_up(
            address=data["address"],
            now=timezone.now(),
            source="Added by the office",
            kind=EventKind.ADDED_BY_HAND,
            consent_note=data["consent_note"],
            user=request.user,
        )
        if owed:
            messages.success(
                request, gettext("We are emailing this person to confirm. They are on the list once they do.")
            )
        else:
            messages.warning(
                request,
                gettext(
                    "No email was sent: the address is on the list, is blocked, or got a confirmation email today."
                ),
            )
        return redirect("newsletter_subscribers:index")
    return screen(request, "subscriber_add", title=gettext("Add a subscriber"), trail=TRAIL, form=form)


@private_admin_view(EXPORT, methods=CHANGING)
def export_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV; the log keeps who took how many."""
    people = Subscriber.objects.prefetch_related("topics")
    state = request.POST.get("state", "")
    if state in SUBSCRIBER_STATE_LABELS:
        people = people.filter(state=state)
    else:
        state = ""
    rows = [[str(heading) for heading in EXPORTED], *(_cells(person) for person in people.iterator(chunk_size=500))]
    # Written down before the first address leaves.
    data = {"rows": len(rows) - 1, "state": state}
    log(instance=request.user, action="newsletter.export", user=request.user, data=data)
    answer = HttpResponse(b"".join(csv_chunks(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="newsletter-subscribers.csv"'
    return answer


def _cells(person: Subscriber) -> list[str]:
    moments = (person.created_at, person.confirmed_at, person.left_at)
    since, confirmed, left = (timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else "" for at in moments)
    topics = "; ".join(topic.name for topic in person.topics.all())
    state, frequency = person.get_state_display(), person.get_frequency_display()
    return [person.address, state, frequency, topics, since, confirmed, left, person.source]
