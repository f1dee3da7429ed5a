"""The list asks the database as little with ten thousand requests as with one page of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.models import ConsultationRequest
from intake.rules.reference import new_reference
from intake.services.receive import Preferences

from .desk_help import address
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db


def queries_of_list(client) -> list[str]:
    client.get(address("queue"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(client.get(address("queue")).context["rows"]) > 0
    return [each["sql"] for each in asked.captured_queries]


def test_ten_thousand_requests(client, office_user, mesa):
    client.force_login(office_user)
    for _ in range(55):
        make_request(
            now=OPEN_MOMENT - timedelta(days=30), preferences=Preferences(office_id=mesa.pk, clinician_id=mesa.pk)
        )
    few = queries_of_list(client)
    ConsultationRequest.objects.bulk_create(
        ConsultationRequest(
            reference=new_reference(),
            received_at=OPEN_MOMENT,
            last_step_at=OPEN_MOMENT,
            act_by=OPEN_MOMENT,
            office=mesa,
            sealed=b"",
        )
        for _ in range(10_000)
    )
    many = queries_of_list(client)
    assert len(many) == len(few)
    # Around the list's own stand those of every admin screen: the session, permissions, the menu.
    first = next(place for place, sql in enumerate(many) if sql.startswith("SELECT DISTINCT") and "auth_user" in sql)
    last = next(place for place, sql in enumerate(many) if sql.startswith("INSERT INTO"))
    own = many[first : last + 1]
    assert len(own) < 10, own
