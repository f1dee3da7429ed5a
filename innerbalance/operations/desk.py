"""The admin's page for owners: what `manage.py doctor` prints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from innerbalance.admin_access import private_admin_view
from innerbalance.operations.checks import run_all
from innerbalance.operations.findings import Level

PERMISSION = "operations.view_installation"
ICONS = {Level.GOOD: "success", Level.NOT_CHECKED: "help", Level.WARNING: "warning", Level.FAULT: "warning"}
WORDS = {
    Level.GOOD: _("In order"),
    Level.NOT_CHECKED: _("Not checked"),
    Level.WARNING: _("Worth a look"),
    Level.FAULT: _("Needs a person"),
}


@private_admin_view(PERMISSION)
def installation(request: HttpRequest) -> HttpResponse:
    """Takes some seconds: it speaks with the mail server and others."""
    now = timezone.now()
    results = run_all(now=now)
    rows = [
        {"label": result.check.label, "text": finding.text, "icon": ICONS[finding.level], "state": WORDS[finding.level]}
        | {"level": finding.level.name.lower()}
        for result in results
        for finding in result.findings
    ]
    faults = sum(len(result.faults) for result in results)
    return render(request, "operations/installation.html", {"rows": rows, "faults": faults, "now": now})


class InstallationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    return InstallationMenuItem(_("Installation"), reverse("operations_installation"), icon_name="cogs", order=900)


def admin_urls() -> list:
    return [path("installation/", installation, name="operations_installation")]
