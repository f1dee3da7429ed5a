from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from innerbalance.backups import desk


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("after-restore/", desk.after_restore, name="backups_after_restore")]


@hooks.register("construct_homepage_panels")
def panels(request, panels):
    panels += [desk.EmailPausedPanel(), desk.BackupsPanel()]


@hooks.register("register_settings_menu_item")
def after_restore_menu_item():
    url = reverse_lazy("backups_after_restore")
    return desk.AfterRestoreMenuItem(_("After a restore"), url, icon_name="history", order=10)


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("journal.resume", _("Resume email"), _("Email resumed after a restore"))
