"""The desk's entry in the admin's menu, with the number waiting."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from intake.desk.access import may_see_desk
from intake.models import ConsultationRequest


class ConsultationsMenuItem(MenuItem):
    """The item is made once for all requests, so the number goes into what is rendered and not into the item."""

    def is_shown(self, request):
        return may_see_desk(request.user)

    def render_component(self, request):
        component = super().render_component(request)
        waiting = ConsultationRequest.objects.waiting().count()
        if waiting:
            component.label = f"{self.label} ({waiting})"
        return component


def consultations_menu_item() -> MenuItem:
    return ConsultationsMenuItem(
        "Consultations", reverse("consultations:queue"), name="consultations", icon_name="mail", order=150
    )
