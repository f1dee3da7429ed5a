"""The one way in: bytes of a text file to an article."""

from blog.rules.article.boilerplate import cut_boilerplate, kind_of
from blog.rules.article.head import take_head
from blog.rules.article.parts import Article, ArticleError, Boilerplate, Fault
from blog.rules.article.source import decode, split_lines, to_parts
from blog.rules.article.structure import to_body


def read_article(data: bytes) -> Article:
    """Parse the plain text of an article that was copied off a website.

    Raises ArticleError, with a message to show, when the file is empty, binary, not UTF-8, or
    has no title or no text.
    """
    head = take_head(split_lines(decode(data)))
    lines, boilerplate, decisions = cut_boilerplate(head.rest, head.bylines)
    pieces, joined = to_parts(lines)
    if not pieces:
        raise ArticleError(Fault.NO_TEXT)
    body, chosen = to_body(pieces)
    above = [
        Boilerplate(kind_of(line.text) or "other", line.number, (line.text,)) for line in head.boilerplate if line.text
    ]
    decisions = [*head.decisions, *decisions, *joined, *chosen]
    return Article(
        title=head.title,
        bylines=head.bylines,
        head=head.sources,
        body=tuple(body),
        boilerplate=(*above, *boilerplate),
        decisions=tuple(sorted(decisions, key=lambda decision: decision.line)),
    )
