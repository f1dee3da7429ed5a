"""Wires intake into the admin; does nothing else."""

from wagtail import hooks

from intake.desk.home_panel import ConsultationsPanel
from intake.desk.menu import consultations_menu_item
from intake.desk.urls import desk_urls
from intake.services.audit import ACTIONS

hooks.register("register_admin_urls", desk_urls)
hooks.register("register_admin_menu_item", consultations_menu_item)


@hooks.register("construct_homepage_panels")
def add_consultations(request, panels):
    panels.append(ConsultationsPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
