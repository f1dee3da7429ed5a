"""Posts on other apps' pages."""

from django import template
from django.db.models import Exists, OuterRef

from blog.models import BlogIndexPage, BlogPostPage
from innerbalance.caching import shared_part
from innerbalance.pages.models import ClinicianPage

register = template.Library()


@register.simple_tag
def latest_posts(limit: int) -> list[BlogPostPage]:
    """The newest posts with what a card shows of them."""
    return list(BlogPostPage.objects.published().with_cards()[:limit])


@register.simple_tag
def posts_by(clinician, limit: int = 5) -> list[BlogPostPage]:
    """The newest posts that `clinician` wrote."""
    return list(BlogPostPage.objects.published().with_cards().filter(post_authors__clinician=clinician.pk)[:limit])


@register.simple_tag(takes_context=True)
def post_authors(context) -> list[dict[str, str]]:
    """`slug` and `name` of each clinician with published posts, by name."""

    def find() -> list[dict[str, str]]:
        posts = BlogPostPage.objects.published().order_by().filter(post_authors__clinician=OuterRef("pk"))
        clinicians = ClinicianPage.objects.filter(Exists(posts)).order_by("title")
        return [{"slug": one.slug, "name": one.name_with_credential} for one in clinicians]

    return shared_part(context.get("request"), "post-authors", find)


@register.simple_tag(takes_context=True)
def blog_address(context) -> str:
    """The path of the list of posts, "" when there is none for readers."""
    index = BlogIndexPage.objects.live().public().first()
    return index.get_url(context.get("request")) if index else ""
