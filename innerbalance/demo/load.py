"""Fills an empty site with the demo's pages: first every page, then the bodies, whose links need the pages to exist."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from blog.models import BlogIndexPage, BlogPostPage, ClinicalReview, ClinicalReviewTask, Topic
from blog.models.reviews import ReviewDue
from blog.services.reviews import put_under_review
from innerbalance.caching import touch_site
from innerbalance.demo.accounts import create_accounts
from innerbalance.demo.bodies import to_body
from innerbalance.demo.content.article import ARTICLE
from innerbalance.demo.content.assessment import create_assessment
from innerbalance.demo.content.home import BLOG_INTRO, HOME, PRACTICE
from innerbalance.demo.content.newsletter import CHOICES, DRAFT, LETTERS, NEWSLETTER
from innerbalance.demo.content.offices import create_offices
from innerbalance.demo.content.people import CLINICIANS, LICENSE, TEAM_INTRO
from innerbalance.demo.content.posts import POSTS
from innerbalance.demo.content.services import SERVICES
from innerbalance.demo.content.shapes import Body, ClinicianText, PageText, PostText
from innerbalance.demo.content.small_print import SMALL_PRINT
from innerbalance.demo.content.topics import TOPICS
from innerbalance.demo.pictures import PICTURES
from innerbalance.images.models import PracticeImage
from innerbalance.pages.models import ClinicianPage, HomePage, StandardPage, TeamIndexPage
from innerbalance.practice.models import PracticeSettings
from innerbalance.site_address import follow_base_url
from newsletter.desk.page_hooks import let_office_write
from newsletter.models import NewsletterIndexPage, NewsletterIssuePage, NewsletterTopic

REVIEWER_PAGE = "june-abara"
MORNING = time(9, 30)
SITE_AGE = timedelta(weeks=26)


@dataclass
class Site:
    """What is made so far. `unwritten` holds pages that still wait for their body, with it and their date;
    `drafts` those that readers don't see."""

    home: HomePage
    users: dict
    pictures: dict[str, PracticeImage]
    begun: datetime
    clinicians: dict[str, ClinicianPage] = field(default_factory=dict)
    unwritten: list[tuple[Page, Body, datetime]] = field(default_factory=list)
    drafts: list[Page] = field(default_factory=list)

    def plant(self, parent: Page, page: Page, body: Body, published: datetime | None = None) -> Page:
        """Put `page` under `parent`; its body follows."""
        page.owner = self.users["editor"]
        page.live = False
        parent.add_child(instance=page)
        self.unwritten.append((page, body, published or self.begun))
        return page


def load_demo(*, now: datetime) -> bool:
    """Load everything, all or nothing; False, and nothing done, when somebody has worked on the site's pages.

    The log of pages outlives them: a site whose demo pages were deleted does not get them again.
    """
    with transaction.atomic():
        home = HomePage.objects.get()
        if home.get_children().exists() or PageLogEntry.objects.exists():
            return False
        site = Site(home, create_accounts(), add_pictures(), workday(now - SITE_AGE))
        plant_pages(site, now)
        write_bodies(site)
        review_posts(site)
        touch_site(now)
    return True


def workday(moment: datetime) -> datetime:
    """Half past nine, in the practice's zone, on the Tuesday of that week."""
    day = timezone.localtime(moment).date()
    return timezone.make_aware(datetime.combine(day - timedelta(days=day.weekday() - 1), MORNING))


def add_pictures() -> dict[str, PracticeImage]:
    """Every picture of the demo by its name, with its focal point."""
    added = {}
    for name, picture in PICTURES.items():
        with picture.path.open("rb") as file:
            image = PracticeImage(title=picture.title, description=picture.alt, file=File(file, f"{name}.jpg"))
            width, height = image.width, image.height
            image.focal_point_x, image.focal_point_y = (
                round(width * picture.focus[0]),
                round(height * picture.focus[1]),
            )
            image.focal_point_width, image.focal_point_height = width // 4, height // 4
            image.save()
        added[name] = image
    return added


def plant_pages(site: Site, now: datetime) -> None:
    """Settings, then every page in the order of the menu."""
    practice = PracticeSettings.load()
    for name, value in PRACTICE.items():
        setattr(practice, name, value)
    practice.full_clean()
    practice.save()
    follow_base_url()

    home = site.home
    home.heading, home.lead, home.search_description = HOME.heading, HOME.lead, HOME.description
    home.hero_image = site.pictures[HOME.picture]
    home.owner = site.users["owner"]
    site.unwritten.append((home, HOME.body, site.begun))

    plant_standard(site, home, SERVICES)
    team = site.plant(home, TeamIndexPage(title="Team", slug="team", intro=TEAM_INTRO, show_in_menus=True), [])
    offices = {office.slug: office for office in create_offices(home)}
    home.refresh_from_db(fields=["numchild"])
    for text in CLINICIANS:
        plant_clinician(site, team, text, [offices[slug] for slug in text.offices])
    blog = site.plant(home, BlogIndexPage(title="Articles", slug="blog", intro=BLOG_INTRO, show_in_menus=True), [])
    put_under_review(index=blog)
    topics = {text.slug: Topic.objects.get_or_create(slug=text.slug, defaults=topic_fields(text))[0] for text in TOPICS}
    for post in sorted([ARTICLE, *POSTS], key=lambda post: -post.weeks_ago):
        published = workday(now - timedelta(weeks=post.weeks_ago))
        plant_post(site, blog, post, [topics[slug] for slug in post.topics], published)
    plant_letters(site, now)
    for text in SMALL_PRINT:
        plant_standard(site, home, text)


def plant_letters(site: Site, now: datetime) -> None:
    """The newsletter's page, what readers can choose, letters in the archive and one draft.

    The letters are pages alone: no sending stands behind them, for nobody has got them.
    """
    for order, choice in enumerate(CHOICES):
        defaults = {"description": choice.description, "sort_order": order}
        NewsletterTopic.objects.get_or_create(name=choice.name, defaults=defaults)
    index = site.plant(site.home, NewsletterIndexPage(title="Newsletter", slug="newsletter", **NEWSLETTER), [])
    let_office_write(index)
    for letter in (*LETTERS, DRAFT):
        page = NewsletterIssuePage(title=letter.title, slug=letter.slug, preview_text=letter.preview_text)
        site.plant(index, page, letter.body, workday(now - timedelta(weeks=letter.weeks_ago)))
        if letter is DRAFT:
            site.drafts.append(page)


def topic_fields(text) -> dict[str, str]:
    return {"name": text.name, "description": text.description}


def plant_standard(site: Site, parent: Page, text: PageText) -> None:
    page = StandardPage(title=text.title, slug=text.slug, intro=text.intro, show_in_menus=text.menu)
    site.plant(parent, page, text.body)
    for child in text.children:
        plant_standard(site, page, child)


def plant_clinician(site: Site, team: Page, text: ClinicianText, offices: list) -> None:
    page = ClinicianPage(
        title=text.name,
        slug=text.slug,
        credential=text.credential,
        license_number=LICENSE,
        pronouns=text.pronouns,
        portrait=site.pictures[text.portrait],
        summary=text.summary,
        focus_areas=[("area", area) for area in text.focus_areas],
        accepts_new_clients=text.accepts_new_clients,
        user=site.users["reviewer"] if text.slug == REVIEWER_PAGE else None,
    )
    site.plant(team, page, text.body)
    page.offices.set(offices)
    site.clinicians[text.slug] = page


def plant_post(site: Site, blog: Page, text: PostText, topics: list, published: datetime) -> None:
    page = BlogPostPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        hero_image=site.pictures[text.picture],
        hero_alt=PICTURES[text.picture].alt,
        quick_exit=text.quick_exit,
    )
    site.plant(blog, page, text.body, published)
    for order, slug in enumerate(text.authors):
        page.post_authors.create(clinician=site.clinicians[slug], sort_order=order)
    page.topics.set(topics)


def write_bodies(site: Site) -> None:
    """Give each page its body, as a revision that is live since the page's date."""
    assessment = create_assessment()
    page_ids = {page.get_url() or "": page.pk for page in Page.objects.descendant_of(site.home, inclusive=True)}
    for page, body, published in site.unwritten:
        if body:
            page.body = to_body(body, pictures=site.pictures, assessment=assessment, page_ids=page_ids)
        if page in site.drafts:
            page.save_revision(user=page.owner)
            continue
        page.first_published_at = published
        page.save_revision(user=page.owner).publish(user=page.owner, skip_permission_checks=True)
        Page.objects.filter(pk=page.pk).update(first_published_at=published, last_published_at=published)


def review_posts(site: Site) -> None:
    """Note for the posts that say so that the reviewer approved them the day before they came out."""
    task = ClinicalReviewTask.objects.filter(active=True).first()
    reviewer = site.users["reviewer"]
    reviewed = [text.slug for text in (ARTICLE, *POSTS) if text.reviewed]
    for post in BlogPostPage.objects.filter(slug__in=reviewed):
        day_before = post.first_published_at - timedelta(days=1)
        ClinicalReview.objects.record(
            revision=post.live_revision, reviewer=reviewer, now=day_before, holds_months=task.holds_months
        )
    ReviewDue.objects.settle(ReviewDue.objects.wrong())  # the dates of publication were set past `Page.save`
