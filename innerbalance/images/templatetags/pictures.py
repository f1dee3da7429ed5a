"""The one way a template shows a picture to readers."""

import functools

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter, Picture

from innerbalance.images.sizes import FORMATS, PLACES

register = template.Library()


@register.simple_tag
def picture_at(image, place: str, alt: str = "") -> SafeString:
    """`image` as it is shown at `place` (innerbalance.images.sizes), with the sizes that are made.

    While some are missing, a reader gets one JPEG and waits for no other.
    """
    where = PLACES[place]
    wanted = [filter_for(spec) for file_format in FORMATS for spec in where.specs(file_format)]
    made = image.find_existing_renditions(*wanted)
    if len(made) < len(wanted):
        quick = where.specs(FORMATS[-1])[where.quick]
        shown = {quick: image.get_rendition(quick)}
    else:
        # In the order of the list: the first is what a browser without srcset takes.
        shown = {each.spec: made[each] for each in wanted}
        _remember(image, made)
    attributes = {"sizes": where.sizes, "alt": alt}
    if where.lazy:
        attributes |= {"loading": "lazy", "decoding": "async"}
    elif place != "byline":
        attributes["fetchpriority"] = "high"
    return mark_safe(Picture(shown, attributes).__html__())  # noqa: S308 (Wagtail escapes the attributes)


@functools.cache
def filter_for(spec: str) -> Filter:
    """One of the few specs of the places: read once for a process, where reading costs more than showing."""
    return Filter(spec=spec)


def _remember(image, made) -> None:
    """As Wagtail's own tags: the next page with this picture finds its files in the cache."""
    model = image.get_rendition_model()
    fresh = {
        model.construct_cache_key(image, each.get_cache_key(image), each.spec): rendition
        for each, rendition in made.items()
        if not getattr(rendition, "_from_cache", False)
    }
    if fresh:
        model.cache_backend.set_many(fresh)
