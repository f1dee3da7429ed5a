"""In the admin: how backups stand, why email is paused after a restore, and the button that lets it leave again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import log

from innerbalance.admin_access import CHANGING, READING, private_admin_view
from innerbalance.backups.formats import report_lines
from innerbalance.backups.services.registry import under_way
from innerbalance.backups.services.status import last_backup
from innerbalance.journal.models import Cause, SiteEpoch
from innerbalance.journal.services import recovery

MAY_RESUME = "journal.resume_email"
# The office and owners: those who wonder why no email leaves.
SEES_PAUSE = "practice.change_practicesettings"


class EmailPausedPanel(Component):
    name = "email_paused"
    template_name = "backups/email_paused_panel.html"
    order = 40

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        state = SiteEpoch.objects.filter(pk=1).exclude(paused_at=None).first() if user.has_perm(SEES_PAUSE) else None
        return {"state": state, "may_resume": user.has_perm(MAY_RESUME)}


class BackupsPanel(Component):
    """One line, for those who may do something about it."""

    name = "backups"
    template_name = "backups/backups_panel.html"
    order = 300

    def get_context_data(self, parent_context):
        shown = parent_context["request"].user.has_perm(MAY_RESUME)
        return {"backup": last_backup(now=timezone.now()) if shown else None}


class AfterRestoreMenuItem(MenuItem):
    """There while email is paused."""

    def is_shown(self, request):
        return request.user.has_perm(MAY_RESUME) and SiteEpoch.objects.exclude(paused_at=None).exists()


@private_admin_view(MAY_RESUME, methods=READING + CHANGING)
def after_restore(request: HttpRequest) -> HttpResponse:
    """What the journal says was done since the backup, and the button."""
    state = SiteEpoch.load()
    if request.method == "POST":
        return _resume(request, state)
    return render(
        request,
        "backups/after_restore.html",
        {
            "state": state,
            "lines": report_lines(state),
            "under_way": under_way(),
            "missing": state.cause == Cause.MISSING,
        },
    )


def _resume(request: HttpRequest, state: SiteEpoch) -> HttpResponse:
    # What was looked at, not what came meanwhile.
    if request.POST.get("epoch") != state.token:
        messages.error(request, _("The site was put right again since you looked. Look at it once more."))
        return redirect("backups_after_restore")
    try:
        if recovery.resume(user=request.user, now=timezone.now()):
            log(instance=state, action="journal.resume", user=request.user)
            messages.success(request, _("Email leaves again."))
    except recovery.NotRecovered:
        messages.error(request, _("The journal has not been applied yet; housekeeping does it within a minute."))
        return redirect("backups_after_restore")
    except OSError:
        messages.error(request, _("The journal of promises can't be written. Ask the person who runs the site."))
        return redirect("backups_after_restore")
    return redirect(reverse("wagtailadmin_home"))
