"""Changes of hours. Each writes, logs who did it, and tells the caches that every page may be affected."""

from collections.abc import Iterable
from datetime import date, time

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.log_actions import log

from innerbalance.caching import touch_site
from innerbalance.locations.models.opening import Closure, HolidayDecision, WeeklySlot, closures_of
from innerbalance.locations.models.pages import LocationIndexPage, LocationPage
from innerbalance.locations.rules.checks import closure_overlap
from innerbalance.locations.rules.federal_holidays import OBSERVED, FederalHoliday

type Person = AbstractBaseUser | AnonymousUser | None


@transaction.atomic
def save_closure(*, closure: Closure, user: Person = None) -> Closure:
    """Save a checked closure, new or changed; readers see it at once."""
    action = "wagtail.edit" if closure.pk else "wagtail.create"
    closure.save()
    log(instance=closure, action=action, user=user)
    touch_site()
    return closure


@transaction.atomic
def delete_closure(*, closure: Closure, user: Person = None) -> None:
    """Take a closure back; a holiday it was made for is undecided again."""
    log(instance=closure, action="wagtail.delete", user=user, deleted=True)
    closure.delete()
    touch_site()


@transaction.atomic
def replace_slots(*, location: LocationPage, slots: Iterable[WeeklySlot], user: Person = None) -> None:
    """Make `slots` (unsaved, of any kind) the whole week of an office."""
    location.weekly_slots.all().delete()
    for slot in slots:
        slot.pk, slot.location = None, location
        slot.save()
    log(instance=location, action="locations.hours", user=user)
    touch_site()


@transaction.atomic
def decide_holiday(
    *,
    holiday: FederalHoliday,
    decision: str,
    opens: time | None = None,
    closes: time | None = None,
    user: Person = None,
) -> HolidayDecision:
    """Record what happens on a federal holiday at all offices; closed and special hours become a closure.

    Deciding again replaces the decision and its closure. Days that the office closed already stay as they
    are: a decision "closed" then only notes that it is one.
    """
    HolidayDecision.objects.filter(day=holiday.day, closure=None).delete()
    for earlier in Closure.objects.filter(holiday__day=holiday.day):
        delete_closure(closure=earlier, user=user)
    closure = None
    if decision != HolidayDecision.Decision.OPEN and not is_entered(day=holiday.day):
        special = decision == HolidayDecision.Decision.SPECIAL
        reason = holiday.name.removesuffix(OBSERVED)[:80]
        closure = Closure(first=holiday.day, last=holiday.day, reason=reason)
        if special:
            closure.opens, closure.closes = opens, closes
        save_closure(closure=closure, user=user)
    made = HolidayDecision.objects.create(day=holiday.day, name=holiday.name, decision=decision, closure=closure)
    log(instance=made, action="wagtail.create", user=user)
    return made


def is_entered(*, day: date) -> bool:
    """Whether a closure of all offices covers `day` already."""
    others = closures_of(Closure.objects.filter(location=None))
    return closure_overlap(day, day, others) is not None


@transaction.atomic
def add_office(
    *, parent: LocationIndexPage, title: str, slug: str, front_office: Iterable[WeeklySlot] = (), **fields: object
) -> LocationPage:
    """Publish an office under the list of offices, with its front-office hours."""
    office = parent.add_child(instance=LocationPage(title=title, slug=slug, **fields))
    office.save_revision().publish()
    replace_slots(location=office, slots=front_office)
    return office


def weekdays(opens: time, closes: time, days: Iterable[int] = range(5)) -> list[WeeklySlot]:
    """Unsaved front-office slots, the same on each of `days` (0 is Monday)."""
    return [WeeklySlot(weekday=day, opens=opens, closes=closes) for day in days]
