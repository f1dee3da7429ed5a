"""The two offices, with the front office's hours. Safe to call again: an office that exists stays as it is."""

from datetime import time

from innerbalance.locations.models import LocationIndexPage, LocationPage
from innerbalance.locations.services.hours import add_office, weekdays

OFFICES = [
    {
        "title": "Mesa",
        "slug": "mesa",
        "street": "1234 S Power Rd, Suite 252",
        "city": "Mesa",
        "postal_code": "85206",
        "lead": "Our office on Power Road, in the east of Mesa.",
        "finding": "<p>Look for suite 252. Lost at the door? Call the front office, and someone will walk you in.</p>",
    },
    {
        "title": "Tempe",
        "slug": "tempe",
        "street": "1414 W Broadway Rd, Suite 122",
        "city": "Tempe",
        "postal_code": "85282",
        "lead": "Our office on Broadway Road.",
        "finding": "<p>Look for suite 122. Lost at the door? Call the front office, and someone will walk you in.</p>",
    },
]
EVERYWHERE = {
    "region": "AZ",
    "accessibility": "<p>Tell us when you call what makes a visit easy for you, and we will see to it.</p>",
    "telehealth": "<p>Clinicians who work here also meet by video with people who are in Arizona at that time.</p>",
}


def create_offices(home_page) -> list[LocationPage]:
    """Both offices under `/locations/`, Monday to Friday 9 am to 3 pm."""
    index = LocationIndexPage.objects.child_of(home_page).first()
    if index is None:
        index = home_page.add_child(
            instance=LocationIndexPage(
                title="Locations",
                slug="locations",
                show_in_menus=True,
                intro="Two offices in the east valley. Sessions are by appointment, so please call or write first.",
            )
        )
        index.save_revision().publish()
    for office in OFFICES:
        if not LocationPage.objects.child_of(index).filter(slug=office["slug"]).exists():
            add_office(parent=index, front_office=weekdays(time(9), time(15)), **EVERYWHERE, **office)
    return list(LocationPage.objects.child_of(index).order_by("path"))
