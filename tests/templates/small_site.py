"""A small site with every page type and every block, for tests that look at pages."""

from io import BytesIO
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from blog.models import BlogIndexPage, BlogPostPage, ClinicalReview, PostAuthor, Topic
from innerbalance.pages.models import ClinicianPage, HomePage, StandardPage, TeamIndexPage
from innerbalance.practice.models import PracticeSettings

RICH = "<p>Some of us lean in, some of us <a href='/search/'>stand back</a>.</p><ul><li>Both can be learned.</li></ul>"


def picture(title: str, colours: tuple[str, str] = ("#eadccb", "#2f6b5e"), size: tuple[int, int] = (800, 600)):
    """A stored picture of a sun over a plain, drawn here."""
    drawing = Image.new("RGB", size, colours[0])
    pen = ImageDraw.Draw(drawing)
    width, height = size
    pen.ellipse((width * 0.3, height * 0.3, width * 0.7, height * 0.9), fill="#eab85c")
    pen.polygon(
        [(0, height), (0, height * 0.7), (width * 0.5, height * 0.6), (width, height * 0.72), (width, height)],
        colours[1],
    )
    data = BytesIO()
    drawing.save(data, "PNG")
    return get_image_model().objects.create(title=title, file=ContentFile(data.getvalue(), f"{title}.png"))


def every_block(image) -> list[tuple[str, object]]:
    """A body with each of the core's ten blocks."""
    heading = [("heading", {"text": text, "level": level}) for text, level in HEADINGS]
    return [
        ("text", RICH),
        ("notice", {"kind": "crisis", "heading": "If you are not safe", "text": "<p>Call 911, or call or text 988.</p>"}),
        heading[0],
        ("text", RICH),
        heading[1],
        ("signs", {"lead_in": "You may know some of these:", "items": ["You cancel your own plans.", "A short answer keeps you awake."]}),
        ("quote", {"text": "A boundary is a sentence, not a wall.", "source": "A saying in our waiting room"}),
        heading[2],
        ("image", {"image": image, "alt": "A low sun over a plain", "decorative": False, "caption": "Evening", "credit": ""}),
        ("comparison", {"caption": "Two ways of being together", "first_side": "Codependent", "second_side": "Interdependent", "rows": ROWS}),
        heading[3],
        ("questions", {"items": [{"question": "Do we both have to come?", "answer": "<p>No. Many begin alone.</p>"}]}),
        ("notice", {"kind": "information", "heading": "A word about words", "text": "<p>We say partner and mean friends, too.</p>"}),
        ("callout", {"heading": "Talk to us", "text": "A first conversation is short.", "buttons": BUTTONS}),
        ("references", {"items": [{"text": "National Institute of Mental Health", "url": "https://www.nimh.nih.gov/"}]}),
    ]  # fmt: skip


HEADINGS = [
    ("When leaning hurts", "h2"),
    ("What it can look like", "h3"),
    ("The middle ground", "h2"),
    ("Where to begin", "h2"),
]
ROWS = [
    {
        "topic": "Talking",
        "first": "Worry keeps the honest sentence back.",
        "second": "There is room for the honest sentence.",
    },
    {"topic": "", "first": "Worth is borrowed from the other.\n\nEach day again.", "second": "Worth is brought along."},
]
BUTTONS = [
    {"text": "Request a consultation", "page": None, "address": "/request-a-consultation/"},
    {"text": "Call us", "page": None, "address": "tel:+14805550100"},
]


def build_small_site() -> SimpleNamespace:
    """Makes and publishes the pages; `paths` names the address of each page type."""
    settings = PracticeSettings.load()
    settings.phone, settings.email = "+14805550100", "office@example.org"
    settings.announcement = "The front office is closed on Thursday."
    settings.save()
    image = picture("Sun over a plain")
    home = HomePage.objects.get()
    home.heading, home.lead, home.hero_image = "Room to breathe", "Counseling in Mesa and Tempe.", image
    home.body = [("heading", {"text": "What people bring", "level": "h2"}), ("text", RICH)]
    home.save_revision().publish()
    team = home.add_child(instance=TeamIndexPage(title="Our team", intro="Who you will talk to.", show_in_menus=True))
    clinician = team.add_child(instance=_clinician(picture("Portrait", ("#dfe9df", "#8c5a74"), (400, 400))))
    topic = Topic.objects.create(name="Relationships", slug="relationships", description="How we are with others.")
    index = home.add_child(
        instance=BlogIndexPage(title="Reading", slug="blog", intro="Short articles.", show_in_menus=True)
    )
    posts = [_post(index, number, image, topic, clinician) for number in range(12)]
    standard = home.add_child(
        instance=StandardPage(title="Privacy", intro="What we keep and what we do not.", body=every_block(image))
    )
    reviewer = get_user_model().objects.create_user("rev", password="x")  # noqa: S106
    now = timezone.now()
    ClinicalReview.objects.create(
        page=posts[0], reviewer=reviewer, reviewer_name="Dana Ortiz, PhD", reviewed_at=now, next_due=now.date()
    )
    paths = {
        "home": "/",
        "standard": standard.url,
        "team": team.url,
        "clinician": clinician.url,
        "blog": index.url,
        "blog second page": f"{index.url}?page=2",
        "topic": f"{index.url}topic/relationships/",
        "author": f"{index.url}author/{clinician.slug}/",
        "post": posts[0].url,
        "plain post": posts[1].url,
        "search": "/search/?q=lean",
        "search without results": "/search/?q=zebra",
        "not found": "/no-such-page/",
    }
    return SimpleNamespace(paths=paths, home=home, posts=posts, clinician=clinician, index=index, image=image)


def _clinician(portrait) -> ClinicianPage:
    return ClinicianPage(
        title="Katy Example",
        credential="LPC",
        license_number="LPC-00000",
        portrait=portrait,
        summary="Works with adults and couples.",
        focus_areas=[("area", "Relationships"), ("area", "Self-esteem")],
        body=[("text", RICH)],
    )


def _post(index, number: int, image, topic, clinician) -> BlogPostPage:
    """Post 0 has everything; every third has no picture."""
    post = BlogPostPage(
        title="Codependency and interdependency: leaning without falling" if number == 0 else f"Leaning, part {number}",
        summary="Where needing each other begins to hurt, and what the middle looks like.",
        hero_image=None if number % 3 == 1 else image,
        hero_alt="A low sun over a plain",
        body=every_block(image) if number == 0 else [("text", RICH)],
        quick_exit=number == 2,
    )
    index.add_child(instance=post)
    post.topics = [topic]
    post.post_authors = [PostAuthor(clinician=clinician)]
    post.save_revision().publish()
    return post
