"""The desk's place in the admin: the menu items, and the panel on the home page."""

from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from intake.desk import formats
from intake.desk.access import EXPORT, VIEW
from intake.models import ConsultationRequest
from intake.services.emails import office_emails_given_up
from intake.services.queue_counts import queue_counts

SHOWN_ON_HOME = 5


class PermittedMenuItem(MenuItem):
    """Shown to those who have every one of `permissions`."""

    def __init__(self, *args, permissions: Sequence[str] = (VIEW,), **kwargs) -> None:
        self.permissions = permissions
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perms(self.permissions)


class ConsultationsMenuItem(PermittedMenuItem):
    """With the number waiting. Wagtail makes the item once, so the number goes into what is rendered."""

    def render_component(self, request: HttpRequest):
        component = super().render_component(request)
        waiting = ConsultationRequest.objects.waiting().count()
        if waiting:
            component.label = f"{self.label} ({waiting})"
        return component


def consultations_menu_item() -> MenuItem:
    return ConsultationsMenuItem(
        _("Consultations"), reverse("consultations:queue"), name="consultations", icon_name="mail", order=150
    )


def statistics_menu_item() -> MenuItem:
    return PermittedMenuItem(
        _("Consultation statistics"), reverse("intake_statistics"), icon_name="order-down", order=720
    )


def access_log_menu_item() -> MenuItem:
    return PermittedMenuItem(_("Consultation access log"), reverse("intake_access_log"), icon_name="view", order=730)


def export_menu_item() -> MenuItem:
    return PermittedMenuItem(
        _("Consultation export"),
        reverse("intake_export"),
        icon_name="download",
        order=740,
        permissions=(VIEW, EXPORT),
    )


class ConsultationsPanel(Component):
    """What waits at the desk, in counts and references; what is late comes first. It opens nothing that is sealed."""

    name = "consultations"
    template_name = "intake/admin/home_panel.html"
    order = 90

    def get_context_data(self, parent_context):
        if not parent_context["request"].user.has_perm(VIEW):
            return {"shown": False}
        now, requests = timezone.now(), ConsultationRequest.objects
        first = requests.late(now).order_by("act_by", "received_at", "pk").select_related("office")[:SHOWN_ON_HOME]
        return {
            "shown": True,
            **asdict(queue_counts(requests=requests.all(), now=now)),
            "emails_given_up": office_emails_given_up(),
            "rows": [(each, formats.clock(each, now)) for each in first],
        }
