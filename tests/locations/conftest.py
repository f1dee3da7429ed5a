from datetime import time

import pytest
import time_machine

from tests.locations.factories import make_index, make_office

TUESDAY_10_AM = "2026-11-24T10:00:00-07:00"


@pytest.fixture
def tuesday():
    """Tuesday 24 November 2026, 10 am in Arizona; `.move_to()` goes elsewhere."""
    with time_machine.travel(TUESDAY_10_AM, tick=False) as clock:
        yield clock


@pytest.fixture
def offices(home):
    index = make_index(home)
    return make_office(index, "Mesa"), make_office(index, "Tempe", opens=time(9), closes=time(15))
