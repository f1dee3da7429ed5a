"""Invite the first owner of the site."""

from smtplib import SMTPException

from django.core.management.base import BaseCommand, CommandError

from innerbalance.invitations import NotInvited, invite_owner, send_invitation


class Command(BaseCommand):
    help = "Make an owner's account and print the link that sets its password, once. --send sends it by email."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--send", action="store_true", help="send the link to that address instead of printing it")

    def handle(self, *, email, send, **options):
        try:
            invitation = invite_owner(email=email)
        except NotInvited as error:
            raise CommandError(str(error)) from error
        if not send:
            self.stdout.write(f"{invitation.link}\nIt opens once, within {invitation.days} days.")
            return
        try:
            send_invitation(invitation)
        except (OSError, SMTPException) as error:
            raise CommandError(
                f"The account is there, but its email could not be sent ({type(error).__name__}). "
                "Run this again without --send to print the link."
            ) from error
        self.stdout.write(f"The link went to {invitation.email}.")
