"""STORAGE_URL: uploaded files are in object storage (a real S3 server), and readers get them from the site alone."""

import io
import re
import subprocess
import sys
import threading

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from moto.server import ThreadedMotoServer
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from innerbalance.settings.storage import media_storage
from innerbalance.static_files import serve_media
from tests.factories import make_image, make_user

BUCKET = "practice"


@pytest.fixture(scope="module")
def s3():
    """The address of an S3 server with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="name",
        aws_secret_access_key="word",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=BUCKET)
    yield f"s3+http://name:word@{host}:{port}/{BUCKET}", client
    server.stop()


@pytest.fixture
def stored(s3, settings):
    url, client = s3
    settings.STORAGE_URL = url
    settings.STORAGES = {**settings.STORAGES, "default": media_storage(url)}
    return client


def names(client) -> list[str]:
    return [entry["Key"] for entry in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_a_picture_goes_there_and_comes_from_the_site(stored, rf):
    picture = make_image(title="A path")
    small = picture.get_rendition("width-200|format-webp")
    assert picture.file.name in names(stored)
    assert small.file.name in names(stored)
    assert small.url == f"/media/{small.file.name}"
    response = serve_media(rf.get(small.url), small.file.name)
    content = body(response)
    assert Image.open(io.BytesIO(content)).size[0] == 200
    assert response["Content-Type"] == "image/webp"
    assert int(response["Content-Length"]) == len(content)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = serve_media(rf.get(small.url, headers={"If-None-Match": response["ETag"]}), small.file.name)
    assert again.status_code == 304


@pytest.mark.django_db
def test_two_files_of_one_name_are_two(stored):
    first = default_storage.save("notes/a.txt", ContentFile(b"first"))
    second = default_storage.save("notes/a.txt", ContentFile(b"second"))
    assert first != second
    assert default_storage.open(first).read() == b"first"


@pytest.mark.django_db
def test_what_is_not_there_is_a_404(stored, rf):
    from django.http import Http404

    for name in ("original_images/none.png", "../../etc/passwd", "documents/letter.pdf", "x\x00y"):
        with pytest.raises(Http404):
            serve_media(rf.get("/"), name)


@pytest.mark.django_db
def test_a_private_document_is_handed_out_by_the_site_alone(stored, client, home):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = get_document_model()(title="Letter", collection=collection)
    document.file.save("letter.pdf", ContentFile(b"%PDF-1.4 in confidence"))
    document.save()
    assert client.get(f"/media/{document.file.name}").status_code == 404
    refused = client.get(document.url)
    assert refused.status_code == 302
    assert "127.0.0.1" not in refused["Location"]
    client.force_login(make_user("Owners"))
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert body(answer) == b"%PDF-1.4 in confidence"


@pytest.mark.django_db
def test_many_readers_at_once(stored, rf):
    name = default_storage.save("many.txt", ContentFile(b"x" * 300_000))
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(len(body(serve_media(rf.get("/"), name))))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [300_000] * 8


def test_a_storage_that_is_away_is_no_endless_wait(settings, rf):
    url = "s3+http://name:word@127.0.0.1:1/practice"
    settings.STORAGE_URL = url
    settings.STORAGES = {**settings.STORAGES, "default": media_storage(url)}
    from botocore.exceptions import BotoCoreError

    with pytest.raises(BotoCoreError):
        serve_media(rf.get("/"), "a.png")


def test_the_web_server_asks_the_site_for_uploads(settings, tmp_path):
    settings.KEPT_PAGES_DIR, settings.MEDIA_ROOT = str(tmp_path / "kept"), str(tmp_path / "media")

    def uploads() -> str:
        out = io.StringIO()
        call_command("nginx_conf", stdout=out)
        return out.getvalue().partition("location /media/ {")[2].partition("}")[0]

    assert f"alias {tmp_path}/media/;" in uploads()
    settings.STORAGE_URL = "s3://name:word@host.test/practice"
    assert "alias" not in uploads()
    assert "try_files /none @application;" in uploads()


@pytest.mark.parametrize(
    "url",
    [
        "s3://practice",
        "https://name:word@host/practice",
        "s3://name@host/practice",
        "s3://name:word@host",
        "s3://n:w@h/a/b",
    ],
)
def test_an_address_that_is_incomplete_is_refused_without_its_secret(url):
    with pytest.raises(ImproperlyConfigured) as caught:
        media_storage(url)
    assert "word" not in str(caught.value).replace("password", "")
    assert "s3://KEY:SECRET@HOST/BUCKET" in str(caught.value)


def test_secrets_with_odd_letters_are_read():
    options = media_storage("s3://key:a%2Fb%40c%2B@s3.us-west-2.amazonaws.com/practice?region=us-west-2")["OPTIONS"]
    assert options["secret_key"] == "a/b@c+"
    assert options["endpoint_url"] == "https://s3.us-west-2.amazonaws.com"
    assert (options["bucket_name"], options["region_name"]) == ("practice", "us-west-2")


def test_without_it_nothing_of_it_is_loaded():
    code = "import django, sys; django.setup(); import innerbalance.urls; print({m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"'(\w+)'", done.stdout))
    assert not loaded & {"boto3", "botocore", "storages", "sentry_sdk", "prometheus_client", "dns"}
