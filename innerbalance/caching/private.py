"""The headers of an answer that is for one person: in one place, for readers' private pages and for the admin."""

from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control


def set_private_headers(response: HttpResponseBase, *, indexed: bool = False) -> HttpResponseBase:
    """Kept by no browser and no proxy, and other sites never hear the address.

    `indexed`: search engines may list the page (they keep no copy). Not where the address itself is the key.
    """
    del response.headers["Cache-Control"]
    patch_cache_control(response, private=True, no_store=True)
    # "same-origin" and not "no-referrer": with the latter browsers send `Origin: null` with the form.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noarchive" if indexed else "noindex, noarchive"
    return response
