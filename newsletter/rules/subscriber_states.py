"""What a subscriber can be, how often they want mail, and why an address gets none."""

from enum import StrEnum


class SubscriberState(StrEnum):
    PENDING = "pending"  # asked for the newsletter, has not confirmed yet
    CONFIRMED = "confirmed"  # the only state that gets mail
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Frequency(StrEnum):
    EACH_ISSUE = "each_issue"
    MONTHLY = "monthly"


class Audience(StrEnum):
    """Which readers an issue is for."""

    EACH_ISSUE = "each_issue"
    MONTHLY = "monthly"
    EVERYONE = "everyone"

    @property
    def frequencies(self) -> frozenset[Frequency]:
        return frozenset(Frequency) if self is Audience.EVERYONE else frozenset({Frequency(self.value)})

    @property
    def same_readers(self) -> frozenset["Audience"]:
        """Issues that reached (some of) the same readers: what was new in them is not new here."""
        return frozenset({self, Audience.EVERYONE})


class SuppressionReason(StrEnum):
    ERASED = "erased"
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCES = "soft_bounces"
    COMPLAINT = "complaint"
    BY_PHONE = "by_phone"
    BY_HAND = "by_hand"


# The person may come back by a new double opt-in; the others only by the office's hand.
MAY_SIGN_UP_AGAIN = frozenset({SuppressionReason.ERASED, SuppressionReason.SOFT_BOUNCES})

# What the office may say of an address itself.
OFFICE_REASONS = (SuppressionReason.BY_PHONE, SuppressionReason.BY_HAND)
# The office may lift these with a note of why. Lifting puts nobody on the list: the person still confirms.
OFFICE_MAY_LIFT = frozenset({SuppressionReason.BY_HAND, SuppressionReason.HARD_BOUNCE, SuppressionReason.SOFT_BOUNCES})
# The person said no: only when they themselves ask for the newsletter again. ERASED is in neither set: the person comes
# back by signing up, and lifting it would let the next import bring them back unasked.
OFFICE_MAY_LIFT_WHEN_ASKED = frozenset({SuppressionReason.COMPLAINT, SuppressionReason.BY_PHONE})

# As many deliveries that bounced softly within this many days suppress the address.
SOFT_BOUNCES_ALLOWED = 3
SOFT_BOUNCE_DAYS = 120


class EventKind(StrEnum):
    SIGNED_UP = "signed_up"
    ADDED_BY_HAND = "added_by_hand"
    IMPORTED = "imported"
    CONFIRMATION_SENT = "confirmation_sent"
    CONFIRMED = "confirmed"
    PREFERENCES_CHANGED = "preferences_changed"
    LESS_OFTEN = "less_often"
    UNSUBSCRIBED = "unsubscribed"
    UNDONE = "undone"
    SOFT_BOUNCE = "soft_bounce"
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    EXPORTED = "exported"
    SUPPRESSED = "suppressed"
    LIFTED = "lifted"
