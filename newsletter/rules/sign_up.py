"""How long the steps of a sign-up last, and which addresses end in one mailbox."""

from datetime import date, timedelta

LINK_LASTS = timedelta(hours=48)
UNCONFIRMED_LASTS = timedelta(days=7)
ONE_MAIL_IN = timedelta(days=1)
# A mail that never left is tried again this often, and no longer than so.
TRY_AGAIN_AFTER = timedelta(minutes=15)
TRY_FOR = timedelta(days=3)
# An undo belongs to the moment after the click; later a person signs up again.
UNDO_LASTS = timedelta(days=1)

# A preferences link shows an address and deletes it: one in a forwarded or leaked email must not do so for ever.
PREFERENCES_LINK_LASTS = timedelta(days=90)

# Pages with the form are kept by proxies, and stay open in tabs.
FORM_LASTS = timedelta(days=31)
SIGN_UPS_PER_NETWORK = 20
NETWORK_WINDOW = timedelta(hours=1)

DOTLESS = frozenset({"gmail.com", "googlemail.com"})


def preferences_link_works(made_on: date | None, *, today: date) -> bool:
    """Whether a link made on that day may still be used; one without a day is from before they had one."""
    return made_on is not None and made_on > today - PREFERENCES_LINK_LASTS


def mailbox(address_key: str) -> str:
    """One name for addresses that usually end in one mailbox, for limits alone.

    `ana+news@` and `ana+more@` stay two subscribers; but nobody gets a mail for each `+tag` a stranger invents.
    """
    local, _, host = address_key.rpartition("@")
    local = local.partition("+")[0] or local
    if host in DOTLESS:
        local, host = local.replace(".", ""), "gmail.com"
    return f"{local}@{host}"
