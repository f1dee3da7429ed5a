"""The folder of finished pages: open for one version and one span, closed at once, bounded, whole or not at all."""

import os
import time

import pytest

from innerbalance.kept_pages import folder as module
from innerbalance.kept_pages.folder import LONGEST_SECONDS, KeptPages
from innerbalance.kept_pages.slots import names_at
from innerbalance.kept_pages.variants import variants_of

FORMS = variants_of(b"<p>hello</p>" * 50)
NOW = time.time()


@pytest.fixture
def pages(tmp_path):
    return KeptPages(tmp_path / "kept")


def found(pages, file="index.html", at=NOW) -> bool:
    """What the web server does."""
    return any((pages.root / "open" / "at" / name / file).exists() for name in names_at(at))


def write(pages, name, *, until=NOW + LONGEST_SECONDS, file="index.html", **more) -> bool:
    return pages.write(name, file, FORMS, until=until, **more)


def test_a_page_is_found_while_it_is_true(pages):
    name = pages.open("7-1", until=NOW + 3600, now=NOW)
    assert write(pages, name)
    assert found(pages)
    assert not found(pages, at=NOW + 3600)
    later = NOW + 3000
    assert pages.open("7-1", until=NOW + 3600, now=later) == name  # as the next reader's request does
    assert found(pages, at=later)
    assert found(pages, at=NOW + 3580)
    assert not found(pages, at=NOW + 3600)


def test_a_page_is_found_for_three_quarters_of_an_hour_before_the_application_is_asked_again(pages):
    write(pages, pages.open("7-1", until=NOW + LONGEST_SECONDS, now=NOW))
    assert all(found(pages, at=NOW + minutes * 60) for minutes in range(43))
    assert not found(pages, at=NOW + 3600)
    assert len(list((pages.root / "open" / "at").iterdir())) < 5  # each costs the first reader time


def test_closing_ends_all_at_once_and_may_be_done_twice(pages):
    write(pages, pages.open("7-1", until=NOW + 3600, now=NOW))
    pages.close()
    assert not found(pages)
    assert pages.open_name() is None
    pages.close()


def test_a_folder_that_cannot_be_closed_says_so(pages, monkeypatch):
    """The site must not change then: its readers would not see it."""

    def refuse(path):
        raise PermissionError(path)

    pages.open("7-1", until=NOW + 3600, now=NOW)
    monkeypatch.setattr(module.os, "unlink", refuse)
    with pytest.raises(PermissionError):
        pages.close()


def test_a_change_that_was_taken_back_opens_the_same_pages_again(pages):
    name = pages.open("7-1", until=NOW + 3600, now=NOW)
    write(pages, name)
    pages.close()
    assert pages.open("7-1", until=NOW + 3600, now=NOW) == name
    assert found(pages)


def test_another_version_never_opens_them(pages):
    write(pages, pages.open("7-1", until=NOW + 3600, now=NOW))
    pages.open("8-2", until=NOW + 3600, now=NOW)
    assert not found(pages)


def test_after_its_end_the_same_version_begins_anew(pages):
    old = pages.open("7-1", until=NOW + 60, now=NOW)
    write(pages, old, until=NOW + 60)
    new = pages.open("7-1", until=NOW + 7200, now=NOW + 61)
    assert new != old
    assert not found(pages, at=NOW + 61)


def test_a_page_that_ends_early_ends_all(pages):
    """The generation moves at that moment: no kept page says otherwise than another."""
    name = pages.open("7-1", until=NOW + 7200, now=NOW)
    write(pages, name, file="a/index.html", until=NOW + 7200)
    write(pages, name, file="b/index.html", until=NOW + 1800)
    assert found(pages, "a/index.html", at=NOW + 1700)
    assert not found(pages, "a/index.html", at=NOW + 1800)


def test_all_forms_have_the_time_that_makes_the_tag(pages):
    name = pages.open("7-1", until=NOW + 3600, now=NOW)
    write(pages, name)
    for encoding, ending in {"br": ".br", "gzip": ".gz", "": ""}.items():
        status = os.stat(pages.root / "generations" / name / "pages" / f"index.html{ending}")
        assert f'"{int(status.st_mtime):x}-{status.st_size:x}"' == FORMS[encoding].etag


def test_a_full_generation_takes_no_more(tmp_path):
    size = sum(len(form.content) for form in FORMS.values())
    pages = KeptPages(tmp_path, most_bytes=2 * size)
    name = pages.open("7-1", until=NOW + 3600, now=NOW)
    assert [write(pages, name, file=f"{number}/index.html") for number in range(4)] == [True, True, False, False]
    assert not found(pages, "3/index.html")


def test_a_disk_that_refuses_leaves_no_half_page(pages, monkeypatch):
    def refuse(file, variant):
        raise OSError(28, "No space left on device")

    name = pages.open("7-1", until=NOW + 3600, now=NOW)
    monkeypatch.setattr(module, "_write", refuse)
    with pytest.raises(OSError, match="No space"):
        write(pages, name)
    assert not found(pages)


def test_old_generations_go_and_the_open_one_stays(pages):
    names = [pages.open(f"{number}-1", until=NOW + 3600, now=NOW) for number in range(5)]
    assert pages.tidy(time.time()) == 0  # a page may be on its way
    assert pages.tidy(time.time() + 61) == 4
    assert pages.names() == names[-1:]


class TestUnderALease:
    """Where another machine can change the site, a promise of a few seconds keeps the pages open."""

    @pytest.fixture
    def pages(self, tmp_path):
        return KeptPages(tmp_path / "kept", leased=True)

    def test_nothing_opens_without_it(self, pages):
        assert pages.open("7-1", until=NOW + 3600, now=NOW) is None

    def test_pages_are_found_until_it_is_over(self, pages):
        pages.renew_lease(NOW + 30, now=NOW)
        write(pages, pages.open("7-1", until=NOW + 3600, now=NOW))
        assert found(pages)
        assert found(pages, at=NOW + 19)
        assert not found(pages, at=NOW + 30)

    def test_renewing_prolongs_them(self, pages):
        pages.renew_lease(NOW + 30, now=NOW)
        write(pages, pages.open("7-1", until=NOW + 3600, now=NOW))
        pages.renew_lease(NOW + 60, now=NOW + 25)
        assert found(pages, at=NOW + 45)
        assert not found(pages, at=NOW + 60)

    def test_ending_it_closes_and_nobody_opens(self, pages):
        pages.renew_lease(NOW + 30, now=NOW)
        write(pages, pages.open("7-1", until=NOW + 3600, now=NOW))
        pages.end_lease()
        assert not found(pages)
        assert pages.open("7-1", until=NOW + 3600, now=NOW) is None
