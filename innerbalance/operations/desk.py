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
WORDS = {
    Level.FAULT: _("Needs a person"),
    Level.WARNING: _("Worth a look"),
    Level.NOT_CHECKED: _("Not checked"),
    Level.GOOD: _("In order"),
}
"""In the order in which the page shows them."""


@private_admin_view(PERMISSION)
def installation(request: HttpRequest) -> HttpResponse:
    """Takes some seconds: it speaks with the mail server and others."""
    now = timezone.now()
    results = run_all(now=now)
    rows: dict[Level, list[dict]] = {level: [] for level in WORDS}
    for result in results:
        for finding in result.findings:
            rows[finding.level].append({"label": result.check.label, "text": finding.text})
    groups = [
        {"level": level.name.lower(), "state": words, "rows": rows[level]}
        for level, words in WORDS.items()
        if rows[level]
    ]
    faults = sum(len(result.faults) for result in results)
    return render(request, "operations/installation.html", {"groups": groups, "faults": faults, "now": now})


class InstallationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    return InstallationMenuItem(_("Installation"), reverse("operations_installation"), icon_name="cogs", order=900)


def admin_urls() -> list:
    return [path("installation/", installation, name="operations_installation")]
