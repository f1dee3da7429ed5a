from datetime import date, time

from innerbalance.locations.models import Closure, LocationIndexPage, LocationPage
from innerbalance.locations.services.hours import add_office, save_closure, weekdays


def make_index(home) -> LocationIndexPage:
    return home.add_child(instance=LocationIndexPage(title="Locations", slug="locations", show_in_menus=True))


def make_office(index, title: str, *, opens=time(9), closes=time(15), **fields) -> LocationPage:
    fields = {"street": "1 Desert Way", "city": title, "postal_code": "85000", "phone": "+14805550100", **fields}
    return add_office(parent=index, title=title, slug=title.lower(), front_office=weekdays(opens, closes), **fields)


def make_closure(first: date, last: date | None = None, **fields) -> Closure:
    return save_closure(closure=Closure(first=first, last=last or first, **fields))
