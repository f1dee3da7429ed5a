"""Read the plain text of an article that was copied off a website.

`read_article(data)` turns the bytes of a text file into an `Article`: title, byline, body
parts, and apart from them what belongs to the site rather than to the article (share link,
newsletter box, addresses, hours, copyright).

The text carries no markup, so headings, levels and sections are inferred. Two rules hold
whatever is inferred: every word of the file ends in exactly one place, unchanged and in order
(`Article.all_words()`), and every guess is listed in `Article.decisions` with its line number.
"""

from blog.rules.article.parts import (
    Article,
    ArticleError,
    Boilerplate,
    BoilerplateKind,
    Byline,
    Callout,
    Comparison,
    Decision,
    Fault,
    Guess,
    Heading,
    ItemList,
    Paragraph,
    Picture,
    Row,
    Signs,
    Text,
)
from blog.rules.article.reader import read_article

__all__ = [
    "Article",
    "ArticleError",
    "Boilerplate",
    "BoilerplateKind",
    "Byline",
    "Callout",
    "Comparison",
    "Decision",
    "Fault",
    "Guess",
    "Heading",
    "ItemList",
    "Paragraph",
    "Picture",
    "Row",
    "Signs",
    "Text",
    "read_article",
]
