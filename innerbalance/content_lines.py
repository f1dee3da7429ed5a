"""Content lines, of which vCards (RFC 2426, section 2.6) and calendar files (RFC 5545, section 3.1) consist."""

from collections.abc import Iterable

LONGEST = 75


def escape_text(text: str) -> str:
    """`text` as a value: backslashes, separators and line ends escaped."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def content_lines(lines: Iterable[str]) -> str:
    """`lines` with CRLF ends, folded at 75 octets and never through a character."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    rows, row = [], ""
    for character in line:
        if len((row + character).encode()) > LONGEST:
            rows.append(row)
            row = " "
        row += character
    return "\r\n".join([*rows, row])
