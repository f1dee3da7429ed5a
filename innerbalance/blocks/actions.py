"""The blocks that ask a reader to do something, or warn."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from innerbalance.blocks.outputs import BlockOutputs, absolute, lines, rich_as_text, rich_link_texts, underlined
from innerbalance.blocks.text import RICH_TEXT

# A path of this site, or an address that says its scheme. Browsers take "//" and "/\" for another site, and leave out
# tabs and line ends before they look.
SAFE_ADDRESS = re.compile(r"(?:/(?!/)|https?://|mailto:|tel:|#)[^\s\\\x00-\x1f\x7f]*")


class LinkValue(blocks.StructValue):
    """`url` is the page's path or the address, so templates have no branches."""

    @property
    def url(self) -> str:
        if page := self.get("page"):
            return page.get_url() or ""
        return self.get("address") or ""


class ButtonBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        max_length=120,
        label=_("Text"),
        help_text=_("Say where it leads: “Request a consultation”, not “Click here”."),
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Web address"),
        help_text=_("If it is not one of the site's pages."),
    )

    class Meta:
        icon = "link"
        value_class = LinkValue
        label_format = "{text}"

    def clean(self, value):
        cleaned = super().clean(value)
        address = cleaned["address"]
        if address and not SAFE_ADDRESS.fullmatch(address):
            message = gettext("Start with https://, with / for a page of this site, or with tel: or mailto:.")
            raise StructBlockValidationError({"address": ValidationError(message)})
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(address):
            message = gettext("Choose a page or enter a web address, one of the two.")
            raise StructBlockValidationError({"page": ValidationError(message)})
        return cleaned


class CalloutBlock(BlockOutputs, blocks.StructBlock):
    heading = blocks.CharBlock(max_length=200, label=_("Heading"))
    text = blocks.TextBlock(required=False, rows=3, label=_("Text"))
    buttons = blocks.ListBlock(ButtonBlock(), min_num=0, max_num=2, default=[], label=_("Buttons"))

    class Meta:
        icon = "pick"
        label = _("Callout")
        template = "blocks/callout.html"
        email_template = "blocks/email/callout.html"
        description = _("An invitation with up to two buttons.")
        preview_value = {
            "heading": _("Talk with someone"),
            "text": _("A first conversation costs nothing."),
            "buttons": [{"text": _("Request a consultation"), "page": None, "address": "/request-a-consultation/"}],
        }

    def plain_text(self, value, context=None):
        buttons = (f"{button['text']}: {absolute(button.url, context)}" for button in value["buttons"])
        return lines([underlined(value["heading"]), value["text"], *buttons])

    def link_texts(self, value):
        return [button["text"] for button in value["buttons"]]


class NoticeBlock(BlockOutputs, blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("information", _("Good to know")), ("crisis", _("Help in a crisis"))],
        default="information",
        label=_("Kind"),
    )
    heading = blocks.CharBlock(max_length=200, label=_("Heading"))
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "blocks/notice.html"
        email_template = "blocks/email/notice.html"
        description = _("Something a reader must not miss; in a crisis with the numbers to call.")
        preview_value = {
            "kind": "information",
            "heading": _("Good to know"),
            "text": _("<p>Most plans cover a first visit. Ask the front office.</p>"),
        }

    def plain_text(self, value, context=None):
        return lines([underlined(value["heading"]), rich_as_text(value["text"], context)])

    def link_texts(self, value):
        return rich_link_texts(value["text"])


class NewsletterBlock(BlockOutputs, blocks.StructBlock):
    """The sign-up form on a page; where no form can be, a link to it."""

    heading = blocks.CharBlock(max_length=120, default=_("News from the practice"), label=_("Heading"))
    text = blocks.TextBlock(required=False, rows=2, label=_("Text"))

    class Meta:
        icon = "mail"
        label = _("Newsletter sign-up")
        template = "newsletter/blocks/sign_up.html"
        email_template = "newsletter/blocks/sign_up_email.html"
        description = _("The newsletter's sign-up form.")
        preview_value = {
            "heading": _("News from the practice"),
            "text": _("One email a month, and you can unsubscribe at any time."),
        }

    def plain_text(self, value, context=None):
        link = f"{gettext('Sign up for our newsletter')}: {absolute('/newsletter/', context)}"
        return lines([underlined(value["heading"]), value["text"], link])
