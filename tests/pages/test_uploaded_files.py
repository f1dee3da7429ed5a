"""What editors upload: pictures that cannot run scripts, and documents that only those may read who may."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from innerbalance.images.models import PracticeImage
from tests.factories import make_user

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def upload(client, home):
    client.force_login(make_user("Editors"))

    def send(name: str, content: bytes):
        file = ContentFile(content, name=name)
        return client.post("/admin/images/add/", {"title": "A picture", "file": file, "collection": 1})

    return send


def test_a_picture_is_taken(upload):
    upload("a.png", png())
    assert PracticeImage.objects.count() == 1


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg", "a.SVG", "a.png.svg", "a.svgz"])
def test_an_svg_is_refused_whatever_its_name(upload, name):
    assert upload(name, SCRIPT).status_code == 200
    assert not PracticeImage.objects.exists()


@pytest.fixture
def document(home):
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.PASSWORD, password="open"
    )
    file = ContentFile(b"for members", name="members.txt")
    document = get_document_model().objects.create(title="Members", file=file, collection=private)
    yield document
    document.file.delete(save=False)


@pytest.mark.parametrize(
    "address",
    [
        "/media/{}",
        "/media//{}",
        "/media/./{}",
        "/media/x/../{}",
        "/media/%2e/{}",
        "/media/%2F{}",
        "/media/Documents/{name}",
    ],
)
def test_a_private_document_has_no_address_among_the_media(client, document, address):
    name = document.file.name
    assert name.startswith("documents/")
    assert client.get(address.format(name, name=Path(name).name)).status_code == 404


def test_a_private_document_asks_for_its_password(client, document):
    response = client.get(document.url)
    assert 'type="password"' in response.text
    assert "for members" not in response.text


def test_a_picture_is_served(client, home):
    file = Path(settings.MEDIA_ROOT) / "shown.txt"
    file.write_text("shown")
    assert b"".join(client.get("/media/shown.txt").streaming_content) == b"shown"


@pytest.mark.parametrize("name", ["x" * 5000, "a/" * 3000, "..", "../../etc/passwd", "%00", "a%00.jpg"])
def test_a_name_that_no_file_has_is_a_404(client, home, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("role", ["Editors", "Clinical reviewers", "Owners"])
def test_who_writes_reaches_pictures_and_documents(client, home, role):
    client.force_login(make_user(role))
    for address in ("/admin/images/", "/admin/documents/", "/admin/images/add/"):
        assert client.get(address).status_code == 200, address
    menu = client.get("/admin/").text
    assert "/admin/images/" in menu


@pytest.mark.parametrize(("role", "allowed"), [("Editors", False), ("Clinical reviewers", False), ("Owners", True)])
def test_other_peoples_pictures_are_deleted_by_owners_alone(client, home, document, role, allowed):
    file = ContentFile(png(), name="theirs.png")
    theirs = PracticeImage.objects.create(title="Theirs", file=file, uploaded_by_user=make_user("Editors"))
    client.force_login(make_user(role))
    client.post(f"/admin/images/{theirs.pk}/delete/")
    client.post(f"/admin/documents/delete/{document.pk}/")
    assert PracticeImage.objects.filter(pk=theirs.pk).exists() is not allowed
    assert get_document_model().objects.filter(pk=document.pk).exists() is not allowed
