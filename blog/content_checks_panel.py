"""Shows the content checks in the editor, for the draft as it was last saved."""

from bs4 import BeautifulSoup
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from blog.content_checks import Draft, findings


class ContentChecksPanel(Panel):
    """Lists what is worth mending before a post goes live; says so when there is nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "blog/admin/content_checks_panel.html"

        @cached_property
        def findings(self) -> list[str]:
            return findings(draft_of(self.instance)) if self.instance.pk else []

        def get_context_data(self, parent_context=None):
            return {
                **super().get_context_data(parent_context),
                "findings": self.findings,
                "saved": bool(self.instance.pk),
            }


def draft_of(post) -> Draft:
    """What the checks need to know of a BlogPostPage, read from its fields and the HTML of its text blocks."""
    alts = [post.hero_alt] if post.hero_image_id else []
    links, levels, texts = [], [], [post.title, post.summary]
    for child in post.body:
        value = child.value
        match child.block_type:
            case "heading":
                levels.append(int(value["level"].removeprefix("h")))
            case "image":
                alts.append(value["alt"])
            case "callout":
                links += [button["text"] for button in value["buttons"]]
            case "text":
                links += _link_texts(value.source)
            case "notice":
                links += _link_texts(value["text"].source)
            case "questions":
                for item in value["items"]:
                    links += _link_texts(item["answer"].source)
    texts += post.body.stream_block.get_searchable_content(post.body)
    return Draft(
        summary=post.summary,
        search_description=post.search_description,
        text="\n".join(str(text) for text in texts),
        alts=alts,
        links=links,
        levels=levels,
        authors=len(post.post_authors.all()),
    )


def _link_texts(html: str) -> list[str]:
    return [link.get_text() for link in BeautifulSoup(html, "html.parser").find_all("a")]
