"""The app's models, by subject."""

from .location_pages import LocationIndexPage, LocationPage
from .opening_models import Closure, HolidayDecision, WeeklySlot

__all__ = ["Closure", "HolidayDecision", "LocationIndexPage", "LocationPage", "WeeklySlot"]
