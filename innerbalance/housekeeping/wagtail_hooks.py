from wagtail import hooks

from innerbalance.housekeeping.desk import HousekeepingPanel


@hooks.register("construct_homepage_panels")
def housekeeping_panel(request, panels):
    panels.append(HousekeepingPanel())
