"""`manage.py backup`: makes a backup now, as housekeeping does each night."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.backups.services import BackupFailed, runs
from innerbalance.backups.services.making import described


class Command(BaseCommand):
    help = "Back up the database, pictures and documents, encrypted; then delete backups that need not be kept."

    def handle(self, *args, **options):
        try:
            made = runs.run(now=timezone.now())
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(_("%(name)s in %(where)s: %(size)s in %(seconds)s seconds.") % described(made))
        self.stdout.write(
            _("%(rows)s rows, %(files)s files. Record keys apart in %(keys)s. %(deleted)s old archives deleted.")
            % {"rows": made.rows, "files": made.files, "keys": made.keys_name, "deleted": made.deleted}
        )
