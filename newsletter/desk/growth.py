"""How the list grew, for everyone who sees the newsletter: numbers, no addresses."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from innerbalance import charts
from innerbalance.admin_access import private_admin_view
from newsletter.desk.screens import screen
from newsletter.services.growth import growth


@private_admin_view("newsletter.view_campaign")
def show(request: HttpRequest) -> HttpResponse:
    grown = growth(now=timezone.now())
    labels = [month.short for month in grown.months]
    return screen(
        request,
        "subscriber_growth",
        title=gettext("Newsletter growth"),
        icon="order-up",
        growth=grown,
        totals=charts.columns(labels, [month.total for month in grown.months]),
        changes=charts.pairs(
            labels,
            [month.new for month in grown.months],
            [month.left for month in grown.months],
            first_words=gettext("{label}: {value} joined"),
            second_words=gettext("{label}: {value} left"),
        ),
    )
