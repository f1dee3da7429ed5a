"""The frame that the newsletter's screens share."""

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

LIST = "newsletter_subscribers:index"
ISSUES = "newsletter_desk:index"


def screen(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    trail: tuple[tuple[str, str | Promise], ...] = (),
    icon: str = "group",
    **context: object,
) -> HttpResponse:
    """One screen in Wagtail's frame. `trail`: (name of the address, label) of the screens above it, outermost first."""
    steps = [("wagtailadmin_home", _("Home")), *trail]
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": reverse(name), "label": label} for name, label in steps),
            {"url": "", "label": title},
        ],
    }
    return render(request, f"newsletter/admin/{template}.html", frame | context)


def pages(request: HttpRequest, rows: QuerySet, *, per_page: int, count: int | None = None) -> dict:
    """The page of `rows` that ?p= asks for, as `rows`, and what Wagtail's pagination needs.

    `count`: how many `rows` there are, where the caller knows; else they are counted.
    """
    paginator = WagtailPaginator(rows, per_page)
    if count is not None:
        paginator.count = count
    page: Page = paginator.get_page(request.GET.get("p"))
    return {"rows": page, "elided_page_range": list(paginator.get_elided_page_range(page.number))}
