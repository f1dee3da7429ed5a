"""Assessments for the database tests: the small sound one, published unless told otherwise."""

from typing import Any

from assessment.models import Assessment
from tests.assessment.draft_data import valid_draft

BLOCKS = {"labels": "label", "scales": "scale", "items": "item", "pairs": "pair", "examples": "example"}


def assessment_fields(draft: dict[str, Any] | None = None) -> dict[str, Any]:
    draft = draft or valid_draft()
    fields = {name: [{"type": block, "value": value} for value in draft[name]] for name, block in BLOCKS.items()}
    for scale in draft["scales"]:
        for each in scale["ranges"]:
            each["text"] = f"<p>Words about {each['name']}.</p>"
    for pair in draft["pairs"]:
        pair["text"] = "<p>Words about both.</p>"
    return {
        "title": draft["title"],
        "slug": "where-i-stand",
        "layout": "page",
        "introduction": "<p>Take a quiet minute.</p>",
        "origin": "own",
        **fields,
    }


def make_assessment(*, live: bool = True, draft: dict[str, Any] | None = None, **fields: Any) -> Assessment:
    assessment = Assessment.objects.create(**{**assessment_fields(draft), "live": False, **fields})
    assessment.refresh_from_db()
    revision = assessment.save_revision()
    if live:
        revision.publish()
        assessment.refresh_from_db()
    return assessment
