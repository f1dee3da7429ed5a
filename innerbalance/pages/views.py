"""Addresses that are no pages: search, robots.txt, security.txt, and the error pages."""

import sys
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from innerbalance.practice.last_known_phone import last_known_phone
from innerbalance.practice.services import practice
from innerbalance.search import clean_query, excerpt, find_pages, highlighted, page_text

RESULTS_A_PAGE = 10
SECURITY_TXT_HOLDS = timedelta(days=180)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&page=…`: any query string gets a page; a page number that does not exist gets the first or last."""
    query = clean_query(request.GET.get("q", ""))
    results = find_pages(query, request)
    page = Paginator(results, RESULTS_A_PAGE).get_page(request.GET.get("page"))
    ids = list(page)
    specific = {one.pk: one for one in Page.objects.filter(pk__in=ids).specific()}
    found = [
        {
            "url": specific[pk].get_url(request),
            "title": highlighted(specific[pk].title, query),
            "kind": specific[pk].page_type_display_name,
            "excerpt": excerpt(page_text(specific[pk]), query),
        }
        for pk in ids
        if pk in specific
    ]
    return render(request, "search.html", {"query": query, "found": found, "results": page})


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", "", f"Sitemap: {base_url}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a security problem. 404 while the practice has named no email address."""
    data = practice(request)
    contact = data.security_contact or data.email
    if not contact:
        raise Http404("No security contact is set.")
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {(today + SECURITY_TXT_HOLDS).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en, es",
        f"Canonical: {base_url}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"path": request.path[:200]}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault. It asks no database: that may be what is broken. The phone number is the last one known.

    While the database does not answer it is a 503, so that search engines and monitors come back later.
    """
    away = isinstance(sys.exc_info()[1], DatabaseError)
    html = render_to_string("503.html" if away else "500.html", {"phone": last_known_phone()})
    headers = {"Cache-Control": "no-store", **({"Retry-After": "120"} if away else {})}
    return HttpResponse(html, status=503 if away else 500, headers=headers)
