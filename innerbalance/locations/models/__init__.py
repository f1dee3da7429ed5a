"""The app's models, by subject."""

from innerbalance.locations.models.opening import Closure, HolidayDecision, WeeklySlot
from innerbalance.locations.models.pages import LocationIndexPage, LocationPage

__all__ = ["Closure", "HolidayDecision", "LocationIndexPage", "LocationPage", "WeeklySlot"]
