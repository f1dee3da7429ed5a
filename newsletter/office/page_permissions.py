"""The office writes issues: it gets permission on the newsletter's pages alone, once they are there."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from innerbalance.security.roles import OFFICE
from newsletter.models import NewsletterIndexPage

ACTIONS = ("add_page", "change_page", "publish_page")


def let_office_write(page: NewsletterIndexPage) -> None:
    """Let the Office add, change and publish `page` and what is below it. Doing it again changes nothing."""
    office = Group.objects.get(name=OFFICE)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ACTIONS):
        GroupPagePermission.objects.get_or_create(group=office, page=page, permission=permission)


def open_to_the_office(request, page) -> None:
    """For Wagtail's after_create_page."""
    if isinstance(page, NewsletterIndexPage):
        let_office_write(page)
