"""When sending does not go well: rest, slow down, pause, tell the office."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from innerbalance import mail
from innerbalance.journal.services.gate import email_is_paused
from innerbalance.practice.services import practice
from newsletter.models import Campaign
from newsletter.rules.backoff import FAILURES_BEFORE_PAUSE, SLOWEST_STEP, TRANSPORT_FAILURES_BEFORE_PAUSE, rest
from newsletter.rules.campaign_states import CampaignState

CALM = timedelta(minutes=10)
# A copy that may or may not have arrived costs a person's decision: pause much earlier.
UNCERTAIN_WEIGHS = 5


def went_well(*, campaign: Campaign) -> None:
    """A message was taken: what is counted "in a row" starts again."""
    if campaign.failures_in_row or campaign.transport_failures_in_row:
        campaign.failures_in_row = campaign.transport_failures_in_row = 0
        Campaign.objects.filter(pk=campaign.pk).update(failures_in_row=0, transport_failures_in_row=0)


def failed(*, campaign: Campaign, detail: str, weight: int = 1) -> None:
    """One recipient's copy failed; too many in a row pause the issue."""
    Campaign.objects.filter(pk=campaign.pk).update(failures_in_row=F("failures_in_row") + weight)
    campaign.refresh_from_db(fields=["failures_in_row"])
    if campaign.failures_in_row >= FAILURES_BEFORE_PAUSE:
        pause_by_itself(
            campaign=campaign, reason=_("Email after email failed. The last answer: %(detail)s") % {"detail": detail}
        )


def server_wants_rest(*, campaign: Campaign, detail: str, now: datetime, slow_down: bool) -> datetime:
    """The server said 421, or can't be reached: everything rests. Returns until when."""
    step = campaign.transport_failures_in_row + 1
    until = now + rest(step)
    everything = Campaign.objects.at_work()
    everything.update(rest_until=until, transport_failures_in_row=F("transport_failures_in_row") + 1)
    if slow_down:
        everything.filter(slow_step__lt=SLOWEST_STEP).update(slow_step=F("slow_step") + 1)
    campaign.refresh_from_db(fields=["rest_until", "transport_failures_in_row", "slow_step"])
    if campaign.transport_failures_in_row >= TRANSPORT_FAILURES_BEFORE_PAUSE:
        pause_by_itself(
            campaign=campaign, reason=_("The mail server does not accept emails: %(detail)s") % {"detail": detail}
        )
    return until


def speed_up(*, now: datetime) -> None:
    """After ten calm minutes the rate doubles again, up to the setting."""
    calm = Campaign.objects.filter(state=CampaignState.RUNNING, slow_step__gt=0, rest_until__lt=now - CALM)
    calm.update(slow_step=F("slow_step") - 1, rest_until=now)


def pause_by_itself(*, campaign: Campaign, reason: str) -> None:
    moved = Campaign.objects.filter(pk=campaign.pk, state=CampaignState.RUNNING)
    moved.update(state=CampaignState.PAUSED, paused_reason=reason[:300], office_untold=True)


def tell_office() -> int:
    """Tell the office of pauses nobody asked for; how many emails left. Raises what the mail backend raises.

    The flag is cleared after the email: a mail server that is down hears of it again with the next run.
    """
    if email_is_paused():
        return 0
    told = 0
    for campaign in Campaign.objects.filter(office_untold=True, state=CampaignState.PAUSED):
        address = practice().email
        if address:
            mail.send(
                template="newsletter_paused",
                to=address,
                context={
                    "campaign": campaign,
                    "url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/admin/newsletter/sending/{campaign.pk}/",
                },
            )
        told += Campaign.objects.filter(pk=campaign.pk).update(office_untold=False)
    return told
