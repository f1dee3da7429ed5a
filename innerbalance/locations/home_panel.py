"""The admin home's panel: close for a day in ten seconds, and the holidays that wait for a decision."""

from datetime import timedelta

from django.middleware.csrf import get_token
from django.utils import timezone
from wagtail.admin.ui.components import Component

from .desk import MAY_CLOSE
from .federal_holidays import REMIND_WITHIN, undecided
from .forms import ClosureForm
from .models import Closure, HolidayDecision
from .wording import full_date


class ClosurePanel(Component):
    name = "closures"
    template_name = "locations/admin/closure_panel.html"
    order = 120

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        if not request.user.has_perm(MAY_CLOSE):
            return {"shown": False}
        today = timezone.localdate()
        decided = list(HolidayDecision.objects.filter(day__gte=today).values_list("day", flat=True))
        waiting = undecided(today=today, decided=decided, within=REMIND_WITHIN)
        return {
            "shown": True,
            "csrf_token": get_token(request),  # a component is rendered without the request
            "form": ClosureForm(initial={"first": today + timedelta(days=1)}),
            "coming": Closure.objects.not_over(today).select_related("location")[:6],
            "undecided": [(holiday, full_date(holiday.day, today)) for holiday in waiting],
        }
