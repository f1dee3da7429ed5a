"""The office's screens: look, test, send, watch, decide."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.log_actions import log

from innerbalance.offices import office_directory

from . import sendings, testing
from .checklist import Check, check_issue, links_of, may_be_sent
from .forms import SendForm
from .issue_results import add_shares, results_of
from .link_check import foreign_problems, own_problems
from .models import NewsletterIndexPage, NewsletterIssuePage, Sending
from .rendering import PLACEHOLDERS, Outputs, render_issue
from .sending_states import AT_WORK, UNFINISHED, SendingState
from .subscriber_states import Audience

SEND = "newsletter.send_sending"
PER_PAGE = 25
UNCERTAIN_AT_ONCE = 500


def _require(request, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def index(request):
    """The drafts that could be sent, and all sendings."""
    _require(request, "newsletter.view_sending")
    unsent = NewsletterIssuePage.objects.filter(sending=None).order_by("-latest_revision_created_at")
    archive = NewsletterIndexPage.objects.first()
    sendings_page = Paginator(Sending.objects.defer("html", "text", "posts"), PER_PAGE).get_page(request.GET.get("p"))
    add_shares(list(sendings_page))
    context = {
        "header_title": "Newsletter",
        "page_title": "Newsletter",
        "header_icon": "mail",
        "drafts": [page for page in unsent if not page.live],
        "only_online": [page for page in unsent if page.live],
        "sendings": sendings_page,
        "archive": archive,
        "may_write": archive is not None and archive.permissions_for_user(request.user).can_add_subpage(),
        "may_send": request.user.has_perm(SEND),
    }
    return render(request, "newsletter/admin/index.html", context)


def prepare(request, page_id: int):
    """The check list, the number of recipients, and the button."""
    _require(request, SEND)
    page = get_object_or_404(NewsletterIssuePage, pk=page_id)
    if sending := page.frozen():
        return redirect("newsletter_desk:results", sending.pk)
    revision = page.get_latest_revision()
    if revision is None:
        messages.error(request, "Save the issue first.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    now = timezone.now()
    issue = revision.as_object()
    outputs = render_issue(page=issue, posts=issue.posts())
    # Other sites hold no issue back, so nobody waits for them when the button is pressed.
    checks = _checks(outputs, archive_url=page.full_url, ask_others=request.method != "POST")
    form = SendForm(request.POST or None, initial={"revision_id": revision.pk, "content_hash": outputs.content_hash})
    if request.method == "POST" and may_be_sent(checks) and form.is_valid():
        data = form.cleaned_data
        try:
            sending = sendings.plan(
                page=page,
                revision_id=data["revision_id"],
                content_hash=data["content_hash"],
                scheduled_at=data["scheduled_at"] or now,
                user=request.user,
                now=now,
            )
        except sendings.SendingRefused as refused:
            messages.error(request, str(refused))
            return redirect("newsletter_desk:prepare", page.pk)
        log(instance=page, action="newsletter.send", user=request.user)
        return redirect("newsletter_desk:results", sending.pk)
    readers = sendings.audience(
        audience=Audience(issue.audience), topic_ids=[topic.pk for topic in issue.topics.all()], now=now
    )
    context = {
        "header_title": f"Send “{outputs.subject}”",
        "page_title": f"Send “{outputs.subject}”",
        "header_icon": "mail",
        "page": page,
        "issue": issue,
        "form": form,
        "checks": checks,
        "ready": may_be_sent(checks),
        "readers": readers.count(),
        "edition": outputs.content_hash,
        "rate": settings.NEWSLETTER_MESSAGES_PER_MINUTE,
    }
    return render(request, "newsletter/admin/prepare.html", context)


def _checks(outputs: Outputs, *, archive_url: str, ask_others: bool) -> list[Check]:
    # The archive page goes live with the sending.
    links = links_of(outputs.html, without=(*PLACEHOLDERS, archive_url))
    return check_issue(
        subject=outputs.subject,
        preview_text=outputs.preview_text,
        html=outputs.html,
        placeholders=PLACEHOLDERS,
        postal=any(office.address_lines for office in office_directory().offices()),
        own_links=own_problems(links),
        foreign_links=foreign_problems(links) if ask_others else {},
    )


@require_POST
def send_test(request, page_id: int):
    """The issue as it is now, to the address of the person who asks."""
    _require(request, SEND)
    page = get_object_or_404(NewsletterIssuePage, pk=page_id)
    if not request.user.email:
        messages.error(request, "Your account has no mail address.")
    else:
        try:
            testing.send_test(page=page.get_latest_revision_as_object(), to=request.user.email)
        except OSError as error:
            messages.error(request, f"The mail server did not take it ({type(error).__name__}). Nothing was sent.")
        else:
            messages.success(request, "The test is on its way to your own address.")
    return redirect("newsletter_desk:prepare", page.pk)


def results(request, sending_id: int):
    """The numbers, which add up to the audience, with the reasons; addresses only for those who may see them."""
    _require(request, "newsletter.view_sending")
    sending = get_object_or_404(Sending, pk=sending_id)
    context = {
        "header_title": sending.subject,
        "page_title": sending.subject,
        "page_subtitle": sending.get_state_display(),
        "header_icon": "mail",
        "sending": sending,
        "results": results_of(sending),
        "at_work": sending.state in AT_WORK,
        "waiting": sending.state in AT_WORK or sending.state == SendingState.SCHEDULED,
        "unfinished": sending.state in UNFINISHED,
        "may_send": request.user.has_perm(SEND),
        "may_see": request.user.has_perm("newsletter.view_delivery"),
    }
    if context["may_see"]:
        context["uncertain"] = sending.deliveries.uncertain().select_related("subscriber")[:UNCERTAIN_AT_ONCE]
    return render(request, "newsletter/admin/results.html", context)


@require_GET
def progress(request, sending_id: int):
    """The numbers as JSON, for the progress bar."""
    _require(request, "newsletter.view_sending")
    sending = get_object_or_404(Sending.objects.defer("html", "text", "posts"), pk=sending_id)
    return JsonResponse({"state": sending.state, "counts": {str(k): v for k, v in sending.counts().items()}})


@require_POST
def decide(request, sending_id: int):
    """Pause, resume, cancel, or send the ticked uncertain copies again."""
    _require(request, SEND)
    sending = get_object_or_404(Sending, pk=sending_id)
    page = sending.page
    decision = request.POST.get("decision", "")
    try:
        match decision:
            case "pause":
                sendings.pause(sending_id=sending.pk, reason=f"Paused by {request.user.get_username()}")
            case "resume":
                sendings.resume(sending_id=sending.pk)
            case "cancel":
                sendings.cancel(sending_id=sending.pk, now=timezone.now())
            case "resend":
                _require(request, "newsletter.view_delivery")
                ticked = [int(pk) for pk in request.POST.getlist("delivery") if pk.isdecimal()]
                number = sendings.resend_uncertain(
                    sending_id=sending.pk, delivery_ids=ticked, user=request.user, now=timezone.now()
                )
                messages.success(request, f"{number} will be sent again.")
            case _:
                raise PermissionDenied
    except sendings.SendingRefused as refused:
        messages.error(request, str(refused))
    else:
        if page:
            log(instance=page, action=f"newsletter.{decision}", user=request.user)
    if not Sending.objects.filter(pk=sending_id).exists():
        messages.success(request, "Called back: the issue is a draft again.")
        return redirect("newsletter_desk:index")
    return redirect("newsletter_desk:results", sending_id)
