"""The office's screens for campaigns: check, test, send, watch, decide."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from innerbalance.locations.services.directory import office_directory
from newsletter.blocks.rendering import PLACEHOLDERS, Outputs, render_issue
from newsletter.desk.screens import ISSUES, pages, screen
from newsletter.formats import check_text, link_problem
from newsletter.forms.office import SendForm
from newsletter.models import Campaign, NewsletterIndexPage, NewsletterIssuePage
from newsletter.rules.campaign_states import AT_WORK, UNFINISHED, CampaignState
from newsletter.rules.checklist import Check, check_issue, links_of, may_be_sent
from newsletter.rules.subscriber_states import Audience
from newsletter.services import campaigns
from newsletter.services import test_email as testing
from newsletter.services.link_check import foreign_problems, own_problems
from newsletter.services.results import add_shares, results_of

VIEW = "newsletter.view_campaign"
SEND = "newsletter.send_campaign"
SEE_ADDRESSES = "newsletter.view_delivery"
TRAIL = ((ISSUES, _("Newsletter")),)
PER_PAGE = 25
UNCERTAIN_AT_ONCE = 500


@private_admin_view(VIEW)
def index(request):
    """The drafts that could be sent, and all campaigns."""
    unsent = NewsletterIssuePage.objects.filter(campaign=None).order_by("-latest_revision_created_at")
    archive = NewsletterIndexPage.objects.first()
    listed = pages(request, Campaign.objects.defer("html", "text", "posts"), per_page=PER_PAGE)
    add_shares(list(listed["rows"]))
    return screen(
        request,
        "index",
        title=gettext("Newsletter"),
        icon="mail",
        drafts=[page for page in unsent if not page.live],
        only_online=[page for page in unsent if page.live],
        archive=archive,
        may_write=archive is not None and archive.permissions_for_user(request.user).can_add_subpage(),
        may_send=request.user.has_perm(SEND),
        **listed,
    )


@private_admin_view(SEND, methods=READING + CHANGING)
def prepare(request, page_id: int):
    """The checklist, the number of recipients, and the button."""
    page = get_object_or_404(NewsletterIssuePage, pk=page_id)
    if campaign := page.frozen():
        return redirect("newsletter_desk:results", campaign.pk)
    revision = page.get_latest_revision()
    if revision is None:
        messages.error(request, gettext("Save the issue first."))
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
            campaign = campaigns.plan(
                page=page,
                revision_id=data["revision_id"],
                content_hash=data["content_hash"],
                scheduled_at=data["scheduled_at"] or now,
                user=request.user,
                now=now,
            )
        except campaigns.CampaignRefused as refused:
            messages.error(request, str(refused))
            return redirect("newsletter_desk:prepare", page.pk)
        log(instance=page, action="newsletter.send", user=request.user)
        return redirect("newsletter_desk:results", campaign.pk)
    recipients = campaigns.audience(
        audience=Audience(issue.audience), topic_ids=[topic.pk for topic in issue.topics.all()], now=now
    )
    return screen(
        request,
        "prepare",
        title=gettext("Send “%(subject)s”") % {"subject": outputs.subject},
        trail=TRAIL,
        icon="mail",
        page=page,
        issue=issue,
        form=form,
        checks=[_explained(check) for check in checks],
        ready=may_be_sent(checks),
        recipients=recipients.count(),
        edition=outputs.content_hash,
        rate=settings.NEWSLETTER_MESSAGES_PER_MINUTE,
    )


def _checks(outputs: Outputs, *, archive_url: str, ask_others: bool) -> list[Check]:
    # The archive page goes live with the campaign.
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


def _explained(check: Check) -> dict[str, object]:
    details = [link_problem(link, problem) for link, problem in check.links]
    return {"text": check_text(check), "ok": check.ok, "required": check.required, "details": details}


@private_admin_view(SEND, methods=CHANGING)
def send_test(request, page_id: int):
    """The issue as it is now, to the address of the person who asks."""
    page = get_object_or_404(NewsletterIssuePage, pk=page_id)
    if not request.user.email:
        messages.error(request, gettext("Your account has no email address."))
    else:
        try:
            testing.send_test(page=page.get_latest_revision_as_object(), to=request.user.email)
        except OSError as error:
            text = gettext("The mail server didn't accept it (%(error)s). Nothing was sent.")
            messages.error(request, text % {"error": type(error).__name__})
        else:
            messages.success(request, gettext("The test is on its way to your own address."))
    return redirect("newsletter_desk:prepare", page.pk)


@private_admin_view(VIEW)
def results(request, campaign_id: int):
    """The numbers, which add up to the audience, with the reasons; addresses only for those who may see them."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    may_see = request.user.has_perm(SEE_ADDRESSES)
    return screen(
        request,
        "results",
        title=campaign.subject,
        trail=TRAIL,
        icon="mail",
        campaign=campaign,
        results=results_of(campaign),
        at_work=campaign.state in AT_WORK,
        waiting=campaign.state in AT_WORK or campaign.state == CampaignState.SCHEDULED,
        unfinished=campaign.state in UNFINISHED,
        may_send=request.user.has_perm(SEND),
        may_see=may_see,
        uncertain=campaign.deliveries.uncertain().select_related("subscriber")[:UNCERTAIN_AT_ONCE] if may_see else [],
    )


@private_admin_view(VIEW)
def progress(request, campaign_id: int):
    """The numbers as JSON, for the progress bar."""
    campaign = get_object_or_404(Campaign.objects.defer("html", "text", "posts"), pk=campaign_id)
    return JsonResponse({"state": campaign.state, "counts": {str(k): v for k, v in campaign.counts().items()}})


@private_admin_view(SEND, methods=CHANGING)
def decide(request, campaign_id: int):
    """Pause, resume, cancel, or resend the checked uncertain copies."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    page = campaign.page
    decision = request.POST.get("decision", "")
    try:
        match decision:
            case "pause":
                campaigns.pause(
                    campaign_id=campaign.pk,
                    reason=gettext("Paused by %(name)s") % {"name": request.user.get_username()},
                )
            case "resume":
                campaigns.resume(campaign_id=campaign.pk)
            case "cancel":
                campaigns.cancel(campaign_id=campaign.pk, now=timezone.now())
            case "resend":
                if not request.user.has_perm(SEE_ADDRESSES):
                    raise PermissionDenied
                checked = [int(pk) for pk in request.POST.getlist("delivery") if pk.isdecimal()]
                number = campaigns.resend_uncertain(
                    campaign_id=campaign.pk, delivery_ids=checked, user=request.user, now=timezone.now()
                )
                text = ngettext("%(number)d email will be resent.", "%(number)d emails will be resent.", number)
                messages.success(request, text % {"number": number})
            case _:
                raise PermissionDenied
    except campaigns.CampaignRefused as refused:
        messages.error(request, str(refused))
    else:
        if page:
            log(instance=page, action=f"newsletter.{decision}", user=request.user)
    if not Campaign.objects.filter(pk=campaign_id).exists():
        messages.success(request, gettext("Unscheduled: the issue is a draft again."))
        return redirect("newsletter_desk:index")
    return redirect("newsletter_desk:results", campaign_id)
