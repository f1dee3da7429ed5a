"""The journal's folder: what was appended is read again in order, whatever a crash left at its end."""

from datetime import UTC, datetime

import pytest

from innerbalance.journal.files import Folder
from innerbalance.journal.lines import Line, read_line

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def line(token: str, *, at=AT, **data) -> Line:
    return Line(token=token, at=at, epoch="e", kind="newsletter.left", data=data)


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "journal")
    with made.locked():
        yield made


def test_lines_come_back_in_order_over_months(folder):
    lines = [line("a", subscriber="é"), line("b", at=AT.replace(month=12)), line("c", at=AT.replace(month=12))]
    folder.append(lines)
    assert list(folder.lines()) == lines
    assert folder.last() == lines[-1]
    assert sorted(path.name for path in folder.root.glob("*.jsonl")) == [
        "promises-2026-11.jsonl",
        "promises-2026-12.jsonl",
    ]


def test_a_line_that_was_cut_short_is_counted_and_harms_no_other(folder):
    folder.append([line("a")])
    with open(folder.root / "promises-2026-11.jsonl", "a") as file:
        file.write('{"at":"2026-11-25T')
    assert folder.last() == line("a")
    folder.append([line("b")])
    assert [each.token for each in folder.lines()] == ["a", "b"]
    assert folder.unreadable() == 1


def test_a_line_written_twice_counts_once(folder):
    folder.append([line("a"), line("b")])
    folder.append([line("a")])
    assert [each.token for each in folder.lines()] == ["a", "b"]


def test_months_that_are_over_go(folder):
    folder.append([line("a", at=AT.replace(year=2025)), line("b")])
    assert folder.forget_before(AT) == 1
    assert [each.token for each in folder.lines()] == ["b"]


def test_there_is_no_epoch_before_one_is_set(folder):
    assert folder.epoch() == ""
    folder.set_epoch("token")
    assert folder.epoch() == "token"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at":"yesterday"}', "null", '{"at":1}'])
def test_what_is_no_line_is_none(text):
    assert read_line(text) is None
