from django.core.management.base import BaseCommand, CommandError

from innerbalance.security.encryption import SealError
from intake.services.blind_indexes import rebuild_blind_indexes


class Command(BaseCommand):
    help = "Make consultation requests findable again, after a restore or under a new hash key."

    def handle(self, **options):
        try:
            rebuilt = rebuild_blind_indexes()
        except SealError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{rebuilt.done} request(s) can be found by name, phone and email")
        if rebuilt.closed:
            raise CommandError(f"{len(rebuilt.closed)} could not be opened: {', '.join(rebuilt.closed)}")
