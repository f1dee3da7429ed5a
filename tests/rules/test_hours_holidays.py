from datetime import date

from innerbalance.locations.rules.federal_holidays import REMIND_WITHIN, FederalHoliday, federal_holidays, undecided

TODAY = date(2026, 11, 24)


def test_the_next_twelve_months_in_order():
    found = federal_holidays(today=TODAY)
    assert found[0] == FederalHoliday(date(2026, 11, 26), "Thanksgiving Day")
    assert found[-1].day < date(2027, 11, 24)
    assert found == sorted(found)
    # Eleven holidays; two of that year fall on a weekend and come with their observed day.
    assert len({h.name.removesuffix(" (observed)") for h in found}) == 11


def test_one_on_a_weekend_is_offered_on_its_observed_day_too():
    found = {h.day: h for h in federal_holidays(today=date(2026, 6, 1))}
    friday, saturday = date(2026, 7, 3), date(2026, 7, 4)
    assert found[friday] == FederalHoliday(friday, "Independence Day (observed)", other=saturday)
    assert found[saturday] == FederalHoliday(saturday, "Independence Day", other=friday)
    assert [found[day].is_observed for day in (friday, saturday)] == [True, False]
    # On a weekday there is one day only, also where the same holiday had two the year before.
    assert found[date(2026, 12, 25)].other is None
    assert not {h.other for h in found.values()} - {friday, saturday, None} - {h.day for h in found.values()}


def test_new_years_day_observed_in_the_old_year():
    """1 January 2028 is a Saturday, observed on Friday 31 December 2027."""
    days = {h.day: h.other for h in federal_holidays(today=date(2027, 1, 2))}
    assert days[date(2027, 12, 31)] == date(2028, 1, 1)


def test_today_counts_and_a_leap_day_has_a_year():
    assert federal_holidays(today=date(2026, 12, 25))[0].day == date(2026, 12, 25)
    assert federal_holidays(today=date(2028, 2, 29))[-1].day <= date(2029, 2, 28)


def test_undecided_within_thirty_days():
    found = undecided(today=TODAY, decided=[], within=REMIND_WITHIN)
    assert [h.name for h in found] == ["Thanksgiving Day"]
    assert undecided(today=TODAY, decided=[date(2026, 11, 26)], within=REMIND_WITHIN) == []
    christmas = undecided(today=date(2026, 11, 25), decided=[], within=REMIND_WITHIN)
    assert [h.day.month for h in christmas] == [11, 12]


def test_undecided_of_the_whole_year():
    found = undecided(today=TODAY, decided=[date(2026, 11, 26)])
    assert [h.day for h in found] == [h.day for h in federal_holidays(today=TODAY)[1:]]
