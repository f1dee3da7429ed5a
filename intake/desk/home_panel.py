"""The admin home: what waits at the desk, in numbers and references."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from intake.desk import wording
from intake.desk.access import may_see_desk
from intake.models import ConsultationRequest

SHOWN_ON_HOME = 5


class ConsultationsPanel(Component):
    """What is overdue or without a next step comes first; it opens nothing that is sealed."""

    name = "consultations"
    template_name = "intake/admin/home_panel.html"
    order = 90

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        if not may_see_desk(request.user):
            return {"shown": False}
        now, requests = timezone.now(), ConsultationRequest.objects
        late = requests.late(now)
        first = late.order_by("act_by", "received_at", "pk").select_related("office")[:SHOWN_ON_HOME]
        return {
            "shown": True,
            "overdue": requests.overdue(now).count(),
            "stuck": requests.stuck(now).count(),
            "waiting": requests.waiting().count(),
            "held": requests.held().count(),
            "rows": [(each, wording.clock(each, now)) for each in first],
        }
