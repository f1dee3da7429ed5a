"""Where the newsletter appears in the admin: its menu items, and on the home screen what keeps it from working."""

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from innerbalance.housekeeping.models import HousekeepingRun
from newsletter.models import Campaign
from newsletter.rules.campaign_states import CampaignState

MAILBOX_JOB = "newsletter.read-bounces"


class NewsletterProblemsPanel(Component):
    """A mailbox that can't be read, and campaigns that stand still."""

    name = "newsletter_problems"
    template_name = "newsletter/admin/problems_panel.html"
    order = 95

    def get_context_data(self, parent_context):
        if not parent_context["request"].user.has_perm("newsletter.view_subscriber"):
            return {"shown": False}
        mailbox = HousekeepingRun.objects.filter(job=MAILBOX_JOB, failed=True).first()
        paused = Campaign.objects.filter(state=CampaignState.PAUSED).defer("html", "text", "posts")
        return {"shown": bool(mailbox or paused), "mailbox": mailbox, "paused": paused}


class CampaignsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("newsletter.view_campaign")


class SubscribersMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("newsletter.view_subscriber")
