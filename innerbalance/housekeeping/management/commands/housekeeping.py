"""`manage.py housekeeping`: does all that is due. Run it each minute by cron or a systemd timer."""

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from innerbalance.housekeeping.services import run_all
from innerbalance.security.logs import where


class Command(BaseCommand):
    help = "Publish what is scheduled, send what waits, retry, clean up. Safe to run twice at once."

    def handle(self, *args, **options):
        try:
            self.run_jobs()
        except OperationalError as error:
            # The first thing that a job does is to note that it began.
            raise CommandError(f"The database can't be written ({where(error)}). The next run tries again.") from None

    def run_jobs(self):
        failed = []
        for run in run_all(now=timezone.now()):
            if run.failed:
                failed.append(run.job)
            if run.outcome:
                self.stdout.write(f"{run.job}: {run.outcome}")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the others ran.")
