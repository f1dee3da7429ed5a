from django.core.management.base import BaseCommand
from django.utils import timezone

from intake.services.erasure import due_for_deletion, purge


class Command(BaseCommand):
    help = "Delete consultation requests past their retention period. Without --delete it only says which."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="really delete them, and their keys")

    def handle(self, *, delete, **options):
        now = timezone.now()
        if delete:
            self.stdout.write(f"{purge(now=now)} deleted")
            return
        references = list(due_for_deletion(now=now).order_by("pk").values_list("reference", flat=True))
        for reference in references:
            self.stdout.write(reference)
        self.stdout.write(f"{len(references)} would be deleted; run again with --delete")
