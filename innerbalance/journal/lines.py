"""One line of the journal: JSON, and never an address or a name, only ids and keyed hashes. Plain Python."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """`token` is the line's own name: the database keeps it, too. `kind` is a short literal that never changes."""

    token: str
    at: datetime
    epoch: str
    kind: str
    data: dict[str, Any]

    def to_text(self) -> str:
        """One line, with its end. `at` in UTC, ISO 8601."""
        fields = {"at": self.at.isoformat(), "epoch": self.epoch, "token": self.token}
        return json.dumps(fields | {"kind": self.kind, "data": self.data}, separators=(",", ":")) + "\n"


def read_line(text: str) -> Line | None:
    """None when it is no whole line of a journal: a crash may have cut it short."""
    try:
        found = json.loads(text)
        return Line(
            token=str(found["token"]),
            at=datetime.fromisoformat(found["at"]),
            epoch=str(found["epoch"]),
            kind=str(found["kind"]),
            data=dict(found["data"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
