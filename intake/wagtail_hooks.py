"""Wires intake into the admin; does nothing else."""

from django.urls import reverse
from wagtail import hooks
from wagtail.contrib.settings.models import register_setting

from intake.desk.home_panel import ConsultationsPanel
from intake.desk.menu import consultations_menu_item
from intake.desk.urls import desk_urls
from intake.models import IntakeSettings
from intake.reports import permissions
from intake.reports import views as reports
from intake.services.audit import ACTIONS

register_setting(IntakeSettings, icon="mail", order=200)
hooks.register("register_admin_urls", desk_urls)
hooks.register("register_admin_urls", reports.urls)
hooks.register("register_admin_menu_item", consultations_menu_item)


@hooks.register("construct_homepage_panels")
def add_consultations(request, panels):
    panels.append(ConsultationsPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("register_reports_menu_item")
def numbers_menu_item():
    return reports.ReportMenuItem(
        "Consultation numbers",
        reverse("intake_numbers"),
        icon_name="order-down",
        order=720,
        permissions_required=(permissions.VIEW,),
    )


@hooks.register("register_reports_menu_item")
def looks_menu_item():
    return reports.ReportMenuItem(
        "Who looked at what",
        reverse("intake_looks"),
        icon_name="view",
        order=730,
        permissions_required=(permissions.VIEW,),
    )


@hooks.register("register_reports_menu_item")
def export_menu_item():
    return reports.ReportMenuItem(
        "Consultation export",
        reverse("intake_export"),
        icon_name="download",
        order=740,
        permissions_required=reports.Export.permissions_required,
    )
