"""Shows the content checks in the editor, for the draft as it was last saved."""

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from blog.formats import finding_text
from blog.rules.content_checks import Draft, findings


class ContentChecksPanel(Panel):
    """Lists what is worth fixing before a post goes live; says so when there is nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "blog/admin/content_checks_panel.html"

        @cached_property
        def findings(self) -> list[str]:
            return [finding_text(one) for one in findings(draft_of(self.instance))] if self.instance.pk else []

        def get_context_data(self, parent_context=None):
            return {
                **super().get_context_data(parent_context),
                "findings": self.findings,
                "saved": bool(self.instance.pk),
            }


def draft_of(post) -> Draft:
    """What the checks need to know of a BlogPostPage, read from its fields and told by the blocks of its body."""
    block = post.body.stream_block
    hero = [post.hero_alt] if post.hero_image_id else []
    return Draft(
        summary=post.summary,
        text="\n".join([post.title, post.summary, *block.plain_text(post.body)]),
        alts=[*hero, *block.picture_descriptions(post.body)],
        links=block.link_texts(post.body),
        levels=block.heading_levels(post.body),
        authors=len(post.post_authors.all()),
    )
