"""Lists of addresses as files: what is read from a CSV."""

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from newsletter.rules.addresses import Address, AddressFault, InvalidAddress, parse

if TYPE_CHECKING:
    import _csv

HEADINGS = frozenset({"address", "email", "e-mail", "mail", "email address", "mail address"})
LONGEST_LIST = 50_000


class ListFault(StrEnum):
    NO_HEADINGS = "no_headings"
    NOT_CSV = "not_csv"
    TOO_LONG = "list_too_long"


@dataclass(slots=True)
class AddressList:
    """`addresses`: each address once. `errors`: (line number as an editor counts it, an AddressFault or ListFault)."""

    addresses: list[Address] = field(default_factory=list)
    errors: list[tuple[int, AddressFault | ListFault]] = field(default_factory=list)
    twice: int = 0


def read_list(text: str) -> AddressList:
    """The addresses of a CSV with a line of headings, one of which is in HEADINGS. Commas, semicolons or tabs."""
    found = AddressList()
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        headings = [heading.strip().lower() for heading in next(rows, [])]
        column = next((number for number, heading in enumerate(headings) if heading in HEADINGS), None)
        if column is None:
            found.errors.append((1, ListFault.NO_HEADINGS))
            return found
        _read_rows(rows, column, found)
    except csv.Error:
        found.errors.append((rows.line_num, ListFault.NOT_CSV))
    return found


def _read_rows(rows: "_csv.Reader", column: int, found: AddressList) -> None:
    seen: set[str] = set()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            address = parse(row[column] if column < len(row) else "")
        except InvalidAddress as error:
            found.errors.append((rows.line_num, error.fault))
            continue
        if address.key in seen:
            found.twice += 1
        elif len(seen) >= LONGEST_LIST:
            found.errors.append((rows.line_num, ListFault.TOO_LONG))
            return
        else:
            seen.add(address.key)
            found.addresses.append(address)
