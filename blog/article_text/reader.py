"""The one way in: bytes of a text file to an article."""

from __future__ import annotations

from blog.article_text.chrome import cut_chrome, kind_of
from blog.article_text.head import take_head
from blog.article_text.parts import Article, ArticleError, Chrome
from blog.article_text.source import decode, split_lines, to_parts
from blog.article_text.structure import to_body


def read_article(data: bytes) -> Article:
    """Parse the plain text of an article that was copied off a website.

    Raises ArticleError, with a message to show, when the file is empty, binary, not UTF-8, or
    has no title or no text.
    """
    head = take_head(split_lines(decode(data)))
    lines, chrome, decisions = cut_chrome(head.rest, head.bylines)
    pieces, joined = to_parts(lines)
    if not pieces:
        raise ArticleError("The file holds a title but no text after it.")
    body, chosen = to_body(pieces)
    above = [Chrome(kind_of(line.text) or "other", line.number, (line.text,)) for line in head.frame if line.text]
    decisions = [*head.decisions, *decisions, *joined, *chosen]
    return Article(
        title=head.title,
        bylines=head.bylines,
        head=head.sources,
        body=tuple(body),
        chrome=(*above, *chrome),
        decisions=tuple(sorted(decisions, key=lambda decision: decision.line)),
    )
