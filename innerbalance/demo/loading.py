"""Load the demo content into an empty site, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPostPage, PostAuthor, Topic
from blog.reviews import put_under_review
from innerbalance.demo.accounts import Accounts, make_accounts
from innerbalance.demo.content.article import ARTICLE
from innerbalance.demo.content.assessment import create_assessment
from innerbalance.demo.content.home import BLOG_INTRO, HOME, PRACTICE
from innerbalance.demo.content.offices import create_offices
from innerbalance.demo.content.people import CLINICIANS, LICENCE, TEAM_INTRO
from innerbalance.demo.content.posts import POSTS
from innerbalance.demo.content.services import SERVICES
from innerbalance.demo.content.shapes import Body, ClinicianText, PageText, PostText
from innerbalance.demo.content.small_print import SMALL_PRINT
from innerbalance.demo.content.topics import TOPICS
from innerbalance.demo.pictures import PICTURES
from innerbalance.images.models import PracticeImage
from innerbalance.pages.models import ClinicianPage, HomePage, PracticeSettings, StandardPage, TeamIndexPage


def is_empty() -> bool:
    """Whether the site has nothing but the home page that migrations make."""
    return not Page.objects.filter(depth__gt=2).exists()


@transaction.atomic
def load(*, password: str, now: datetime) -> None:
    """Make everything: accounts, pictures, pages, posts. Call it on an empty site only."""
    accounts = make_accounts(password)
    practice = PracticeSettings.load()
    for name, value in PRACTICE.items():
        setattr(practice, name, value)
    practice.save()
    made = Loader(accounts, now)
    home = made.home()
    made.standard_page(home, SERVICES)
    offices = {office.slug: office for office in create_offices(home)}
    clinicians = made.team(home, offices)
    made.blog(home, clinicians)
    for page in SMALL_PRINT:
        made.standard_page(home, page)


class Loader:
    """Turns the texts into pages; knows the pictures and the assessment that bodies name."""

    def __init__(self, accounts: Accounts, now: datetime) -> None:
        self.accounts, self.now = accounts, now
        self.pictures = {name: _picture(name) for name in PICTURES}
        self.assessment = create_assessment()

    def home(self) -> HomePage:
        home = HomePage.objects.get()
        home.heading, home.lead, home.search_description = HOME.heading, HOME.lead, HOME.description
        home.hero_image, home.body = self.pictures[HOME.picture], self.body(HOME.body)
        home.save_revision(user=self.accounts.editor).publish()
        return home

    def standard_page(self, parent: Page, words: PageText) -> None:
        page = StandardPage(
            title=words.title, slug=words.slug, intro=words.intro, body=self.body(words.body), show_in_menus=words.menu
        )
        self.publish(parent, page)
        for child in words.children:
            self.standard_page(page, child)

    def team(self, home: Page, offices: dict[str, Any]) -> dict[str, ClinicianPage]:
        index = self.publish(home, TeamIndexPage(title="Our team", slug="team", intro=TEAM_INTRO, show_in_menus=True))
        return {words.slug: self.clinician(index, words, offices) for words in CLINICIANS}

    def clinician(self, index: Page, words: ClinicianText, offices: dict[str, Any]) -> ClinicianPage:
        page = ClinicianPage(
            title=words.name,
            slug=words.slug,
            credential=words.credential,
            licence_number=LICENCE,
            licence_state="Arizona",
            pronouns=words.pronouns,
            portrait=self.pictures[words.portrait],
            summary=words.summary,
            focus_areas=[("area", area) for area in words.focus_areas],
            accepts_new_clients=words.accepts_new_clients,
            body=self.body(words.body),
            user=self.accounts.reviewer if words.slug == "june-abara" else None,
        )
        page.offices.set([offices[slug] for slug in words.offices])
        return self.publish(index, page)

    def blog(self, home: Page, clinicians: dict[str, ClinicianPage]) -> None:
        index = self.publish(home, BlogIndexPage(title="Articles", slug="blog", intro=BLOG_INTRO, show_in_menus=True))
        put_under_review(index)
        topics = {
            words.slug: Topic.objects.create(slug=words.slug, name=words.name, description=words.description)
            for words in TOPICS
        }
        for words in (ARTICLE, *POSTS):
            self.post(index, words, clinicians, topics)

    def post(
        self, index: Page, words: PostText, clinicians: dict[str, ClinicianPage], topics: dict[str, Topic]
    ) -> None:
        post = BlogPostPage(
            title=words.title,
            slug=words.slug,
            summary=words.summary,
            hero_image=self.pictures[words.picture],
            hero_alt=PICTURES[words.picture].alt,
            body=self.body(words.body),
            quick_exit=words.quick_exit,
            live=False,
        )
        post.post_authors.set(
            [PostAuthor(clinician=clinicians[slug], sort_order=place) for place, slug in enumerate(words.authors)]
        )
        post.topics.set([topics[slug] for slug in words.topics])
        index.add_child(instance=post)
        revision = post.save_revision(user=self.accounts.editor)
        if words.reviewed:
            self.review(post)
        else:
            revision.publish(user=self.accounts.owner)
        published = self.now - timedelta(weeks=words.weeks_ago)
        BlogPostPage.objects.filter(pk=post.pk).update(first_published_at=published, last_published_at=published)

    def review(self, post: BlogPostPage) -> None:
        """As in the admin: the editor sends the post to review, the reviewer approves, and that puts it live."""
        state = post.get_workflow().start(post, self.accounts.editor)
        task_state = state.current_task_state
        task_state.task.specific.on_action(task_state, self.accounts.reviewer, "approve")

    def publish(self, parent: Page, page: Any) -> Any:
        parent.add_child(instance=page)
        page.save_revision(user=self.accounts.owner).publish(user=self.accounts.owner)
        return page

    def body(self, blocks: Body) -> list[tuple[str, Any]]:
        return list(self._resolved(blocks))

    def _resolved(self, blocks: Body) -> Iterable[tuple[str, Any]]:
        for kind, value in blocks:
            if kind == "image":
                yield kind, {**value, "image": self.pictures[value["image"]]}
            elif kind == "assessment":
                yield kind, self.assessment
            else:
                yield kind, value


def _picture(name: str) -> PracticeImage:
    picture = PICTURES[name]
    file = ContentFile(picture.path.read_bytes(), picture.path.name)
    image = PracticeImage.objects.create(title=picture.title, description=picture.alt, file=file)
    across, down = picture.focus
    image.focal_point_x, image.focal_point_y = round(image.width * across), round(image.height * down)
    image.focal_point_width = image.focal_point_height = round(min(image.width, image.height) * 0.4)
    image.save()
    return image
