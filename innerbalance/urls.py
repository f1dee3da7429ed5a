"""The composition root: the only place that knows all apps."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from innerbalance.caching.answers import rendered_when_changed
from innerbalance.operations import views as operations_views
from innerbalance.pages import views
from innerbalance.site_map import site_map
from innerbalance.static_files import serve_media

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    # Numbers that no document has are not looked up: a database refuses those beyond its range.
    re_path(r"^documents/(?!(?:authenticate_with_password/)?[0-9]{19})", include(wagtaildocs_urls)),
    path("request-a-consultation/", include("intake.urls")),
    path("newsletter/", include("newsletter.urls")),
    path("self-assessment/", include("assessment.urls")),
    path("search/", views.search, name="search"),
    path("sitemap.xml", site_map),
    path("sitemap-<int:number>.xml", site_map, name="sitemap_file"),
    path("robots.txt", views.robots_txt),
    path(".well-known/security.txt", views.security_txt),
    path("healthz", operations_views.healthz),
    path("readyz", operations_views.readyz),
    path("metrics", operations_views.metrics),
]
if settings.SERVE_MEDIA or settings.STORAGE_URL:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve_media)]
# Wagtail's own, with its pages rendered only when they changed.
urlpatterns += [pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"]
urlpatterns += [re_path(wagtail_urls.serve_pattern, rendered_when_changed(wagtail_views.serve), name="wagtail_serve")]

handler404 = "innerbalance.pages.views.not_found"
handler500 = "innerbalance.pages.views.server_error"
