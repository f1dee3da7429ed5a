"""Cells that no spreadsheet runs, in files that lie nowhere on the way."""

import csv
import io
import os
import tempfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.csv_export import FORMULA_STARTS, csv_chunks, guard_formula, xlsx_file

any_text = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "  +"])
def test_what_a_spreadsheet_takes_for_a_formula_is_quoted(start):
    assert guard_formula(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", " ", "1-2", "Ana Ruiz", "(480) 555-0100", "a=b", "ana+news@example.com"])
def test_ordinary_text_stays_as_it_is(text):
    assert guard_formula(text) == text


@given(any_text)
def test_no_cell_begins_as_a_formula(text):
    cell = guard_formula(text)
    assert not cell.lstrip(" ").startswith(FORMULA_STARTS)
    assert cell in (text, f"'{text}")


def test_csv_is_read_back_with_its_quotes_and_line_breaks():
    rows = [["Name", "Note"], ["Zoë “Ñ”", 'two\nlines, "quoted"'], ["=1+1", ""]]
    text = b"".join(csv_chunks(rows)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [*rows[:2], ["'=1+1", ""]]


def test_a_workbook_holds_texts_alone():
    rows = [["=HYPERLINK(1)", "https://example.com", "007", "Zoë <&> \x0b🌵"]]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(rows, sheet="Requests")))["Requests"]
    cells = next(sheet.iter_rows())
    assert [cell.value for cell in cells] == ["'=HYPERLINK(1)", "https://example.com", "007", "Zoë <&> 🌵"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * 4


def test_no_temporary_file_is_made(monkeypatch):
    """openpyxl and XlsxWriter's default both write each sheet to disk first: names in plain text."""

    def refuse(*args, **kwargs):
        raise AssertionError("A temporary file was made.")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(os, "open", refuse)
    assert xlsx_file([["Ana"]], sheet="Requests").startswith(b"PK")


@given(st.lists(st.lists(any_text, min_size=1, max_size=4), max_size=4))
def test_any_text_can_be_written(rows):
    assert xlsx_file(rows, sheet="Requests").startswith(b"PK")
    assert b"".join(csv_chunks(rows)).startswith(b"\xef\xbb\xbf")
