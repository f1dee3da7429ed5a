"""Which settings run, and whether their secrets are any."""

import os
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.checks import ERROR, WARNING, CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from innerbalance.operations.findings import Finding, fault, good, warning
from innerbalance.settings.secrets import problems_with_secrets

PRODUCTION = "innerbalance.settings.production"
SHORTEST_TOKEN = 24


def settings_module(now: datetime) -> Iterator[Finding]:
    name = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if name == PRODUCTION:
        yield good(_("The production settings are in use."))
    else:
        text = _(
            "The settings in use are %(name)s: they are for trying things, and their keys are public. "
            "Set DJANGO_SETTINGS_MODULE=%(production)s."
        )
        yield fault(text % {"name": name or "?", "production": PRODUCTION})
    if settings.DEBUG:
        yield fault(_("DEBUG is on: strangers see the code and the settings on every fault. Take DEBUG away."))


def secrets(now: datetime) -> Iterator[Finding]:
    """No text holds a secret's value."""
    problems = problems_with_secrets(
        secret_key=_secret_key(),
        hash_keys=settings.HASH_KEYS,
        intake_keys=settings.INTAKE_KEYS,
        allowed_hosts=settings.ALLOWED_HOSTS,
    )
    yield from (fault(f"{problem}.") for problem in problems)
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        text = _("METRICS_TOKEN is too short (%(number)s characters): at least %(least)s are needed.")
        yield fault(text % {"number": len(settings.METRICS_TOKEN), "least": SHORTEST_TOKEN})
    if not problems:
        yield good(_("The secrets are long and different."))


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # how Django answers when it is blank
        return ""


def own_checks(now: datetime) -> Iterator[Finding]:
    """What Django's and Wagtail's checks say of these settings, as `manage.py check --deploy` does."""
    found = [message for message in run_checks(include_deployment_checks=True) if not message.is_silenced()]
    if not found:
        yield good(_("Django's own checks of the settings are content."))
    for message in found:
        if message.level >= ERROR:
            yield fault(_words(message))
        elif message.level >= WARNING:
            yield warning(_words(message))


def _words(message: CheckMessage) -> str:
    return " ".join(f"{message.msg} {message.hint or ''} ({message.id})".split())
