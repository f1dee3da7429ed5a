from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from newsletter.office.guard import keep_from_bulk_actions, keep_from_deletion, keep_online_under_way, keep_what_is_sent
from newsletter.office.home_panel import NewsletterTroublesPanel
from newsletter.office.page_permissions import open_to_the_office
from newsletter.office.subscriber_desk import TopicViewSet

register_snippet(TopicViewSet)
hooks.register("before_edit_page", keep_what_is_sent)
hooks.register("before_delete_page", keep_from_deletion)
hooks.register("before_unpublish_page", keep_online_under_way)
hooks.register("before_bulk_action", keep_from_bulk_actions)
hooks.register("after_create_page", open_to_the_office)


class NewsletterMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("newsletter.view_campaign")


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("newsletter/sending/", include("newsletter.office.sending_urls")),
        path("newsletter/subscribers/", include("newsletter.office.subscriber_urls")),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return NewsletterMenuItem("Newsletter", reverse("newsletter_desk:index"), icon_name="mail", order=320)


class SubscribersMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("newsletter.view_subscriber")


@hooks.register("register_admin_menu_item")
def subscribers_menu_item():
    return SubscribersMenuItem("Subscribers", reverse("newsletter_subscribers:index"), icon_name="group", order=321)


@hooks.register("construct_homepage_panels")
def troubles(request, panels):
    panels.append(NewsletterTroublesPanel())


@hooks.register("register_reports_menu_item")
def growth_menu_item():
    return NewsletterMenuItem(
        "Newsletter growth", reverse("newsletter_subscribers:growth"), icon_name="order-up", order=750
    )


@hooks.register("register_log_actions")
def newsletter_actions(actions):
    actions.register_action("newsletter.send", "Send an issue", "Decided to send it")
    actions.register_action("newsletter.pause", "Pause a campaign", "Campaign paused")
    actions.register_action("newsletter.resume", "Resume a campaign", "Campaign resumed")
    actions.register_action("newsletter.cancel", "Cancel a campaign", "Campaign canceled")
    actions.register_action("newsletter.resend", "Send uncertain messages again", "Uncertain messages sent again")
    actions.register_action("newsletter.erase", "Delete a subscriber", "Subscriber deleted, address suppressed")
    actions.register_action("newsletter.import_start", "Begin an import of subscribers", "Import begun")
    actions.register_action("newsletter.import", "Import subscribers", "Subscribers imported")
    actions.register_action("newsletter.export", "Export subscribers", "Subscribers exported")
    actions.register_action("newsletter.suppress", "Suppress an address", "Never to be written to")
    actions.register_action("newsletter.lift", "Lift a suppression", "May be written to again")
