from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from intake.formats.moments import moment_words, promise
from intake.rules.answer_due import answer_due, round_up

PHOENIX = ZoneInfo("America/Phoenix")
NOW = datetime(2026, 11, 23, 10, 7, tzinfo=PHOENIX)


class NineToThree:
    """Open every day from 9 to 3, for the offices it knows."""

    def __init__(self, *known):
        self.known = known

    def add_open_time(self, office_id, after, amount):
        if office_id not in self.known:
            return None
        moment = after.astimezone(PHOENIX)
        while amount > timedelta(0):
            opens = moment.replace(hour=9, minute=0, second=0, microsecond=0)
            closes = moment.replace(hour=15, minute=0, second=0, microsecond=0)
            start = max(moment, opens)
            if start < closes:
                step = min(amount, closes - start)
                amount -= step
                moment = start + step
            if amount:
                moment = opens + timedelta(days=1)
        return moment


def test_counts_open_time_only():
    due = answer_due(
        hours=NineToThree("mesa"),
        office_ids=["mesa"],
        received_at=datetime(2026, 11, 23, 14, 0, tzinfo=PHOENIX),
        open_hours=timedelta(hours=3),
    )
    assert due == datetime(2026, 11, 24, 11, 0, tzinfo=PHOENIX)


def test_the_first_office_to_get_there_answers():
    facts = {"received_at": NOW, "open_hours": timedelta(hours=1)}
    hours = NineToThree("mesa")
    both = answer_due(hours=hours, office_ids=["closed", "mesa"], **facts)
    assert both == answer_due(hours=hours, office_ids=["mesa"], **facts)
    assert answer_due(hours=hours, office_ids=["closed"], **facts) is None


def test_moments_in_the_words_of_the_front_office():
    def words(**change):
        return moment_words(NOW.replace(**change), now=NOW, zone=PHOENIX)

    assert words(hour=14, minute=30) == "today at 2:30 pm"
    assert words(day=24, hour=12, minute=0) == "tomorrow at noon"
    assert words(day=27, hour=11, minute=0) == "Friday at 11 am"
    assert words(day=30, hour=9, minute=0) == "Monday, November 30 at 9 am"
    assert words(day=22, hour=9, minute=0) == "Sunday, November 22 at 9 am"
    assert words(day=29, hour=9, minute=0) == "Sunday at 9 am"


def test_the_day_is_the_offices_day_not_the_readers():
    late = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # still the 23rd in Phoenix
    assert moment_words(late, now=NOW, zone=PHOENIX) == "today at 11:30 pm"


def test_promise_names_the_zone_and_rounds_up():
    due = datetime(2026, 11, 24, 11, 1, tzinfo=PHOENIX)
    said = promise(due=due, now=NOW, zone=PHOENIX, open_hours=timedelta(hours=6))
    assert said == "We answer within 6 business hours: by tomorrow at 11:15 am (MST)."
    one = promise(due=None, now=NOW, zone=PHOENIX, open_hours=timedelta(hours=1))
    assert one == "We answer within 1 business hour."
    half = promise(due=None, now=NOW, zone=PHOENIX, open_hours=timedelta(minutes=30))
    assert half == "We answer within 0.5 business hours."
    soon = promise(due=due, now=NOW, zone=PHOENIX, open_hours=timedelta(hours=1))
    assert soon == "We answer within 1 business hour: by tomorrow at 11:15 am (MST)."


def test_a_round_time_stays_as_it_is():
    due = datetime(2026, 11, 24, 11, 15, tzinfo=PHOENIX)
    assert round_up(due) == due
    assert round_up(due.replace(second=1)) == due.replace(minute=30)


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(2100, 1, 1)))
def test_rounding_never_promises_earlier_than_the_clock(moment):
    rounded = round_up(moment)
    assert timedelta(0) <= rounded - moment < timedelta(minutes=15)
    assert rounded.minute % 15 == rounded.second == rounded.microsecond == 0
