"""Makes the things that tests need, with no more than the test asks for."""

import io
import itertools
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from PIL import Image

from blog.models import BlogIndexPage, BlogPostPage, Topic
from blog.services.reviews import put_under_review
from innerbalance.images.models import PracticeImage
from innerbalance.pages.models import ClinicianPage, StandardPage, TeamIndexPage

numbers = itertools.count(1)
PASSWORD = "a quiet desert morning"


def make_user(role: str, username: str = ""):
    user = get_user_model().objects.create_user(
        username=username or f"{role.lower().replace(' ', '-')}-{next(numbers)}",
        password=PASSWORD,
        email="x@example.org",
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def make_user_with(*permissions: str, is_active: bool = True):
    """Somebody in no role, with exactly these permissions ("app.codename")."""
    user = get_user_model().objects.create_user(
        username=f"somebody-{next(numbers)}", password=PASSWORD, email="x@example.org", is_active=is_active
    )
    for permission in permissions:
        app_label, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return user


def make_blog(home) -> BlogIndexPage:
    index = home.add_child(
        instance=BlogIndexPage(title="Articles", slug="blog", intro="What we write.", show_in_menus=True)
    )
    put_under_review(index=index)
    return index


def make_team(home) -> TeamIndexPage:
    return home.add_child(instance=TeamIndexPage(title="Our team", slug="team", show_in_menus=True))


def make_clinician(team, name: str = "Ada Sample", credential: str = "LPC", **fields) -> ClinicianPage:
    return team.add_child(instance=ClinicianPage(title=name, credential=credential, **fields))


def make_standard_page(home, title: str = "Services", **fields) -> StandardPage:
    return home.add_child(instance=StandardPage(title=title, **fields))


def make_topic(name: str = "Relationships") -> Topic:
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def make_post(
    index,
    *,
    title: str = "",
    body: list | None = None,
    authors: tuple = (),
    topics: tuple = (),
    published: datetime = datetime(2026, 3, 4, 16, 0, tzinfo=UTC),
    live: bool = True,
    **fields,
) -> BlogPostPage:
    """A post as an editor leaves it: with a revision, live unless told otherwise."""
    title = title or f"Post number {next(numbers)}"
    fields = {"summary": f"What {title} says.", **fields}
    post = BlogPostPage(title=title, body=body or [("text", "<p>Some words.</p>")], live=False, **fields)
    index.add_child(instance=post)
    for order, clinician in enumerate(authors):
        post.post_authors.create(clinician=clinician, sort_order=order)
    post.topics.set(topics)
    post.first_published_at = published
    revision = post.save_revision()
    if live:
        revision.publish()
        BlogPostPage.objects.filter(pk=post.pk).update(first_published_at=published, last_published_at=published)
    post.refresh_from_db()
    return post


def make_image(title: str = "A path", width: int = 1600, height: int = 900) -> PracticeImage:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (200, 150, 110)).save(buffer, "JPEG")
    return PracticeImage.objects.create(title=title, file=ContentFile(buffer.getvalue(), f"{title}.jpg"))
