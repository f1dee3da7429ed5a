"""The first owner of a new site: an account that nobody can sign in to until its one-time link was followed."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from innerbalance.mail import send
from innerbalance.security.roles import OWNERS


class NotInvited(Exception):
    """Its text says in plain words why not."""


@dataclass(frozen=True)
class Invitation:
    """`link` opens once, until `days` have passed or a password was set."""

    email: str
    username: str
    link: str
    days: int


def invite_owner(*, email: str) -> Invitation:
    """Make the Owners account of `email`, or a new link for one that has never had a password.

    The username is the email address. Raises NotInvited for what is no address, and for an account that is in use: a
    link that sets its password would be a way around signing in.
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotInvited(_("“%(email)s” is no email address.") % {"email": email}) from error
    users = get_user_model()._default_manager
    with transaction.atomic():
        user = users.filter(email__iexact=email).first() or users.filter(username__iexact=email).first()
        if user and (user.has_usable_password() or not user.is_active):
            raise NotInvited(
                _("%(email)s has an account already. A forgotten password is set anew at /admin/password_reset/.")
                % {"email": email}
            )
        if user is None:
            user = users.create_user(username=email.lower(), email=email, password=None)
        user.groups.add(Group.objects.get(name=OWNERS))
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    link = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
    return Invitation(email, user.get_username(), link, settings.PASSWORD_RESET_TIMEOUT // 86_400)


def send_invitation(invitation: Invitation) -> None:
    """Raises what the mail backend raises (OSError, SMTPException)."""
    send(template="owner_invitation", to=invitation.email, context={"invitation": invitation})
