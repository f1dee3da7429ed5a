"""What an issue is made of: a few blocks of the site's vocabulary, and the posts since the last issue."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from innerbalance.blocks import (
    RICH_TEXT,
    BlockOutputs,
    BodyOutputs,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    NoticeBlock,
    QuoteBlock,
    SignsBlock,
    TextBlock,
)
from innerbalance.blocks.outputs import lines, underlined


class LatestPostsBlock(BlockOutputs, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, default=_("New on the blog"), label=_("Heading"))
    most = blocks.IntegerBlock(default=5, min_value=1, max_value=20, label=_("At most"), help_text=_("Newest first."))

    class Meta:
        icon = "doc-full"
        template = "newsletter/blocks/latest_posts.html"
        email_template = "newsletter/blocks/latest_posts_email.html"
        label = _("Latest posts")
        label_format = "{heading}"
        description = _("Fills itself with the posts published since the last issue to these subscribers.")
        preview_value = {"heading": _("New on the blog"), "most": 5}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        posts = context["posts"] if "posts" in context else page.posts() if hasattr(page, "posts") else []
        context["posts"] = posts[: value["most"] or None]
        return context

    def plain_text(self, value, context=None):
        posts = self.get_context(value, parent_context=dict(context or {}))["posts"]
        entries = (lines([post["title"], post["summary"], post["url"]]) for post in posts)
        return "\n\n".join([underlined(value["heading"]), *entries]) if posts else ""


class IssueBlock(BodyOutputs, blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock(features=RICH_TEXT)
    image = ImageBlock()
    signs = SignsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    notice = NoticeBlock()
    latest_posts = LatestPostsBlock()

    class Meta:
        block_counts = {"latest_posts": {"max_num": 1}}
