"""Stylesheets and scripts lose what is for their authors, and nothing else."""

from pathlib import Path

import pytest

from innerbalance.smaller import smaller_css, smaller_js

STATIC = Path(__file__).parents[2] / "innerbalance/static"


def test_a_stylesheet_without_comments_and_indentation():
    assert smaller_css("/* why */\n.a {\n  color: red; /* and\n why */\n\n}\n") == ".a {\ncolor: red;\n}\n"


@pytest.mark.parametrize("content", ['"/* kept */"', "'/* kept'", r'"a\" /* kept */"', 'url("data:,/*kept*/")'])
def test_what_stands_in_quotes_is_content(content):
    assert content in smaller_css(f"/* it's */ .a::before {{ content: {content}; }} /* it's */")


def test_a_script_without_the_comments_on_lines_of_their_own():
    text = """/** What it does,
     * and why. */
    import { a } from "./a.js";

    // Said once.
    const address = "https://example.org"; // stays
    /* one line */
    a(address, 3 / 2);
    """
    assert smaller_js(text) == (
        'import { a } from "./a.js";\nconst address = "https://example.org"; // stays\na(address, 3 / 2);\n'
    )


@pytest.mark.parametrize(
    "text",
    ["const words = `one\n    // two\n`;\n", "/* a comment */ act();\n", "/* two\n lines */ act();\n"],
    ids=["a template over several lines", "code after a comment", "code after a comment of two lines"],
)
def test_where_it_can_not_be_sure_it_leaves_a_script_alone(text):
    assert smaller_js(text) == text


@pytest.mark.parametrize(
    "file", sorted([*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]), ids=lambda file: file.name
)
def test_each_of_our_files_becomes_smaller_once_and_keeps_its_code(file):
    text = file.read_text()
    smaller = smaller_css if file.suffix == ".css" else smaller_js
    once = smaller(text)
    assert smaller(once) == once
    assert len(once) < len(text)
    for bracket in "{}()[]`":
        without_comments = smaller_css(text) if file.suffix == ".css" else once
        assert once.count(bracket) == without_comments.count(bracket)
    assert once.count("{") == once.count("}")
