"""What a kept page is called on the disk, and its three forms."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.kept_pages.variants import file_for, variants_of


@given(st.binary(max_size=2000))
def test_every_form_is_the_same_page(content):
    forms = variants_of(content)
    assert forms[""].content == content
    if "br" in forms:
        assert brotli.decompress(forms["br"].content) == content
        assert gzip.decompress(forms["gzip"].content) == content


def test_what_is_small_is_not_compressed():
    assert list(variants_of(b"x" * 199)) == [""]
    assert list(variants_of(b"x" * 200)) == ["br", "gzip", ""]


def test_two_contents_of_one_length_have_two_tags():
    one, other = variants_of(b"Anna" * 100)[""], variants_of(b"Emma" * 100)[""]
    assert one.etag != other.etag
    assert one.etag == variants_of(b"Anna" * 100)[""].etag


@pytest.mark.parametrize(
    ("path", "kind", "file"),
    [
        ("/", "text/html", "index.html"),
        ("/blog/a-post/", "text/html", "blog/a-post/index.html"),
        ("/blog/niños/", "text/html", "blog/niños/index.html"),
        ("/blog/feed/", "application/atom+xml", "blog/feed/index.atom"),
        ("/blog/feed/rss/", "application/rss+xml", "blog/feed/rss/index.rss"),
        ("/sitemap.xml", "application/xml", "sitemap.xml"),
        ("/robots.txt", "text/plain", "robots.txt"),
    ],
)
def test_a_page_has_a_file(path, kind, file):
    assert file_for(path, kind) == file


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/blog/../", "text/html"),
        ("/../../etc/passwd", "text/plain"),
        ("//blog/", "text/html"),
        ("/blog", "text/html"),
        ("/blog/index.html", "text/html"),
        ("/a\x00b/", "text/html"),
        ("/a b/", "text/html"),
        ("/blog/feed/", "text/html"),
        ("/blog/", "application/json"),
        (f"/{'a/' * 9}", "text/html"),
        (f"/{'a' * 101}/", "text/html"),
        (f"/{('a' * 90 + '/') * 4}", "text/html"),
    ],
)
def test_no_other_address_has_one(path, kind):
    assert file_for(path, kind) is None


@given(st.text(max_size=60))
def test_no_address_leads_out_of_the_folder(path):
    file = file_for(f"/{path}/", "text/html")
    assert file is None or (".." not in file.split("/") and not file.startswith("/") and "\x00" not in file)
