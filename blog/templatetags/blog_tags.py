"""Posts on other apps' pages."""

from django import template
from django.apps import apps

from blog.models import BlogIndexPage, BlogPostPage

register = template.Library()


@register.simple_tag
def latest_posts(limit: int) -> list[BlogPostPage]:
    """The newest live posts with what a card shows of them."""
    return list(_with_cards(BlogPostPage.objects.live())[:limit])


@register.simple_tag
def posts_by(clinician, limit: int = 5) -> list[BlogPostPage]:
    """The newest live posts that `clinician` wrote."""
    return list(_with_cards(BlogPostPage.objects.live().filter(post_authors__clinician=clinician.pk))[:limit])


@register.simple_tag
def writers() -> list:
    """The clinicians with live posts, by name."""
    return list(
        apps.get_model("pages.ClinicianPage").objects.filter(authorships__post__live=True).distinct().order_by("title")
    )


@register.simple_tag(takes_context=True)
def blog_address(context) -> str:
    """The path of the list of posts, "" when there is none."""
    index = BlogIndexPage.objects.live().first()
    return index.get_url(context.get("request")) if index else ""


def _with_cards(posts):
    return (
        posts.select_related("hero_image")
        .prefetch_related("topics", "post_authors__clinician")
        .order_by("-first_published_at", "-pk")
    )
