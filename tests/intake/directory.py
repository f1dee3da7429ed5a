"""An office directory for tests: two offices, open every weekday from 9 to 3 in Phoenix."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from innerbalance.locations.services.directory import Office

PHOENIX = ZoneInfo("America/Phoenix")


class TestDirectory:
    __test__ = False

    def offices(self):
        from wagtail.models import Page

        return [
            Office(
                id=page.pk,
                slug=page.slug,
                name=page.title,
                phone="+14805550100",
                time_zone=PHOENIX,
                url=f"/locations/{page.slug}/",
                address_lines=(),
            )
            for page in Page.objects.filter(slug__in=["mesa", "tempe"]).order_by("slug")
        ]

    def is_open(self, office_id, at):
        local = at.astimezone(PHOENIX)
        return local.weekday() < 5 and 9 <= local.hour < 15

    def add_open_time(self, office_id, after, amount):
        moment = after.astimezone(PHOENIX)
        while True:
            opens = moment.replace(hour=9, minute=0, second=0, microsecond=0)
            closes = moment.replace(hour=15, minute=0, second=0, microsecond=0)
            start = max(moment, opens)
            if moment.weekday() < 5 and start < closes:
                step = min(amount, closes - start)
                amount -= step
                if not amount:
                    return start + step
            moment = opens + timedelta(days=1)

    def open_time_between(self, office_id, start, end):
        total, moment = timedelta(0), start.astimezone(PHOENIX)
        while moment < end:
            opens = moment.replace(hour=9, minute=0, second=0, microsecond=0)
            closes = moment.replace(hour=15, minute=0, second=0, microsecond=0)
            if moment.weekday() < 5:
                total += max(timedelta(0), min(closes, end) - max(opens, moment))
            moment = opens + timedelta(days=1)
        return total

    def hours_sentence(self, office_id, now):
        return "Open now until 3 pm" if self.is_open(office_id, now) else "Opens at 9 am"
