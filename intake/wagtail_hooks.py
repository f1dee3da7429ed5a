"""Wires intake into the admin; does nothing else."""

from wagtail import hooks

from intake.services.audit import ACTIONS


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
