from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from innerbalance.locations.desk import ClosurePanel, HoursGroup


@hooks.register("register_admin_viewset")
def offices_and_hours():
    return HoursGroup()


@hooks.register("construct_homepage_panels")
def add_closures(request, panels):
    panels.append(ClosurePanel())


@hooks.register("register_log_actions")
def hours_action(actions):
    actions.register_action("locations.hours", _("Change the weekly hours"), _("Weekly hours changed"))
