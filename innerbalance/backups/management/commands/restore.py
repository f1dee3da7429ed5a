"""`manage.py restore`: from a backup to a site, in an empty database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.backups.formats import report_lines
from innerbalance.backups.services import RestoreRefused, names
from innerbalance.backups.services.restoring import restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database, on SQLite or PostgreSQL. Email stays paused until an owner looks."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="site-….tar.gz.age")
        parser.add_argument("--identity", type=Path, required=True, help="file with the secret key from the safe")
        parser.add_argument("--keys", type=Path, help="keys-….tar.gz.age (default: the one beside the file)")
        parser.add_argument("--without-keys", action="store_true", help="consultation requests stay unreadable")

    def handle(self, *args, file, identity, keys, without_keys, **options):
        keys = None if without_keys else keys or self.find_keys(file)
        for path in (file, identity, keys):
            if path and not path.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": path})
        try:
            restored = restore(
                site=file, keys=keys, identity=identity.read_text(), now=timezone.now(), say=self.stdout.write
            )
        except RestoreRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Restored as of %(made)s: %(rows)s rows, %(files)s files, in %(seconds)s seconds.")
            % {
                "made": f"{restored.made_at:%Y-%m-%d %H:%M} UTC",
                "rows": restored.rows,
                "files": restored.files,
                "seconds": round(restored.seconds),
            }
        )
        for line in report_lines(restored.epoch):
            self.stdout.write(line)
        for problem in restored.problems:
            self.stderr.write(self.style.WARNING(problem))
        self.stdout.write(
            _("Email is paused. See the admin under Settings, After a restore, or run “manage.py resume_mail”.")
        )

    def find_keys(self, file: Path) -> Path:
        """The newest archive of keys in the same folder: it opens every request that is still there."""
        found = sorted(path.name for path in file.parent.iterdir() if names.moment(path.name, names.KEYS))
        if not found:
            raise CommandError(_("There is no archive of keys beside it. Name one with --keys, or say --without-keys."))
        return file.with_name(found[-1])
