"""The site's own address comes from BASE_URL alone; Wagtail's site record follows it.

Wagtail builds absolute addresses (canonical links, feeds, the site map) from the record. There is one site, so nobody
edits the record: the admin has no page for it.
"""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from wagtail.models import Site

logger = logging.getLogger(__name__)
PORTS = {"http": 80, "https": 443}


def follow_base_url() -> bool:
    """Give the default site record the host and port of BASE_URL; whether it had others. May be called at any time.

    Wagtail's record knows no scheme: port 443 means https, any other http.
    """
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = Site.objects.filter(is_default_site=True).first()
    wanted = (address.hostname or "localhost", address.port or PORTS.get(address.scheme, 80))
    if site is None or (site.hostname, site.port) == wanted:
        return False
    site.hostname, site.port = wanted
    site.save(update_fields=["hostname", "port"])  # Wagtail then forgets the addresses it had in the cache
    return True


def follow_base_url_at_start() -> None:
    """The same for a process that starts, and that starts without a database too."""
    try:
        follow_base_url()
    except DatabaseError:
        logger.warning("The site's address was not compared with BASE_URL: the database can't be asked")


def follow_base_url_after_migrate(sender: object, **kwargs: object) -> None:
    """Receives `post_migrate`, which is sent when all apps' migrations are done: the record is there."""
    follow_base_url_at_start()
