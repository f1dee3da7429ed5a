"""`manage.py doctor`: what is right and what is wrong with this installation. Changes nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from innerbalance.operations.checks import run_all
from innerbalance.operations.findings import Level

MARKS = {Level.GOOD: "ok", Level.NOT_CHECKED: "--", Level.WARNING: "warning", Level.FAULT: "FAULT"}


class Command(BaseCommand):
    help = "Say in plain words what is right and wrong with this installation; ends with 1 when there is a fault."
    # It says itself what is wrong, and all of it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--faults", action="store_true", help="print faults and warnings alone")

    def handle(self, *, faults, **options):
        results = run_all(now=timezone.now())
        for result in results:
            for finding in result.findings:
                if not faults or finding.level in (Level.WARNING, Level.FAULT):
                    style = {Level.FAULT: self.style.ERROR, Level.WARNING: self.style.WARNING}.get(finding.level, str)
                    self.stdout.write(f"{style(f'{MARKS[finding.level]:>7}')}  {result.check.label}: {finding.text}")
        number = sum(len(result.faults) for result in results)
        if number:
            raise CommandError(f"Faults: {number}. Each sentence says what to do.", returncode=1)
        self.stdout.write("No faults.")
