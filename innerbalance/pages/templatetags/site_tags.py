"""Tags of the page frame: menu, trail, JSON-LD, userbar."""

from django import template
from django.conf import settings
from django.utils import timezone
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page, Site

from innerbalance import structured_data as jsonld
from innerbalance.caching import limit, shared_part
from innerbalance.caching.middleware import has_session
from innerbalance.page_base import restricted
from innerbalance.practice.services import practice
from innerbalance.template_guards import never_fails

register = template.Library()


def _top_pages(request) -> list[dict]:
    """Title, path and place (menu or footer) of each live page under the home page, in the tree's order."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = Page.objects.filter(~restricted("path"), path__in=_paths_of_children(site.root_page)).live()
    return [
        {"title": page.title, "url": page.get_url(request) or "", "in_menu": page.show_in_menus}
        for page in pages.order_by("path")
    ]


def _paths_of_children(page: Page) -> list[str]:
    """All that there can be, up to the last: with `child_of` each page below the children is looked at as well."""
    below = Page.objects.filter(path__range=Page._get_children_path_interval(page.path))
    last = below.order_by("-path").values_list("path", flat=True).first()
    if last is None:
        return []
    steps = Page._str2int(last[len(page.path) : len(page.path) + Page.steplen])
    return [Page._get_path(page.path, page.depth + 1, step) for step in range(1, steps + 1)]


def _kept_top_pages(request) -> list[dict]:
    return shared_part(request, f"top-pages:{_host(request)}", lambda: _top_pages(request))


def _host(request) -> str:
    return request.get_host() if request else ""


@register.simple_tag(takes_context=True)
@never_fails(list)
def main_menu(context) -> list[dict]:
    """Title, path and whether the visitor is there, of each live page under the home page that is shown in menus."""
    request = context.get("request")
    here = request.path if request else ""
    return [
        {**item, "current": bool(item["url"]) and here.startswith(item["url"])}
        for item in _kept_top_pages(request)
        if item["in_menu"]
    ]


@register.simple_tag(takes_context=True)
@never_fails(list)
def footer_menu(context) -> list[dict]:
    """Title and path of each live page under the home page that is not in the main menu (privacy, notices, ...)."""
    return [item for item in _kept_top_pages(context.get("request")) if not item["in_menu"]]


@register.simple_tag(takes_context=True)
@never_fails(list)
def breadcrumbs(context) -> list[dict[str, str]]:
    """The trail of the page in the context; empty on the home page and where there is no page."""
    page = context.get("page")
    if not hasattr(page, "breadcrumbs"):
        return []
    request = context.get("request")
    if not hasattr(page, "known_breadcrumbs"):  # the frame shows them and the JSON-LD repeats them
        above = ",".join(page.paths_above)
        page.known_breadcrumbs = [
            *shared_part(request, f"trail:{_host(request)}:{above}", lambda: page.breadcrumbs(request)[:-1]),
            {"title": page.title, "url": page.get_url(request) or ""},
        ]
    return page.known_breadcrumbs if len(page.known_breadcrumbs) > 1 else []


@register.simple_tag(takes_context=True)
@never_fails(lambda: "{}")
def structured_data(context) -> str:
    """The JSON-LD of the page in the context, with the practice and the trail."""
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    things = [jsonld.organization(practice(context.get("request")), base_url)]
    page = context.get("page")
    if hasattr(page, "structured_data"):
        things += page.structured_data(context.get("request"))
    if crumbs := context.get("crumbs") or breadcrumbs(context):
        things.append(jsonld.breadcrumb_list(crumbs, base_url))
    return jsonld.dump(things)


@register.simple_tag(takes_context=True)
@never_fails(str)
def current_announcement(context) -> str:
    """The announcement while it runs; its end also ends the time a page may be kept."""
    settings_row = practice(context.get("request"))
    now = timezone.now()
    if not settings_row.announcement or ((until := settings_row.announcement_until) and until <= now):
        return ""
    if until:
        limit(context.get("request"), until=until)
    return settings_row.announcement


@register.simple_tag(takes_context=True)
@never_fails(str)
def staff_userbar(context) -> str:
    """Wagtail's userbar for people with a session cookie and in previews; nothing for anybody else.

    Asking the session of a reader would make the response vary by cookie.
    """
    request = context.get("request")
    if request is None or not (getattr(request, "is_preview", False) or has_session(request)):
        return ""
    return wagtailuserbar(context)


@register.simple_tag
def current_year() -> int:
    """The year in the practice's zone."""
    return timezone.localdate().year
