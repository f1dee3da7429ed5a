"""What an issue is made of: a few blocks of the site's vocabulary, and the posts since the last issue."""

from wagtail import blocks

from innerbalance import block_previews
from innerbalance.blocks import (
    RICH_TEXT,
    CalloutBlock,
    HeadingBlock,
    ImageBlock,
    NoticeBlock,
    QuoteBlock,
    SignsBlock,
)


class LatestPostsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120, default="New on the blog")
    most = blocks.IntegerBlock(default=5, min_value=1, max_value=20, label="At most", help_text="Newest first.")

    class Meta:
        icon = "doc-full"
        template = "newsletter/blocks/latest_posts.html"
        label = "Latest posts"
        label_format = "{heading}"
        description = "Fills itself with the posts published since the last issue to these readers."
        preview_value = {"heading": "New on the blog", "most": 5}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        posts = page.posts() if hasattr(page, "posts") else []
        context["posts"] = posts[: value["most"] or None]
        return context


class IssueBlock(blocks.StreamBlock):
    """Each child has a template for the archive, one for the HTML mail and one for the text mail."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        features=RICH_TEXT,
        icon="pilcrow",
        template="blocks/text.html",
        description="Paragraphs and simple lists.",
        preview_value=block_previews.TEXT,
    )
    image = ImageBlock(label="Picture")
    signs = SignsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    notice = NoticeBlock()
    latest_posts = LatestPostsBlock()

    class Meta:
        block_counts = {"latest_posts": {"max_num": 1}}
