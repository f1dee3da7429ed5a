import signal

from django.core.management.base import BaseCommand, CommandError

from innerbalance.security.encryption import SealError
from innerbalance.security.record_keys import rotate


class Command(BaseCommand):
    help = (
        "Wrap every record's key under the newest key in INTAKE_KEYS. May run beside the site, be stopped, run again."
    )

    def handle(self, **options: object) -> None:
        stopped: list[bool] = []
        before = signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
        try:
            done = rotate(stop=lambda: bool(stopped))
        except SealError as error:
            raise CommandError(str(error)) from None
        finally:
            signal.signal(signal.SIGINT, before)
        self.stdout.write(f"{done.wrapped_anew} wrapped anew, {done.left} left")
        if done.unknown:
            raise CommandError(f"{done.unknown} are wrapped by a key that is not in INTAKE_KEYS; put it back.")
