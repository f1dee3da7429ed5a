"""Load the demo content and accounts, once."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from innerbalance.demo.accounts import describe_accounts
from innerbalance.demo.load import load_demo
from innerbalance.images.jobs import make_sizes


class Command(BaseCommand):
    help = "Fill an empty site with the demo's pages and accounts. A site that has pages is left as it is."

    def handle(self, **options):
        if load_demo(now=timezone.now()):
            while make_sizes(timezone.now()):  # nobody runs housekeeping on a laptop
                pass
            self.stdout.write("The demo content is loaded.")
        for line in describe_accounts():
            self.stdout.write(line)
