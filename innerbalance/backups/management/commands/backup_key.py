"""`manage.py backup_key`: makes the pair of keys for backups; the secret one is shown once and kept nowhere."""

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Make the key pair for backups. The secret key is printed once, for the practice's safe."

    def add_arguments(self, parser):
        parser.add_argument("--another", action="store_true", help="although BACKUP_RECIPIENT is set already")

    def handle(self, *args, another, **options):
        if settings.BACKUP_RECIPIENT and not another:
            raise CommandError(
                _("BACKUP_RECIPIENT is set already. With --another you get a new pair; keep the old secret key as long")
                + " "
                + _("as backups made with it are kept.")
            )
        secret = pyrage.x25519.Identity.generate()
        self.stdout.write(_("For the practice's safe, on paper or a stick, and not on this server:"))
        self.stdout.write(f"\n    {secret}\n")
        self.stdout.write(_("Whoever has it can read every backup; without it no backup can be opened."))
        self.stdout.write(_("For .env on the server, then restart:"))
        self.stdout.write(f"\n    BACKUP_RECIPIENT={secret.to_public()}\n")
        self.stdout.write(
            _("Put the SECRET_KEY, HASH_KEYS and INTAKE_KEYS of .env into the safe, too: no backup has them.")
        )
