from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from newsletter.desk import page_hooks
from newsletter.desk.menus import CampaignsMenuItem, NewsletterProblemsPanel, SubscribersMenuItem
from newsletter.desk.subscribers import TopicViewSet

register_snippet(TopicViewSet)
hooks.register("before_edit_page", page_hooks.keep_what_is_sent)
hooks.register("before_delete_page", page_hooks.keep_from_deletion)
hooks.register("before_unpublish_page", page_hooks.keep_online_under_way)
hooks.register("before_bulk_action", page_hooks.keep_from_bulk_actions)
hooks.register("after_create_page", page_hooks.open_to_the_office)


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("", include("newsletter.desk.urls"))]


@hooks.register("register_admin_menu_item")
def campaigns_menu_item():
    return CampaignsMenuItem(_("Newsletter"), reverse("newsletter_desk:index"), icon_name="mail", order=320)


@hooks.register("register_admin_menu_item")
def subscribers_menu_item():
    return SubscribersMenuItem(_("Subscribers"), reverse("newsletter_subscribers:index"), icon_name="group", order=321)


@hooks.register("register_reports_menu_item")
def growth_menu_item():
    url = reverse("newsletter_subscribers:growth")
    return CampaignsMenuItem(_("Newsletter growth"), url, icon_name="order-up", order=750)


@hooks.register("construct_homepage_panels")
def problems_panel(request, panels):
    panels.append(NewsletterProblemsPanel())


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("newsletter.send", _("Send an issue"), _("Decided to send it"))
    actions.register_action("newsletter.pause", _("Pause a campaign"), _("Campaign paused"))
    actions.register_action("newsletter.resume", _("Resume a campaign"), _("Campaign resumed"))
    actions.register_action("newsletter.cancel", _("Cancel a campaign"), _("Campaign canceled"))
    actions.register_action("newsletter.resend", _("Resend uncertain messages"), _("Uncertain messages resent"))
    actions.register_action("newsletter.erase", _("Delete a subscriber"), _("Subscriber deleted, address suppressed"))
    actions.register_action("newsletter.import_start", _("Start an import of subscribers"), _("Import started"))
    actions.register_action("newsletter.import", _("Import subscribers"), _("Subscribers imported"))
    actions.register_action("newsletter.export", _("Export subscribers"), _("Subscribers exported"))
    actions.register_action("newsletter.suppress", _("Suppress an address"), _("Address suppressed"))
    actions.register_action("newsletter.lift", _("Lift a suppression"), _("Suppression lifted"))
