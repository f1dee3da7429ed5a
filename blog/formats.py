"""What the rules find, in words for editors and for whoever imports an article."""

from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from blog.rules.article import ArticleError, BoilerplateKind, Decision, Fault, Guess
from blog.rules.content_checks import Check, Finding
from blog.rules.review_dates import Reason

REASONS = {
    Reason.NEVER_REVIEWED: _("Never reviewed"),
    Reason.OVERDUE: _("Review overdue"),
    Reason.CHANGED: _("Changed since review"),
    Reason.DUE_SOON: _("Due soon"),
}

FINDINGS = {
    Check.NO_SUMMARY: _(
        "The summary is missing: lists, search results and the feed will have nothing to say about the post."
    ),
    Check.NO_AUTHOR: _("No author is named: readers trust an article more when they can see who wrote it."),
    Check.EMPTY_ALT_TEXT: _("The picture description “%(text)s” says nothing. What does the picture show?"),
    Check.EMPTY_LINK_TEXT: _(
        "The link “%(text)s” doesn't say where it leads. Use the name of the page or of what is there."
    ),
    Check.SKIPPED_LEVEL: _("A heading of level %(level)d follows one of level %(above)d: a level is skipped."),
    Check.NO_CRISIS_LINE: _(
        "The post mentions “%(text)s” without the 988 Lifeline. Add the notice block “Help in a crisis”."
    ),
}


def finding_text(finding: Finding) -> str:
    values = {"text": finding.text, "level": finding.level, "above": finding.above}
    return str(FINDINGS[finding.check]) % values


FAULTS = {
    Fault.EMPTY: _("The file is empty."),
    Fault.OTHER_ENCODING: _("The file is in %(encoding)s. Save it as UTF-8 text and try again."),
    Fault.NOT_UTF8: _(
        "The file is not UTF-8: byte 0x%(byte)02x on line %(line)d belongs to another encoding. "
        "Save it as UTF-8 text and try again."
    ),
    Fault.NOT_TEXT: _("The file is not plain text. Copy the article's text into a .txt file."),
    Fault.CONTROL_CHARACTERS: _("The file is not plain text: it holds control characters."),
    Fault.TITLE_IS_LIST_ITEM: _(
        "No title: the first line of text (line %(line)d) is a list item. "
        "Put the article's title on a line of its own at the top."
    ),
    Fault.TITLE_TOO_LONG: _(
        "No title: the first line of text (line %(line)d) has %(letters)d letters. "
        "Put the article's title on a line of its own at the top."
    ),
    Fault.TITLE_IS_SENTENCE: _(
        "No title: the first line of text (line %(line)d) is a sentence of running text. "
        "Put the article's title on a line of its own at the top."
    ),
    Fault.NO_TITLE: _("The file holds no article: no line looks like a title."),
    Fault.NO_TEXT: _("The file holds a title but no text after it."),
}


def article_error_text(error: ArticleError) -> str:
    return str(FAULTS[error.fault]) % error.details


# What was seen, and what was chosen. %(text)s is the line itself or a part of it.
GUESSES = {
    Guess.BOILERPLATE_INSIDE: (
        _("“%(text)s” stands inside the article but belongs to the site"),
        _("left out"),
    ),
    Guess.PRACTICE_NAME: (
        _("“%(text)s” stands right above an address"),
        _("left out as the practice's name"),
    ),
    Guess.UNKNOWN_AT_FOOT: (_("“%(text)s” stands at the foot of the page and is not known"), _("left out")),
    Guess.ROW_WITHOUT_TOPIC: (_("this pair has no heading of its own"), _("a row with a blank topic")),
    Guess.SIDE_NAME: (_("side “%(text)s” is named after the heading"), _("repeated in the table")),
    Guess.NO_CREDENTIAL: (_("“%(text)s” is a name without a credential"), _("byline")),
    Guess.TOO_LONG_FOR_HEADING: (
        _("“%(text)s” has no period, but is too long for a heading"),
        _("running text"),
    ),
    Guess.SHORT_HEADING: (_("“%(text)s” stands alone and is short"), _("heading")),
    Guess.NO_CAPITALS: (
        _("“%(text)s” stands alone and is short, but the other headings are written With Capitals"),
        _("running text"),
    ),
    Guess.FOLLOWS_HEADING: (
        _("“%(text)s” directly follows the heading on line %(above)d"),
        _("heading of level %(level)d"),
    ),
    Guess.BUILT_ALIKE: (
        _("“%(text)s” is built like an earlier heading of that level"),
        _("heading of level %(level)d"),
    ),
    Guess.NUMBERED: (_("“%(text)s” is numbered below line %(above)d"), _("heading of level %(level)d")),
    Guess.SAME_SUBJECT: (
        _("“%(text)s” takes up “%(subject)s” from line %(above)d"),
        _("heading of level %(level)d"),
    ),
    Guess.BROKEN_PARAGRAPH: (
        _("%(count)d lines of nearly one length look like one broken paragraph"),
        _("joined"),
    ),
    Guess.PICTURE: (_("reads like the description of a picture"), _("a missing picture")),
    Guess.SIGNS: (
        ngettext_lazy(
            "a list of %(count)d item under words such as “%(text)s”",
            "a list of %(count)d items under words such as “%(text)s”",
            "count",
        ),
        _("a list of signs"),
    ),
    Guess.CALLOUT: (_("“%(text)s” invites the reader at the end of the article"), _("a callout")),
    Guess.BUTTON: (_("reads like a link to act on, without a period"), _("the callout's button")),
    Guess.NO_BUTTON: (_("the callout has no line that could be its link"), _("no button")),
}


def decision_text(decision: Decision) -> str:
    """line 51: this pair has no heading of its own; chosen: a row with a blank topic"""
    values = {
        "text": decision.text,
        "subject": decision.subject,
        "above": decision.above,
        "level": decision.level,
        "count": decision.count,
    }
    seen, chosen = GUESSES[decision.guess]
    return _gettext("line %(line)d: %(seen)s; chosen: %(chosen)s") % {
        "line": decision.line,
        "seen": seen % values,
        "chosen": chosen % values,
    }


BOILERPLATE: dict[BoilerplateKind, object] = {
    "address": _("address"),
    "byline": _("byline"),
    "comments": _("comments"),
    "contact": _("contact"),
    "copyright": _("copyright"),
    "date": _("date"),
    "hours": _("hours"),
    "name": _("name"),
    "navigation": _("navigation"),
    "newsletter": _("newsletter"),
    "other": _("other"),
    "reading time": _("reading time"),
    "related": _("related posts"),
    "share": _("share link"),
    "tags": _("tags"),
}
