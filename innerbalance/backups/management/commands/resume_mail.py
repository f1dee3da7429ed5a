"""`manage.py resume_mail`: says what the journal says was done since the backup, and lets email leave again."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.backups.formats import report_lines
from innerbalance.journal.services import gate, recovery


class Command(BaseCommand):
    help = "After a restore: show what was done again, and with --yes let email leave again."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="resume; without it, only show")

    def handle(self, *args, yes, **options):
        try:
            state = gate.compare()
            if state.paused_at is None:
                self.stdout.write(_("Email is not paused."))
                return
            recovery.recover_if_needed(now=timezone.now())
            state.refresh_from_db()
            for line in report_lines(state):
                self.stdout.write(line)
            if not yes:
                self.stdout.write(_("Email stays paused. To resume it: manage.py resume_mail --yes"))
                return
            recovery.resume(user=None, now=timezone.now())
        except OSError as error:
            raise CommandError(
                _("The journal of promises can't be read or written: %(why)s") % {"why": error.strerror}
            ) from error
        self.stdout.write(_("Email leaves again. Newsletters that were under way are paused, each by itself."))
