"""What the rules' values are called, for people."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsletter.rules.address_lists import LONGEST_LIST, ListFault
from newsletter.rules.addresses import AddressFault
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.checklist import Check, Item, LinkFault, LinkProblem
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.import_states import ImportState
from newsletter.rules.subscriber_states import (
    Audience,
    EventKind,
    Frequency,
    SubscriberState,
    SuppressionReason,
)

Label = str | Promise


def choices[Value: StrEnum](labels: Mapping[Value, Label]) -> list[tuple[str, Label]]:
    """For a field's `choices`: plain strings, since migrations outlive the enums."""
    return [(value.value, label) for value, label in labels.items()]


SUBSCRIBER_STATE_LABELS: dict[SubscriberState, Label] = {
    SubscriberState.PENDING: _("Waiting for confirmation"),
    SubscriberState.CONFIRMED: _("Confirmed"),
    SubscriberState.UNSUBSCRIBED: _("Unsubscribed"),
    SubscriberState.BOUNCED: _("Address bounced"),
    SubscriberState.COMPLAINED: _("Reported as spam"),
}

FREQUENCY_LABELS: dict[Frequency, Label] = {
    Frequency.EACH_ISSUE: _("Every issue"),
    Frequency.MONTHLY: _("Monthly digest"),
}

AUDIENCE_LABELS: dict[Audience, Label] = {
    Audience.EACH_ISSUE: _("Readers of every issue"),
    Audience.MONTHLY: _("Readers of the monthly digest"),
    Audience.EVERYONE: _("Everyone"),
}

SUPPRESSION_LABELS: dict[SuppressionReason, Label] = {
    SuppressionReason.ERASED: _("Asked to be deleted"),
    SuppressionReason.HARD_BOUNCE: _("The mailbox does not exist"),
    SuppressionReason.SOFT_BOUNCES: _("Bounced repeatedly"),
    SuppressionReason.COMPLAINT: _("Reported as spam"),
    SuppressionReason.BY_PHONE: _("Asked us not to write"),
    SuppressionReason.BY_HAND: _("The office decided"),
}

EVENT_LABELS: dict[EventKind, Label] = {
    EventKind.SIGNED_UP: _("Signed up"),
    EventKind.ADDED_BY_HAND: _("Added by the office"),
    EventKind.IMPORTED: _("Imported"),
    EventKind.CONFIRMATION_SENT: _("Confirmation email sent"),
    EventKind.CONFIRMED: _("Confirmed"),
    EventKind.PREFERENCES_CHANGED: _("Preferences changed"),
    EventKind.LESS_OFTEN: _("Switched to the monthly digest"),
    EventKind.UNSUBSCRIBED: _("Unsubscribed"),
    EventKind.UNDONE: _("Undid unsubscribing"),
    EventKind.SOFT_BOUNCE: _("An email bounced"),
    EventKind.HARD_BOUNCE: _("The mailbox does not exist"),
    EventKind.COMPLAINT: _("Reported an email as spam"),
    EventKind.EXPORTED: _("Downloaded their data"),
    EventKind.SUPPRESSED: _("The office: never write to this address"),
    EventKind.LIFTED: _("The office: this address may be written to again"),
}

CAMPAIGN_STATE_LABELS: dict[CampaignState, Label] = {
    CampaignState.SCHEDULED: _("Scheduled"),
    CampaignState.QUEUEING: _("Preparing"),
    CampaignState.RUNNING: _("Sending"),
    CampaignState.PAUSED: _("Paused"),
    CampaignState.FINISHED: _("Finished"),
    CampaignState.CANCELLED: _("Canceled"),
}

DELIVERY_STATE_LABELS: dict[DeliveryState, Label] = {
    DeliveryState.QUEUED: _("Waiting"),
    DeliveryState.SENDING: _("Being sent"),
    DeliveryState.SENT: _("Sent"),
    DeliveryState.FAILED: _("Failed"),
    DeliveryState.SUPPRESSED: _("Withheld"),
    DeliveryState.UNCERTAIN: _("Uncertain"),
}

REASON_LABELS: dict[Reason, Label] = {
    Reason.NONE: "",
    Reason.UNSUBSCRIBED: _("Unsubscribed before the email was sent"),
    Reason.NOT_CONFIRMED: _("Has not confirmed the sign-up"),
    Reason.ERASED: _("Asked to be deleted before the email was sent"),
    Reason.COMPLAINED: _("Reported an earlier email as spam"),
    Reason.BOUNCED_BEFORE: _("The address bounced earlier"),
    Reason.ON_SUPPRESSION_LIST: _("On the suppression list"),
    Reason.CANCELLED: _("The campaign was canceled"),
    Reason.REFUSED: _("The mail server refused it for good"),
    Reason.GAVE_UP: _("Not accepted after the last attempt"),
    Reason.BOUNCED: _("Bounced after it was sent"),
    Reason.NOT_SENDABLE: _("The email could not be made for this address"),
    Reason.WORKER_STOPPED: _("The sender stopped while handing it over"),
    Reason.NO_ANSWER: _("The mail server received it and gave no answer"),
}

IMPORT_STATE_LABELS: dict[ImportState, Label] = {
    ImportState.CHECKED: _("Dry run"),
    ImportState.RUNNING: _("Importing"),
    ImportState.FINISHED: _("Imported"),
    ImportState.STOPPED: _("Stopped"),
}

ADDRESS_FAULTS: dict[AddressFault, Label] = {
    AddressFault.EMPTY: _("Enter an email address."),
    AddressFault.SPACES: _("An email address has no spaces or line breaks in it."),
    AddressFault.INCOMPLETE: _("An email address looks like name@example.com."),
    AddressFault.FOREIGN_LETTERS: _("We can’t send to an address with these letters before the @."),
    AddressFault.LOCAL_PART: _("The part before the @ is incomplete or has a character too many."),
    AddressFault.DOMAIN: _("The part after the @ is not a domain name."),
    AddressFault.TOO_LONG: _("This email address is too long."),
}

LIST_FAULTS: dict[ListFault, Label] = {
    ListFault.NO_HEADINGS: _("The first line must name the columns, and one of them must be called “address”."),
    ListFault.NOT_CSV: _("This is not a CSV file from here on."),
    ListFault.TOO_LONG: _("Only %(most)s addresses at a time: the rest was not read."),
}


CHECK_TEXTS: dict[Item, Label] = {
    Item.SUBJECT: _("The issue has a subject"),
    Item.PREVIEW_TEXT: _("It has a preview text"),
    Item.PICTURES: _("Every picture has a description or is marked as decoration"),
    Item.EMPTY_LINKS: _("No link is empty"),
    Item.OWN_LINKS: _("Links to our own pages lead to a page that readers can open"),
    Item.FOREIGN_LINKS: _("Links to other sites work"),
    Item.UNSUBSCRIBE: _("It has the links to unsubscribe and to change preferences"),
    Item.POSTAL_ADDRESS: _("It has the practice's postal address"),
    Item.SIZE: _("It is small enough (%(kilobytes)s KB; email programs show up to 102 KB in full)"),
}

LINK_FAULTS: dict[LinkFault, Label] = {
    LinkFault.NO_SUCH_PAGE: _("there is no such page"),
    LinkFault.ERROR: _("answers with an error (%(status)s)"),
    LinkFault.CIRCLE: _("leads in a circle"),
    LinkFault.PRIVATE_NETWORK: _("leads into a private network"),
    LinkFault.NO_SUCH_SITE: _("there is no such site"),
    LinkFault.BAD_CERTIFICATE: _("its certificate is not valid"),
    LinkFault.NO_ANSWER: _("did not answer"),
}


def check_text(check: Check) -> str:
    return str(CHECK_TEXTS[check.item]) % {"kilobytes": check.kilobytes}


def link_problem(link: str, problem: LinkProblem) -> str:
    """The link and what is wrong with it."""
    reason = str(LINK_FAULTS[problem.fault]) % {"status": problem.status}
    return gettext("%(link)s: %(reason)s") % {"link": link, "reason": reason}


def address_fault(fault: AddressFault) -> str:
    """What is wrong with a typed address, for whoever typed it."""
    return str(ADDRESS_FAULTS[fault])


def list_fault(code: str) -> str:
    """What is wrong with a line of an uploaded list; `code`: an AddressFault's or ListFault's value."""
    if code in AddressFault:
        return address_fault(AddressFault(code))
    return str(LIST_FAULTS[ListFault(code)]) % {"most": f"{LONGEST_LIST:,}"}


def taken_slug(slug: str) -> str:
    """Why no issue may have this slug."""
    text = gettext("The newsletter uses the address “%(slug)s” itself. Choose another one, such as “%(slug)s-issue”.")
    return text % {"slug": slug}


def explained_errors(errors: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """(line, what is wrong with it) of each pair of line number and code."""
    return [(line, list_fault(code)) for line, code in errors]
