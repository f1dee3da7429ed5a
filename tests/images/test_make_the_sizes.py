"""Somebody uploads, changes or deletes a picture; readers get it in sizes that fit and wait for none of them."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from innerbalance.caching.version import read
from innerbalance.images.jobs import make_sizes
from innerbalance.images.models import PracticeImage
from innerbalance.images.sizes import FORMATS, MADE_AHEAD, OTHERS, PLACES, SHARED
from tests.factories import make_image, make_post, make_user

TAG = re.compile(r"{%\s*(?:image|picture|srcset_image)\s+\S+\s+(.*?)%}", re.DOTALL)
OPERATION = re.compile(r"^[a-z]+-[\w{},]+$")
PLACE = re.compile(r"{%\s*picture_at\s+\S+\s+(\S+)")
INCLUDED_AT = re.compile(r'includes/(?:picture|portrait)\.html"[^%]*place="(\w+)"')


@pytest.fixture
def made_files(monkeypatch) -> list[str]:
    """The specs of the files that are made from here on."""
    made: list[str] = []
    make = PracticeImage.generate_rendition_file

    def noting(self, filter, **options):
        made.append(filter.spec)
        return make(self, filter, **options)

    monkeypatch.setattr(PracticeImage, "generate_rendition_file", noting)
    return made


def specs_of(image) -> set[tuple[str, str]]:
    return set(image.renditions.values_list("filter_spec", "focal_point_key"))


def templates() -> list[Path]:
    return [path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder).rglob("*.html")]


def test_templates_ask_for_no_size_that_is_not_on_the_list():
    asked, places = set(), set()
    for path in templates():
        text = path.read_text()
        for inside in TAG.findall(text):
            asked.add("|".join(word for word in inside.split() if OPERATION.match(word)))
        places |= {word.strip('"') for word in PLACE.findall(text)} | set(INCLUDED_AT.findall(text))
    assert asked == set(OTHERS)
    assert places - {"place", "page"} <= set(PLACES)
    for path in [*Path("blog").rglob("*.py"), *Path("innerbalance/pages").rglob("*.py")]:
        assert set(re.findall(r"get_rendition\(['\"]([^'\"]+)", path.read_text())) <= {SHARED}


def test_after_housekeeping_no_reader_waits_for_a_size(client, blog, made_files):
    make_post(blog, slug="p", hero_image=make_image(), hero_alt="A path")
    assert make_sizes(timezone.now()) == "made the sizes of 1 pictures"
    assert sorted(made_files) == sorted(MADE_AHEAD)
    made_files.clear()
    picture = BeautifulSoup(client.get("/blog/p/").text, "html.parser").main.picture
    assert picture.source["type"] == "image/webp"
    assert len(picture.source["srcset"].split(",")) == len(picture.img["srcset"].split(",")) == 5
    client.get("/blog/")
    assert made_files == []
    assert make_sizes(timezone.now()) == ""


def test_before_it_a_reader_waits_for_one_jpeg(client, blog, made_files):
    make_post(blog, slug="p", hero_image=make_image(), hero_alt="A path")
    page = BeautifulSoup(client.get("/blog/p/").text, "html.parser")
    place = PLACES["opening"]
    assert set(made_files) == {place.specs("jpeg")[place.quick], SHARED}
    assert page.main.picture.img["src"].endswith(".jpg")
    assert page.main.picture.img["alt"] == "A path"


def test_pages_are_new_when_the_sizes_are_there(blog):
    make_image()
    before = read(None)
    make_sizes(timezone.now())
    assert read(None) != before


def test_another_focal_point_gets_its_own_sizes(db):
    image = make_image()
    make_sizes(timezone.now())
    before = specs_of(image)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 400, 300, 80, 60
    image.save()
    make_sizes(timezone.now())
    fills = {spec for spec, _ in before if spec.startswith("fill-")}
    assert {spec for spec, _ in specs_of(image) - before} == fills


def test_another_file_gets_new_sizes_and_the_old_are_gone(client, admin_client, db):
    image = make_image()
    make_sizes(timezone.now())
    old = {rendition.file.name for rendition in image.renditions.all()}
    other = make_image("Another", width=900, height=900)
    data = {"title": "A path", "collection": image.collection_id, "file": ContentFile(other.file.read(), "new.jpg")}
    assert admin_client.post(f"/admin/images/{image.pk}/", data).status_code == 302
    make_sizes(timezone.now())
    new = {rendition.file.name for rendition in image.renditions.all()}
    assert {spec for spec, _ in specs_of(image)} >= set(MADE_AHEAD)
    assert not old & new


def test_a_deleted_picture_leaves_no_file(django_capture_on_commit_callbacks, db):
    image = make_image()
    make_sizes(timezone.now())
    files = [rendition.file for rendition in image.renditions.all()]
    assert all(file.storage.exists(file.name) for file in files)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not any(file.storage.exists(file.name) for file in files)


def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(db):
    broken, good = make_image("Broken"), make_image("Good")
    broken.file.storage.delete(broken.file.name)
    said = make_sizes(timezone.now())
    assert said == f"made the sizes of 1 pictures; could not read picture {broken.pk}"
    assert {spec for spec, _ in specs_of(good)} == set(MADE_AHEAD)
    assert make_sizes(timezone.now()) == ""


def test_a_picture_saved_while_its_sizes_are_made_is_due_again(db, monkeypatch):
    image = make_image()

    def make_and_be_saved(self, *filters):
        PracticeImage.objects.get(pk=self.pk).save()
        return {}

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(PracticeImage, "create_renditions", make_and_be_saved)
        make_sizes(timezone.now())
    make_sizes(timezone.now())
    assert {spec for spec, _ in specs_of(image)} == set(MADE_AHEAD)


def test_uploading_makes_none_of_the_sizes_readers_get(client, db, made_files):
    client.force_login(make_user("Editors"))
    file = ContentFile(make_image().file.read(), "new.jpg")
    answer = client.post("/admin/images/add/", {"title": "A picture", "file": file, "collection": 1})
    assert answer.status_code == 302
    assert not set(made_files) & set(MADE_AHEAD)


def test_a_list_asks_the_database_alike_with_one_picture_and_with_ten(client, blog):
    asked = []
    for posts in (1, 9):
        for _ in range(posts):
            make_post(blog, hero_image=make_image(), hero_alt="A path")
        while make_sizes(timezone.now()):
            pass
        client.get("/blog/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/blog/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_every_place_has_each_format():
    assert all(spec in MADE_AHEAD for place in PLACES.values() for each in FORMATS for spec in place.specs(each))
