"""The findings in words: the table of promises first, then the raw figures; as JSON; and in docs/performance.md."""

import json
from pathlib import Path

from bench.figures import TARGETS, Findings, Target

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN = "<!-- measured: `make bench` writes from here -->"
END = "<!-- measured: to here -->"

HEADINGS = ("figure", "measured", "least to most", "must", "goal", "")


def verdict(target: Target, findings: Findings) -> str:
    spread = findings.ratios.get(target.key)
    if spread is None:
        return "not measured"
    if fault := findings.faults.get(target.key):
        return f"not met: {fault}"
    if target.met(spread.middle, target.goal):
        return "goal met"
    return "must met" if target.met(spread.middle, target.must) else "not met"


def rows(findings: Findings) -> list[tuple[str, ...]]:
    """One row for each promise; a figure that was not measured says why."""
    told = []
    for target in TARGETS:
        sign = "≥" if target.at_least else "≤"
        spread = findings.ratios.get(target.key)
        measured = f"{spread.middle:.3g}" if spread else "–"
        span = f"{spread.least:.3g} to {spread.most:.3g}" if spread else ""
        limits = (f"{sign} {target.must:g}", f"{sign} {target.goal:g}")
        told.append((target.label, measured, span, *limits, verdict(target, findings)))
    return told


def table(findings: Findings) -> str:
    lines = [HEADINGS, *rows(findings)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    text += [f"{key} was not measured: {reason}" for key, reason in findings.reasons.items()]
    return "\n".join(text)


def raw(findings: Findings) -> str:
    return "\n".join(f"{name}: {words}" for name, words in findings.raw)


def as_json(findings: Findings) -> str:
    """The promised keys first and always, null where there is no figure; what else was counted behind them."""
    promised = {target.key: spread_or_none(findings, target.key) for target in TARGETS}
    return json.dumps({**promised, **findings.extra}, indent=2) + "\n"


def spread_or_none(findings: Findings, key: str) -> float | None:
    spread = findings.ratios.get(key)
    return None if spread is None else round(spread.middle, 4)


def as_markdown(findings: Findings, conditions: dict[str, str]) -> str:
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows(findings)]
    if findings.reasons:
        lines += ["", *(f"- `{key}` was not measured: {reason}" for key, reason in findings.reasons.items())]
    lines += ["", "### Raw figures", "", *(f"- {name}: {words}" for name, words in findings.raw)]
    lines += ["", "### Conditions", "", *(f"- {name}: {words}" for name, words in conditions.items())]
    return "\n".join(lines)


def put_between_markers(document: str, measured: str) -> str:
    """The document with `measured` between its two markers. Raises ValueError when they are not there once each."""
    if document.count(BEGIN) != 1 or document.count(END) != 1:
        raise ValueError("the markers are not there")
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}"


def write_document(findings: Findings, conditions: dict[str, str]) -> None:
    document = put_between_markers(DOCUMENT.read_text(), as_markdown(findings, conditions))
    DOCUMENT.write_text(document)
