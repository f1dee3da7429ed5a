"""Fill an empty site with the demo content; on any other site change nothing."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from innerbalance.demo import accounts
from innerbalance.demo.loading import is_empty, load

FEW_LETTERS = 12


class Command(BaseCommand):
    help = "Load the demo content once. A site that has pages already is left as it is."

    def handle(self, **options):
        if not is_empty():
            self.stdout.write("The site has its pages already; the demo content was not loaded again.")
            if accounts.taken_names():
                self.tell(accounts.kept_password() or "the one it was loaded with")
            return
        if taken := accounts.taken_names():
            raise CommandError(
                f"An account named {taken[0]} exists: the demo is for an empty site. Nothing was changed."
            )
        given = os.environ.get("DEMO_PASSWORD", "")
        password = given or accounts.new_password()
        load(password=password, now=timezone.now())
        if not given:
            accounts.keep_password(password)
        self.stdout.write("The demo content is loaded.")
        self.tell("the one in DEMO_PASSWORD" if given else password)
        if given and len(given) < FEW_LETTERS:
            self.stderr.write("DEMO_PASSWORD is short: keep this site to yourself.")

    def tell(self, password: str) -> None:
        self.stdout.write(f"  Accounts: {', '.join(accounts.ROLE_OF)}\n  Password: {password}")
