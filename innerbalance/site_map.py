"""The site map: one file while the site is small, else an index of files, so that no request writes all addresses."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from innerbalance.caching import cached_until_change

PAGES_IN_FILE = 150
"""The protocol allows 50,000; a file this small costs about what any other page does."""

NEEDED = (
    "title",
    "path",
    "depth",
    "url_path",
    "locale",
    "content_type",
    "last_published_at",
    "latest_revision_created_at",
)


class SiteMap(Sitemap):
    """Live, public pages of the request's site. Of each only what its address needs is read."""

    limit = PAGES_IN_FILE

    def items(self):
        pages = self.get_wagtail_site().root_page.get_descendants(inclusive=True).live().public()
        return pages.order_by("path").only(*NEEDED)

    @cached_property
    def number_of_pages(self) -> int:
        return cached_until_change(self.request, "site-map-pages", self.items().count)

    @property
    def number_of_files(self) -> int:
        return max(1, -(-self.number_of_pages // self.limit))

    def entries(self, number: int) -> list[dict]:
        """What file `number` lists, from 1 on. A page's own class may name several addresses."""
        start = (number - 1) * self.limit
        pages = self.items()[start : start + self.limit]
        return [entry for page in pages for entry in _whole(page).get_sitemap_urls(self.request)]


def _whole(page: Page) -> Page:
    """`page` as its own class where that has a say in its addresses. Most have none, and are read in one query."""
    own = page.specific_class or Page
    plain = all(getattr(own, name) is getattr(Page, name) for name in ("get_sitemap_urls", "get_url_parts"))
    return page if plain else page.specific


@require_safe
def site_map(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """`/sitemap.xml`, and `/sitemap-2.xml` and so on when it is an index of files. 404 for a file that is not there."""
    pages = SiteMap(request)
    if number is None and pages.number_of_files > 1:
        base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        files = [base_url + reverse("sitemap_file", args=[one]) for one in range(1, pages.number_of_files + 1)]
        context = {"sitemaps": [{"location": file} for file in files]}
        return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
    if (number or 1) not in range(1, pages.number_of_files + 1):
        raise Http404("No such file of the site map.")
    context = {"urlset": pages.entries(number or 1)}
    return TemplateResponse(request, "sitemap.xml", context, content_type="application/xml")
