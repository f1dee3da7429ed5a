"""Posts on other apps' pages."""

from django import template
from django.apps import apps

from blog.models import BlogIndexPage, BlogPostPage
from innerbalance.caching import cached_until_change

register = template.Library()


@register.simple_tag
def latest_posts(limit: int) -> list[BlogPostPage]:
    """The newest live posts with what a card shows of them."""
    return list(_with_cards(BlogPostPage.objects.live())[:limit])


@register.simple_tag
def posts_by(clinician, limit: int = 5) -> list[BlogPostPage]:
    """The newest live posts that `clinician` wrote."""
    return list(_with_cards(BlogPostPage.objects.live().filter(post_authors__clinician=clinician.pk))[:limit])


@register.simple_tag(takes_context=True)
def writers(context) -> list[dict[str, str]]:
    """`slug` and `name` of each clinician with live posts, by name."""

    def found() -> list[dict[str, str]]:
        clinicians = apps.get_model("pages.ClinicianPage").objects.filter(authorships__post__live=True)
        return [{"slug": one.slug, "name": one.name_with_credential} for one in clinicians.distinct().order_by("title")]

    return cached_until_change(context.get("request"), "writers", found)


@register.simple_tag(takes_context=True)
def blog_address(context) -> str:
    """The path of the list of posts, "" when there is none."""
    index = BlogIndexPage.objects.live().first()
    return index.get_url(context.get("request")) if index else ""


def _with_cards(posts):
    return (
        posts.select_related("hero_image")
        .prefetch_related("topics", "post_authors__clinician", "hero_image__renditions")
        .order_by("-first_published_at", "-pk")
    )
