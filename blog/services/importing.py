"""Import an article from a text file into the blog, as a draft that editors go on with."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.log_actions import log

from blog.models import BlogIndexPage, BlogPostPage, PostAuthor, Topic
from blog.rules.article import Article, Byline, read_article
from blog.rules.article.blocks import Block, to_blocks
from innerbalance.pages.models import ClinicianPage, TeamIndexPage


class ImportFailed(Exception):
    """The article could not be imported; nothing was changed. The message is for the person who ran the import."""


class SourceExists(ImportFailed):
    """A post was made from this file before."""

    def __init__(self, post: BlogPostPage, same: bool) -> None:
        self.post = post
        message = (
            gettext("A post made from this file exists: “%(title)s” (page %(page)d). Nothing was changed.")
            if same
            else gettext(
                "A post made from another text in a file named %(file)s exists: “%(title)s” (page %(page)d). "
                "Nothing was changed."
            )
        )
        super().__init__(message % {"title": post.title, "page": post.pk, "file": post.source_name})


@dataclass
class Imported:
    """What came of an import. `found` and `made` name clinicians and topics, `notes` what is left to do."""

    article: Article
    post: BlogPostPage
    created: bool
    published: bool
    found: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def import_article(
    *,
    data: bytes,
    source_name: str,
    authors: list[Byline] | None = None,
    topics: list[str] | None = None,
    publish: bool = False,
    update: bool = False,
) -> Imported:
    """Make a draft post from the bytes of a text file, or with `update` a new revision of the post made from it.

    `authors` stand in for the file's byline. Raises ArticleError when the file can't be read, SourceExists when a
    post was made from it and `update` is not set, ImportFailed when the site is not ready for it.
    """
    article = read_article(data)
    digest = hashlib.sha256(data).hexdigest()
    known = find_source(source_name=source_name, digest=digest)
    if known and not update:
        raise SourceExists(known, same=known.source_digest == digest)
    index = _index()
    post = _latest(known) if known else BlogPostPage(live=False)
    result = Imported(article, post, created=known is None, published=publish)
    post.title = post.draft_title = article.title
    post.body = _with_known_pictures(to_blocks(article), post.body if known else [])  # type: ignore[assignment]
    post.source_name, post.source_digest = source_name, digest
    bylines = authors or list(article.bylines)
    if bylines:
        post.post_authors.set(
            [PostAuthor(clinician=_clinician(one, result), sort_order=place) for place, one in enumerate(bylines)]
        )
    elif not known:
        result.notes.append(gettext("No byline was found: choose the author in the editor, or give --author."))
    if topics:
        post.topics.set([_topic(name, result) for name in topics])
    if known:
        # the live row is left as readers see it, but must be found by this file's digest the next time
        BlogPostPage.objects.filter(pk=post.pk).update(source_name=source_name, source_digest=digest)
    else:
        index.add_child(instance=post)
        log(instance=post, action="wagtail.create")
    if not post.summary:
        result.notes.append(gettext("The summary is empty: a text copied off a site has none."))
    revision = post.save_revision(log_action=not result.created)
    if publish:
        revision.publish()
    post.refresh_from_db()
    return result


def find_source(*, source_name: str, digest: str) -> BlogPostPage | None:
    """The post made from these bytes, else the last one made from a file of this name.

    Editors may rename, move and rewrite a post between two imports, so it is known by its file: digest and name are
    stored in fields that no form shows. Two articles in files of one name are taken for one, which the message says;
    the other error, two posts from one article, would be seen by readers.
    """
    posts = BlogPostPage.objects.order_by("-pk")
    return posts.filter(source_digest=digest).first() or posts.filter(source_name=source_name).first()


def _latest(known: BlogPostPage) -> BlogPostPage:
    """The post as editors last left it; their revision stays beside the one made now."""
    if known.get_lock():
        message = gettext("“%(title)s” (page %(page)d) is locked or under review. Nothing was changed.")
        raise ImportFailed(message % {"title": known.title, "page": known.pk})
    return known.get_latest_revision_as_object()


def _with_known_pictures(blocks: list[Block], before: Iterable) -> list[Block]:
    """Pictures that an editor has put to a description stay with it."""
    chosen = {child.value["alt"]: child.value for child in before if child.block_type == "image"}
    return [
        (kind, {**value, **chosen.get(value["alt"], {})} if kind == "image" and isinstance(value, dict) else value)
        for kind, value in blocks
    ]


def _index() -> BlogIndexPage:
    index = BlogIndexPage.objects.first()
    if index is None:
        raise ImportFailed(
            gettext("The site has no blog yet. Make a page of the type “blog” under the home page first.")
        )
    return index


def _clinician(byline: Byline, result: Imported) -> ClinicianPage:
    """The clinician of that name, or a new draft page for the person under the team page."""
    page = ClinicianPage.objects.filter(title__iexact=byline.name).order_by("-live", "pk").first()
    if page:
        author = {"author": page.name_with_credential, "page": page.pk}
        result.found.append(gettext("author %(author)s (page %(page)d)") % author)
        if byline.credential and byline.credential != page.credential:
            note = gettext("The byline says “%(byline)s”; the page of %(name)s says “%(page)s” and was not changed.")
            result.notes.append(note % {"byline": byline.credential, "name": page.title, "page": page.credential})
        return page
    team = TeamIndexPage.objects.first()
    if team is None:
        message = gettext("There is no team page to put %(name)s under. Make one first.")
        raise ImportFailed(message % {"name": byline.name})
    page = ClinicianPage(title=byline.name, credential=byline.credential, live=False)
    team.add_child(instance=page)
    page.save_revision()
    log(instance=page, action="wagtail.create")
    made = gettext("author %(author)s (page %(page)d, a draft without license and portrait)")
    result.made.append(made % {"author": page.name_with_credential, "page": page.pk})
    return page


def _topic(name: str, result: Imported) -> Topic:
    name = name.strip()
    slug = slugify(name)
    if not slug:
        raise ImportFailed(gettext("“%(name)s” can't be the name of a topic.") % {"name": name})
    topic = Topic.objects.filter(name__iexact=name).first() or Topic.objects.filter(slug=slug).first()
    if topic:
        result.found.append(gettext("topic %(topic)s") % {"topic": topic.name})
        return topic
    topic = Topic.objects.create(name=name, slug=slug)
    result.made.append(gettext("topic %(topic)s") % {"topic": topic.name})
    return topic
