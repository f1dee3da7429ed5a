"""Wires intake into the admin; does nothing else."""

from wagtail import hooks
from wagtail.contrib.settings.models import register_setting

from intake.desk import menu
from intake.desk.urls import admin_urls
from intake.models import IntakeSettings
from intake.services.audit import ACTIONS

register_setting(IntakeSettings, icon="mail", order=200)
hooks.register("register_admin_urls", admin_urls)
hooks.register("register_admin_menu_item", menu.consultations_menu_item)
hooks.register("register_reports_menu_item", menu.statistics_menu_item)
hooks.register("register_reports_menu_item", menu.access_log_menu_item)
hooks.register("register_reports_menu_item", menu.export_menu_item)


@hooks.register("construct_homepage_panels")
def add_consultations(request, panels):
    panels.append(menu.ConsultationsPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
