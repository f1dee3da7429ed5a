"""The admin's home: says when housekeeping does not run as it should; nothing where all is well."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from innerbalance.housekeeping.health import health

# Owners and the office have it: those who can do something about it, or call somebody who can.
SEEN_BY = "practice.change_practicesettings"


class HousekeepingPanel(Component):
    name = "housekeeping"
    template_name = "housekeeping/admin_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        if not parent_context["request"].user.has_perm(SEEN_BY):
            return {"shown": False}
        found = health(now=timezone.now())
        return {"shown": not found.ok, "health": found}
