from wagtail import hooks

from innerbalance.locations.desk import HoursGroup
from innerbalance.locations.home_panel import ClosurePanel


@hooks.register("register_admin_viewset")
def offices_and_hours():
    return HoursGroup()


@hooks.register("construct_homepage_panels")
def add_closures(request, panels):
    panels.append(ClosurePanel())


@hooks.register("register_log_actions")
def hours_action(actions):
    actions.register_action("locations.hours", "Change the weekly hours", "Weekly hours changed")
