"""The text of an article copied off a site becomes parts, word for word."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blog.rules.article import (
    Article,
    ArticleError,
    Boilerplate,
    Callout,
    Comparison,
    Decision,
    Fault,
    Guess,
    Heading,
    ItemList,
    Signs,
    Text,
    read_article,
)

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "article" / "codependency-vs-interdependency.txt"
OURS = Path(__file__).parent / "fixtures" / "overcommitment-vs-commitment.txt"
FILES = [path for path in (OURS, REAL) if path.exists()]


def parse(text: str) -> Article:
    return read_article(text.encode())


def words_of_lines(text: str, first: int, last: int) -> list[str]:
    """The words on lines `first` to `last` of a file, without the bullets of its lists."""
    lines = text.split("\n")[first - 1 : last]
    return " ".join(re.sub(r"^\s*•\s+", "", line) for line in lines).split()


def parts_of(article: Article, kind):
    return [part for part in article.body if isinstance(part, kind)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestWholeFiles:
    def test_every_word_ends_in_one_place(self, path):
        text = path.read_text("utf-8")
        assert read_article(path.read_bytes()).all_words() == words_of_lines(text, 1, 10_000)

    def test_body_is_the_file_between_byline_and_share_link(self, path):
        text = path.read_text("utf-8")
        article = read_article(path.read_bytes())
        share = next(part.line for part in article.boilerplate if part.kind == "share")
        picture = article.pictures[0]
        before = words_of_lines(text, 5, picture.line - 1)
        after = words_of_lines(text, picture.line + 1, share - 1)
        assert article.body_words() == before + after

    def test_outline(self, path):
        outline = [part.level for part in parts_of(read_article(path.read_bytes()), Heading)]
        assert outline == ["h2", "h3", "h2", "h3", "h2", "h2"]

    def test_both_lists_are_signs_with_a_lead_in(self, path):
        signs = parts_of(read_article(path.read_bytes()), Signs)
        assert len(signs) == 2
        assert all(one.lead_in and one.lead_in.text.endswith(".") for one in signs)

    def test_third_pair_without_a_heading_is_a_row_without_topic(self, path):
        article = read_article(path.read_bytes())
        (comparison,) = parts_of(article, Comparison)
        assert [bool(row.topic) for row in comparison.rows] == [True, True, False]
        assert all(len(row.first) == len(row.second) == 1 for row in comparison.rows)
        line = comparison.rows[2].line
        assert Decision(line, Guess.ROW_WITHOUT_TOPIC) in article.decisions

    def test_line_without_full_stop_is_not_a_heading_and_is_reported(self, path):
        article = read_article(path.read_bytes())
        cell = parts_of(article, Comparison)[0].rows[1].second[0]
        assert cell.text[-1].isalpha()
        assert any(one.line == cell.line for one in article.decisions)

    def test_invitation_is_a_callout_at_the_end(self, path):
        callout = read_article(path.read_bytes()).body[-1]
        assert isinstance(callout, Callout)
        assert callout.heading.text.startswith("Talk to ")
        assert len(callout.paragraphs) == 1
        assert callout.button.text.startswith("Request a ")

    def test_frame_of_the_site_is_reported(self, path):
        kinds = {part.kind for part in read_article(path.read_bytes()).boilerplate}
        assert kinds == {"share", "byline", "newsletter", "name", "address", "hours", "copyright"}


@dataclass
class Told:
    """What a file says itself; where its parts stand is the same in both."""

    title: str
    author: tuple[str, str]
    sides: tuple[str, str]
    addresses: list[str]
    hours: str


TOLD = {
    OURS: Told(
        "Overcommitment vs Commitment",
        ("Jordan Example-Reyes", "LMFT"),
        ("Overcommitted", "Committed"),
        ["500 N Example Ave Suite 9\nMesa, AZ 85201", "77 E Sample Dr Suite 104\nTempe, AZ 85281"],
        "Front office: Monday - Thursday 8am-4pm",
    ),
    REAL: Told(
        "Codependency vs Interdependency",
        ("Katy Kandaris-Weiner", "LPC"),
        ("Codependent", "Interdependent"),
        ["1234 S Power Rd Suite 252\nMesa, AZ 85206", "1414 W Broadway Rd Suite 122\nTempe, AZ 85282"],
        "Front office: Monday - Friday 9am-3pm",
    ),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_in_detail(path):
    article, told = read_article(path.read_bytes()), TOLD[path]
    assert article.title == told.title
    assert [(by.name, by.credential) for by in article.bylines] == [told.author]
    assert [(part.line, part.level) for part in parts_of(article, Heading)] == [
        (9, "h2"), (17, "h3"), (30, "h2"), (38, "h3"), (48, "h2"), (69, "h2"),
    ]  # fmt: skip
    (comparison,) = parts_of(article, Comparison)
    assert (comparison.first_side, comparison.second_side) == told.sides
    assert [row.line for row in comparison.rows] == [52, 58, 65]
    assert [picture.line for picture in article.pictures] == [75]
    assert [part.text for part in article.boilerplate if part.kind == "address"] == told.addresses
    assert Boilerplate("hours", 98, (told.hours, "By appointment only.")) in article.boilerplate
    assert [(one.line, one.guess) for one in article.decisions] == [
        (17, Guess.SAME_SUBJECT),
        (21, Guess.SIGNS),
        (38, Guess.BUILT_ALIKE),
        (42, Guess.SIGNS),
        (48, Guess.SIDE_NAME),
        (48, Guess.SIDE_NAME),
        (62, Guess.TOO_LONG_FOR_HEADING),
        (65, Guess.ROW_WITHOUT_TOPIC),
        (75, Guess.PICTURE),
        (77, Guess.CALLOUT),
        (81, Guess.BUTTON),
    ]


class TestBadInput:
    @pytest.mark.parametrize(
        ("data", "fault", "details"),
        [
            (b"", Fault.EMPTY, {}),
            (b" \n\t\r\n", Fault.EMPTY, {}),
            (b"\xef\xbb\xbf\n", Fault.EMPTY, {}),
            (b"%PDF-1.7\n...", Fault.NOT_TEXT, {}),
            (b"PK\x03\x04word/document.xml", Fault.NOT_TEXT, {}),
            (b"Title\n\nA\x00B", Fault.NOT_TEXT, {}),
            (b"Title\n\nA\x1bB", Fault.CONTROL_CHARACTERS, {}),
            ("Title\n\nText".encode("utf-16"), Fault.OTHER_ENCODING, {"encoding": "UTF-16"}),
            ("Title\n\nText".encode("utf-16-be"), Fault.NOT_TEXT, {}),
            ("Title\n\nIt’s text".encode("cp1252"), Fault.NOT_UTF8, {"byte": 0x92, "line": 3}),
            (b"This is a sentence of text.\n\nAnd another.", Fault.TITLE_IS_SENTENCE, {"line": 1}),
            (b"\n- a list\n- of things", Fault.TITLE_IS_LIST_ITEM, {"line": 2}),
            (("Words " * 60).encode(), Fault.TITLE_TOO_LONG, {"line": 1, "letters": 359}),
            (b"A Title\n", Fault.NO_TEXT, {}),
            (b"A Title\n\nJane Doe, LPC\n\n", Fault.NO_TEXT, {}),
            (b"A Title\n\nShare this post\n", Fault.NO_TEXT, {}),
            (b"Skip to content\nMenu\n", Fault.NO_TITLE, {}),
        ],
    )
    def test_is_refused_with_its_reason(self, data, fault, details):
        with pytest.raises(ArticleError) as caught:
            read_article(data)
        assert (caught.value.fault, caught.value.details) == (fault, details)

    def test_byte_order_mark_and_windows_newlines_are_fine(self):
        article = read_article(b"\xef\xbb\xbfA Title\r\n\r\nText one.\r\n\r\nText two.\r\n")
        assert article.title == "A Title"
        assert article.body_words() == ["Text", "one.", "Text", "two."]


class TestByline:
    @pytest.mark.parametrize(
        ("line", "authors"),
        [
            ("Ana María López, LCSW", [("Ana María López", "LCSW")]),
            ("By Dr. Sam O’Neil, Psy.D., LPC-S", [("Dr. Sam O’Neil", "Psy.D., LPC-S")]),
            ("By Sam Hill", [("Sam Hill", "")]),
            ("Sam Hill, LPC and Ana Ruiz, LMFT", [("Sam Hill", "LPC"), ("Ana Ruiz", "LMFT")]),
        ],
    )
    def test_is_read(self, line, authors):
        article = parse(f"A Title\n\n{line}\n\nSome text stands here.")
        assert [(by.name, by.credential) for by in article.bylines] == authors

    def test_bare_name_counts_only_when_it_is_repeated(self):
        text = "A Title\n\nSam Hill\n\nSome text stands here.\n\nMore text.\n"
        assert parse(text).bylines == ()
        repeated = parse(f"{text}\nShare\nSam Hill\n")
        assert [by.name for by in repeated.bylines] == ["Sam Hill"]
        assert repeated.decisions[0].line == 3

    def test_date_and_share_link_above_the_text_are_the_sites(self):
        article = parse("A Title\nMay 4, 2025\n5 min read\nShare\n\nBy Sam Hill\n\nText stands here.")
        assert [part.kind for part in article.boilerplate] == ["date", "reading time", "share"]
        assert article.body_words() == ["Text", "stands", "here."]


class TestStructure:
    def test_one_broken_paragraph_is_joined(self):
        wrapped = (
            "This paragraph was written in a program that breaks its lines near\n"
            "the seventieth column, so that one paragraph stands on three lines\n"
            "of the file."
        )
        (text,) = parse(f"A Title\n\n{wrapped}\n").body
        assert [part.text for part in text.parts] == [wrapped.replace("\n", " ")]

    def test_lines_without_blank_lines_between_are_paragraphs(self):
        first, second = "One sentence. " * 20, "Two sentences. " * 20
        (text,) = parse(f"A Title\n{first}\n{second}\n").body
        assert [part.line for part in text.parts] == [2, 3]

    def test_list_without_signs_stays_in_the_text(self):
        (text,) = parse("A Title\n\nPlease bring along:\n- your card\n- your questions\n").body
        assert isinstance(text, Text)
        assert [item.text for item in text.parts[1].items] == ["your card", "your questions"]

    def test_numbered_list_keeps_its_order_and_a_lone_number_its_number(self):
        article = parse("A Title\n\nDo this.\n\n1. Sit down.\n2. Breathe.\n\nThen rest.\n\n3. May 2020.")
        (text,) = article.body
        assert isinstance(text.parts[1], ItemList)
        assert text.parts[1].ordered
        assert text.parts[3].text == "3. May 2020."

    def test_capitals_of_other_headings_settle_a_doubtful_line(self):
        sure = "\n\nFirst Main Heading\n\nText is here.\n\nSecond Main Part\n\nText is here."
        doubtful = "\n\nSomething short and odd\n\nText is here."
        assert len(parts_of(parse(f"A Title{sure}{doubtful}"), Heading)) == 2
        assert len(parts_of(parse(f"A Title\n\nText is here.{doubtful}"), Heading)) == 1

    def test_pairs_that_are_none_stay_headings_and_text(self):
        article = parse("A Title\n\nComparing Calm and Worry\n\nBoth happen.\n\nIn Short Words\n\nCalm is kind.")
        assert not parts_of(article, Comparison)
        assert len(parts_of(article, Heading)) == 2

    def test_share_link_inside_the_article_is_left_out_and_the_rest_kept(self):
        long = "This sentence goes on for rather more than twenty words, as sentences in articles do, "
        long += "and so it can never be the foot of a page."
        article = parse(f"A Title\n\nText is here.\n\nShare this post\n\n{long}")
        assert " ".join(article.body_words()) == f"Text is here. {long}"
        assert [part.kind for part in article.boilerplate] == ["share"]

    def test_long_text_after_the_share_link_is_the_articles(self):
        bio = "Sam Hill is a counselor in Mesa who has worked with couples and families for twelve "
        bio += "years and who walks two old dogs along the canal each morning."
        article = parse(f"A Title\n\nText is here.\n\n{bio}\n\nShare\n\nPowered by Something")
        assert bio.split()[-1] in article.body_words()

    def test_name_above_an_address_is_not_the_articles_last_line(self):
        article = parse("A Title\n\nText is here.\n\nWren Counseling\n\n1 N Elm St\nMesa, AZ 85201")
        assert article.body_words() == ["Text", "is", "here."]
        assert [part.kind for part in article.boilerplate] == ["name", "address"]

    def test_unknown_line_at_the_foot_is_reported(self):
        article = parse("A Title\n\nText is here.\n\nShare\n\nSomething else entirely\n")
        assert article.boilerplate[-1].kind == "other"
        assert Guess.UNKNOWN_AT_FOOT in [one.guess for one in article.decisions]


# Generated articles: made from words that no rule knows, so what comes out is told by the maker.
word = st.sampled_from(
    [
        "amber",
        "basil",
        "cedar",
        "“dune”",
        "elder",
        "fern’s",
        "grove",
        "hazel",
        "it’s",
        "juniper—kale",
    ]
)


def sentence(least=4, most=30):
    return st.lists(word, min_size=least, max_size=most).map(
        lambda words: f"{' '.join(words).lstrip('“').capitalize()}."
    )


headline = st.lists(
    st.sampled_from(["Amber", "Basil", "Cedar", "Dunes", "Elder", "Ferns"]), min_size=2, max_size=6
).map(" ".join)
bullets = st.lists(sentence(1, 8), min_size=1, max_size=5).map(lambda items: "\n".join(f"  • {item}" for item in items))
block = st.one_of(
    st.lists(sentence(), min_size=1, max_size=3).map(" ".join),
    st.tuples(headline, sentence()).map("\n\n".join),
    st.tuples(sentence(), bullets).map("\n\n".join),
)
body = st.lists(block, min_size=1, max_size=12).map("\n\n".join)
FOOT = """Share this post
Jane Doe, LPC

Sign up for our newsletter

Elder Grove Counseling

1 N Elm St
Mesa, AZ 85201

© 2026 Elder Grove
"""


@given(title=headline, text=body, foot=st.booleans())
def test_generated_article_keeps_every_word(title, text, foot):
    source = f"{title}\n\nJane Doe, LPC\n\n{text}\n\n{FOOT if foot else ''}"
    article = parse(source)
    assert article.title == title
    assert article.body_words() == words_of_lines(text, 1, 10_000)
    assert article.all_words() == words_of_lines(source, 1, 10_000)


pair = st.tuples(
    st.one_of(st.none(), headline),
    sentence().map(lambda text: f"In calm, {text}"),
    sentence().map(lambda text: f"In worry, {text}"),
)


@given(pairs=st.lists(pair, min_size=2, max_size=6), closing=sentence())
def test_generated_pairs_become_rows(pairs, closing):
    told = [part for one in pairs for part in one if part]
    text = "\n\n".join(["Comparing Calm and Worry", *told, "Closing Section", closing])
    article = parse(f"A Title\n\n{text}")
    (comparison,) = parts_of(article, Comparison)
    assert (comparison.first_side, comparison.second_side) == ("Calm", "Worry")
    rows = [(row.topic and row.topic.text, row.first[0].text, row.second[0].text)
            for row in comparison.rows]  # fmt: skip
    assert rows == pairs
    assert article.body_words() == text.split()


anything = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"],
                  exclude_characters="\ufeff\u200b"), max_size=80,
)  # fmt: skip
known = st.sampled_from(
    ["Share", "Jane Doe, LPC", "• one", "- two", "1. Three", "2. four", "Comparing Tea and Rest",
     "Tea is warm.", "Rest is long.", "a picture of a cup", "Call us today", "Mesa, AZ 85201",
     "© 2026", "What Looks Like Tea", "Signs:", "", "", "  • one more", "   and its second line"]
)  # fmt: skip


@given(st.lists(st.one_of(anything, known), min_size=1, max_size=25))
@example(["Title", "• one", "- two", "1. Three", "2. four"])
def test_any_lines_are_refused_or_kept_whole(lines):
    source = "\n".join(lines)
    try:
        article = parse(source)
    except ArticleError:
        return
    marks = re.compile(r"^(?:[•·◦▪▫●○‣⁃∙*\-–]|\d{1,2}[.)])$")
    kept = [word for word in article.all_words() if not marks.match(word)]
    assert kept == [word for word in source.split() if not marks.match(word)]
