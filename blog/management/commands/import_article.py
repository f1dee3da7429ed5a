"""Import the plain text of an article that was copied off a site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from blog.formats import BOILERPLATE, article_error_text, decision_text
from blog.rules.article import ArticleError, Byline
from blog.rules.article.head import read_byline
from blog.services.importing import Imported, ImportFailed, SourceExists, import_article

LARGEST = 2_000_000  # bytes; the longest article is a twentieth of it


class Command(BaseCommand):
    help = "Make a draft post from a text file that holds an article copied off a site."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--author", action="append", metavar="NAME, CREDENTIAL", help="instead of the byline; may be given twice"
        )
        parser.add_argument("--topic", action="append", metavar="NAME", help="found or made; may be given twice")
        parser.add_argument("--publish", action="store_true", help="put the post live at once, without review")
        parser.add_argument(
            "--update", action="store_true", help="make a new revision of the post that came from this file"
        )

    def handle(self, *, file: Path, author, topic, publish: bool, update: bool, **options):
        try:
            result = import_article(
                data=read(file),
                source_name=file.name,
                authors=[author_from(text) for text in author or []],
                topics=topic,
                publish=publish,
                update=update,
            )
        except SourceExists as error:
            raise CommandError(f"{error}\nTo make a new revision of that post, run it again with --update.") from error
        except ArticleError as error:
            raise CommandError(article_error_text(error)) from error
        except ImportFailed as error:
            raise CommandError(str(error)) from error
        for line in report(result):
            self.stdout.write(line)


def read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} has more than 2 MB: that is no article.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.") from error


def author_from(text: str) -> Byline:
    byline = read_byline(text)
    if byline is None:
        raise CommandError(f"“{text}” is no name with a credential, such as “Jo Doe, LPC”.")
    return byline


def report(result: Imported) -> list[str]:
    """What the person who ran it needs to know, line by line."""
    post, article = result.post, result.article
    done = "Made a draft" if result.created else "Made a new revision of the post"
    if result.published:
        done = "Made and published a post" if result.created else "Updated and published the post"
    lines = [f"{done}: “{post.title}”, {len(article.body_words())} words."]
    lines.append(f"  edit it at {reverse('wagtailadmin_pages:edit', args=[post.pk])}")
    lines += [f"  made {what}" for what in result.made]
    lines += [f"  found {what}" for what in result.found]
    lines += section(
        "Pictures that are missing (choose each in its block in the editor):",
        [f"line {picture.line}: {picture.description}" for picture in article.pictures],
    )
    lines += section(
        "Left out, because it belongs to the site and not to the article:",
        [f"line {one.line}, {BOILERPLATE[one.kind]}: {' / '.join(one.lines)}" for one in article.boilerplate],
    )
    lines += section("Where the text left it open:", [decision_text(decision) for decision in article.decisions])
    lines += section("To do:", result.notes)
    return lines


def section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, *(f"  {line}" for line in lines)] if lines else []
