"""`manage.py housekeeping`: does all that is due. Run it each minute by cron or a systemd timer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from innerbalance.housekeeping.services import run_all


class Command(BaseCommand):
    help = "Publish what is scheduled, send what waits, retry, clean up. Safe to run twice at once."

    def handle(self, *args, **options):
        failed = []
        for run in run_all(now=timezone.now()):
            if run.failed:
                failed.append(run.job)
            if run.outcome:
                self.stdout.write(f"{run.job}: {run.outcome}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the others ran.")
