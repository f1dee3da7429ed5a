"""Every value that a rule can give has words for people, and stands in the database as a plain string."""

import pytest
from django.apps import apps

from newsletter import formats
from newsletter.rules.address_lists import ListFault
from newsletter.rules.addresses import AddressFault
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.import_states import ImportState
from newsletter.rules.subscriber_states import Audience, EventKind, Frequency, SubscriberState, SuppressionReason


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (Audience, formats.AUDIENCE_LABELS),
        (CampaignState, formats.CAMPAIGN_STATE_LABELS),
        (DeliveryState, formats.DELIVERY_STATE_LABELS),
        (EventKind, formats.EVENT_LABELS),
        (Frequency, formats.FREQUENCY_LABELS),
        (ImportState, formats.IMPORT_STATE_LABELS),
        (Reason, formats.REASON_LABELS),
        (SubscriberState, formats.SUBSCRIBER_STATE_LABELS),
        (SuppressionReason, formats.SUPPRESSION_LABELS),
        (AddressFault, formats.ADDRESS_FAULTS),
        (ListFault, formats.LIST_FAULTS),
    ],
)
def test_every_value_has_its_words(values, labels):
    assert set(values) == set(labels)
    without = {value for value, label in labels.items() if not str(label)}
    assert without <= {Reason.NONE}


def test_choices_and_defaults_are_plain_strings():
    """A migration that names an enum breaks when the enum moves."""
    for model in apps.get_app_config("newsletter").get_models():
        for field in model._meta.local_fields:
            if field.choices and model.__module__.startswith("newsletter."):
                assert {type(value) for value, _ in field.choices} == {str}, field
                assert type(field.default) in {str, type}, field


def test_a_line_of_a_list_says_what_is_wrong_with_it():
    explained = formats.explained_errors([(1, "no_headings"), (7, "local_part"), (50_002, "list_too_long")])
    assert [line for line, _ in explained] == [1, 7, 50_002]
    assert "“address”" in explained[0][1]
    assert "before the @" in explained[1][1]
    assert "50,000 addresses" in explained[2][1]
