"""Names that leave the house stand in emails for years: those below were made once, and open for ever.

A change that fails here breaks links in mailboxes. Mend the change, never these literals.
"""

import base64
from datetime import date
from uuid import UUID

import pytest

from newsletter.services import suppression, tokens
from newsletter.services.tokens import PREFERENCES, UNDO, UNSUBSCRIBE

PUBLIC_ID = UUID("0190a5c2-7d3e-7c4b-9f00-1234567890ab")
CAMPAIGN = 4711

OF_THE_READER = {
    UNSUBSCRIBE: "AZClwn0-fEufABI0VniQq00PVVUbCBKzGGG3GVZbS64",
    PREFERENCES: "AZClwn0-fEufABI0VniQq2rpCxJC01KM9632yPHiUpc",
    UNDO: "AZClwn0-fEufABI0VniQq2WUNUirw1pNKX8Sp6q5uC4",
}
OF_READER_AND_CAMPAIGN = {
    UNSUBSCRIBE: "AZClwn0-fEufABI0VniQqwAAAAASZ7aLTi0xmXnV8cCzkNQERcE",
    PREFERENCES: "AZClwn0-fEufABI0VniQqwAAAAASZ_JSkEVV-6-vaoBEON24VHY",
    UNDO: "AZClwn0-fEufABI0VniQqwAAAAASZ-EFfc6lpSSA8BlzIS5b77E",
}
REFERENCE = "d4711-4bd98b3d98dafc7fbdd5"


@pytest.fixture(autouse=True)
def _key(settings):
    settings.HASH_KEYS = ["a test key that never changes"]


@pytest.mark.parametrize("purpose", OF_THE_READER)
def test_a_link_of_long_ago_opens(purpose):
    assert tokens.read_subscriber_token(purpose, OF_THE_READER[purpose]) == (PUBLIC_ID, None)
    assert tokens.read_subscriber_token(purpose, OF_READER_AND_CAMPAIGN[purpose]) == (PUBLIC_ID, CAMPAIGN)


@pytest.mark.parametrize("purpose", OF_THE_READER)
def test_a_link_made_today_is_the_same(purpose):
    assert tokens.subscriber_token(purpose, PUBLIC_ID) == OF_THE_READER[purpose]
    assert tokens.subscriber_token(purpose, PUBLIC_ID, CAMPAIGN) == OF_READER_AND_CAMPAIGN[purpose]


@pytest.mark.parametrize("purpose", OF_THE_READER)
def test_a_link_serves_its_own_purpose_alone(purpose):
    for other in OF_THE_READER.keys() - {purpose}:
        assert tokens.read_subscriber_token(other, OF_THE_READER[purpose]) is None


def test_a_preferences_link_says_when_it_was_made():
    made = "AZClwn0-fEufABI0VniQqwtKaNt9_pEC7vHBn9wrVJ2vOGs"
    assert tokens.dated_token(PREFERENCES, PUBLIC_ID, date(2026, 11, 24)) == made
    assert tokens.read_dated_token(PREFERENCES, made) == (PUBLIC_ID, date(2026, 11, 24))
    assert tokens.read_dated_token(UNSUBSCRIBE, made) is None
    assert tokens.read_dated_token(PREFERENCES, OF_THE_READER[PREFERENCES]) == (PUBLIC_ID, None)
    assert tokens.read_dated_token(PREFERENCES, OF_READER_AND_CAMPAIGN[PREFERENCES]) == (PUBLIC_ID, None)
    assert tokens.read_dated_token(PREFERENCES, "x") is None


def test_a_confirmation_link_of_long_ago_is_found():
    kept = "571432d759035b45c286ca03ec67bde026a0ec367262a63f4d6e524e7c526db5"
    assert tokens.secret_hashes(tokens.CONFIRM, "kept-in-an-email") == [kept]


def test_a_bounce_of_long_ago_names_its_delivery():
    assert tokens.delivery_reference(CAMPAIGN) == REFERENCE
    assert tokens.message_id(CAMPAIGN, "example.org") == f"<{REFERENCE}@example.org>"
    for text in (f"<{REFERENCE}@example.org>", f"bounces+{REFERENCE.upper()}@example.org"):
        assert tokens.read_delivery_reference(text) == CAMPAIGN


def test_an_address_suppressed_long_ago_is_known_again():
    kept = "17c47344bd444bc923a8221616eaed79a330e8563fbcf11e5c807d400610cfea"
    assert suppression.address_hashes("ada@example.org") == [kept]


def test_a_link_made_under_an_older_key_opens(settings):
    settings.HASH_KEYS = ["a newer key", *settings.HASH_KEYS]
    assert tokens.read_subscriber_token(UNSUBSCRIBE, OF_THE_READER[UNSUBSCRIBE]) == (PUBLIC_ID, None)
    assert tokens.read_delivery_reference(REFERENCE) == CAMPAIGN
    settings.HASH_KEYS = ["a newer key"]
    assert tokens.read_subscriber_token(UNSUBSCRIBE, OF_THE_READER[UNSUBSCRIBE]) is None
    assert tokens.read_delivery_reference(REFERENCE) is None


def test_a_forged_or_damaged_name_opens_nothing():
    token = OF_THE_READER[UNSUBSCRIBE]
    raw = bytearray(base64.urlsafe_b64decode(token + "="))
    for place in (0, 15, 16, 31):
        changed = bytearray(raw)
        changed[place] ^= 1
        forged = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert tokens.read_subscriber_token(UNSUBSCRIBE, forged) is None
    for damaged in ("", "x", token[:-1], token[1:], f"{token}AAAA", "ü" * 43, "=" * 43, "A" * 40_001):
        assert tokens.read_subscriber_token(UNSUBSCRIBE, damaged) is None
    for damaged in ("", "d4711", "d4712-4bd98b3d98dafc7fbdd5", "d4711-4bd98b3d98dafc7fbdd6", REFERENCE[:-1]):
        assert tokens.read_delivery_reference(damaged) is None


def test_no_secret_comes_twice():
    assert len({tokens.new_secret() for _ in range(50)}) == 50
    assert all(len(tokens.new_secret()) >= 43 for _ in range(5))
