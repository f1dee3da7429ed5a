"""Rows as CSV or as an Excel workbook, in memory only: no plain text of a record ever lies in a temporary file.

No cell is a formula to any program that opens it (OWASP, "CSV Injection").
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL_CHARACTERS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BYTE_ORDER_MARK = "\ufeff".encode()


class _Echo:
    """A file for the csv module that hands back what was written."""

    def write(self, text: str) -> str:
        return text


def guard_formula(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet could take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_chunks(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """CSV by RFC 4180 in UTF-8, a row at a time, with the mark that makes Excel read it as UTF-8."""
    yield BYTE_ORDER_MARK
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([guard_formula(cell) for cell in row]).encode()


def xlsx_file(rows: Iterable[Sequence[str]], *, sheet: str) -> bytes:
    """A workbook of one sheet, every cell a text. Guarded like CSV: somebody may save it as CSV later."""
    content = io.BytesIO()
    import xlsxwriter  # only who exports needs it in memory

    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        for row_number, row in enumerate(rows):
            for column, cell in enumerate(row):
                worksheet.write_string(row_number, column, CONTROL_CHARACTERS.sub("", guard_formula(cell)))
    return content.getvalue()
