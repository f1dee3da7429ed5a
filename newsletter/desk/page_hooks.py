"""What was decided to be sent stays: its page can't be changed or deleted, nor unpublished while it is on its way.

People have emails that link to the archive page. Once all is sent, the practice may still take a page offline (a name
that should not stand there), since the numbers and the content stay with the campaign.
"""

from django.contrib import messages
from django.contrib.auth.models import Group, Permission
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission

from innerbalance.security.roles import OFFICE
from newsletter.models import Campaign, NewsletterIndexPage, NewsletterIssuePage
from newsletter.rules.campaign_states import UNFINISHED


def keep_what_is_sent(request, page):
    """For Wagtail's before_edit_page: leads to the numbers instead."""
    if not isinstance(page.specific_deferred, NewsletterIssuePage):
        return None
    return _refuse(
        request,
        Campaign.objects.filter(page_id=page.pk),
        gettext("This issue is being sent or was sent, so it can't be changed. Copy it to write another."),
    )


def keep_from_deletion(request, page):
    """For before_delete_page; a page goes with all that is below it."""
    return _refuse(request, _at_or_below(page), KEPT)


def keep_online_under_way(request, page):
    """For before_unpublish_page, which may take along what is below."""
    return _refuse(request, _at_or_below(page).filter(state__in=UNFINISHED), UNDER_WAY)


def keep_from_bulk_actions(request, action_type, objects, action):
    """For before_bulk_action: one such page among the checked ones holds the whole action back."""
    if action_type not in {"delete", "unpublish"} or not hasattr(action.model, "get_descendants"):
        return None
    for page in objects:
        refuse = keep_from_deletion if action_type == "delete" else keep_online_under_way
        if answer := refuse(request, page):
            return answer
    return None


KEPT = _(
    "An issue that was sent can't be deleted: emails link to it, and its numbers belong to it. "
    "Unpublish it if people should no longer read it."
)
UNDER_WAY = _("This issue is being sent, and its emails link to this page. Cancel the campaign first.")


def _at_or_below(page):
    return Campaign.objects.filter(page__path__startswith=page.path)


def _refuse(request, campaigns, why: str):
    """None when there is nothing to keep."""
    pks = list(campaigns.values_list("pk", flat=True)[:2])
    if not pks:
        return None
    messages.warning(request, why)
    return redirect("newsletter_desk:results", pks[0]) if len(pks) == 1 else redirect("newsletter_desk:index")


PAGE_ACTIONS = ("add_page", "change_page", "publish_page")


def let_office_write(page: NewsletterIndexPage) -> None:
    """Let the Office add, change and publish `page` and what is below it. Doing it again changes nothing."""
    office = Group.objects.get(name=OFFICE)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_ACTIONS):
        GroupPagePermission.objects.get_or_create(group=office, page=page, permission=permission)


def open_to_the_office(request, page) -> None:
    """For Wagtail's after_create_page."""
    if isinstance(page, NewsletterIndexPage):
        let_office_write(page)
