"""What the journal said, in words for people."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innerbalance.formats import format_datetime
from innerbalance.journal.models import Cause, SiteEpoch

KINDS = {
    "newsletter.left": gettext_lazy("readers who left the newsletter"),
    "newsletter.confirmed": gettext_lazy("readers who confirmed, or came back"),
    "newsletter.preferences": gettext_lazy("changed preferences"),
    "newsletter.suppressed": gettext_lazy("addresses nothing is sent to"),
    "newsletter.lifted": gettext_lazy("suppressions lifted"),
    "newsletter.erased": gettext_lazy("deletions of subscribers"),
    "newsletter.asked-to-confirm": gettext_lazy("confirmation emails that were sent"),
    "newsletter.link-sent": gettext_lazy("links to preferences that were sent"),
    "newsletter.cancelled": gettext_lazy("newsletters canceled"),
    "newsletter.handing-over": gettext_lazy("batches of newsletter copies that may have been sent"),
    "newsletter.handed-over": gettext_lazy("batches of newsletter copies with their outcome"),
    "intake.deleted": gettext_lazy("deletions of consultation requests"),
    "intake.safe-contact": gettext_lazy("ways to reach a person that are not safe any more"),
    "intake.legal-hold": gettext_lazy("legal holds placed or lifted"),
}
"""Kinds of the journal's lines; one that is not here is shown as it is."""


def report_lines(state: SiteEpoch) -> list[str]:
    """Why email is paused and what was done again, one sentence each."""
    lines = [str(Cause(state.cause).label)] if state.cause else []
    if state.backup_of:
        lines.append(_("The backup is of %(moment)s.") % {"moment": format_datetime(state.backup_of)})
    if state.cause == Cause.MISSING:
        lines.append(
            _(
                "Without the journal nobody knows who left, who was erased, and which emails were sent since that "
                "moment. Ask at the office before email is resumed, and cancel newsletters that were under way."
            )
        )
    if state.recovered_at is None:
        return [*lines, _("The journal has not been applied yet; housekeeping does it within a minute.")]
    report = state.report
    if report.get("last"):
        lines.append(
            _("The journal's last line is of %(moment)s.")
            % {"moment": format_datetime(datetime.fromisoformat(report["last"]))}
        )
    lines += [f"{count} × {KINDS.get(kind, kind)}" for kind, count in sorted(report.get("applied", {}).items())]
    if state.cause != Cause.MISSING and not report.get("applied"):
        lines.append(_("The journal says nothing that this database did not know."))
    lines += [
        _("Not done, look at it yourself: %(count)s × %(what)s") % {"count": count, "what": KINDS.get(kind, kind)}
        for kind, count in sorted(report.get("failed", {}).items())
    ]
    if unreadable := report.get("unreadable", 0):
        lines.append(
            ngettext(
                "%(count)s line of the journal can't be read.",
                "%(count)s lines of the journal can't be read.",
                unreadable,
            )
            % {"count": unreadable}
        )
    return lines
