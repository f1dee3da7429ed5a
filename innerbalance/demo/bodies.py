"""From texts as they are written down in `content` to bodies as pages keep them."""

import re
from collections.abc import Callable
from typing import Any

from innerbalance.demo.content.shapes import Body

OWN_LINK = re.compile(r'<a href="(/[^"]*)">')


def to_body(body: Body, *, pictures: dict[str, Any], assessment: Any, page_ids: dict[str, int]) -> Body:
    """`body` with pictures and the assessment in place of their names, and links to pages that follow a page's moves.

    `page_ids` has the id of each page by its path; a link to any other path stays an address.
    """

    def link(found: re.Match) -> str:
        page_id = page_ids.get(found[1])
        return f'<a linktype="page" id="{page_id}">' if page_id else found[0]

    blocks: Body = []
    for kind, value in body:
        if kind == "assessment":
            blocks.append((kind, assessment))
            continue
        ready = each_text(value, lambda text: OWN_LINK.sub(link, text))
        if kind == "image":
            ready["image"] = pictures[ready["image"]]
        blocks.append((kind, ready))
    return blocks


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """`value` with `change` done to each string in it, however deep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    return value
