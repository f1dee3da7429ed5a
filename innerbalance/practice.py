"""The practice's own data (name, phone, crisis text), for code of the core that may not import the pages app."""

from django.apps import apps


def practice(request=None):
    """The site's `pages.PracticeSettings`, with defaults on an empty site; read once for a request when it is given."""
    return apps.get_model("pages", "PracticeSettings").load(request_or_site=request)
