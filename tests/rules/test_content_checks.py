"""What the editor is told to fix before a post goes live."""

import pytest

from blog.rules.content_checks import Check, Draft, Finding, findings, says_nothing


def draft(**changes) -> Draft:
    values = {"summary": "What it says.", "text": "Some words.", "authors": 1, "levels": [2, 3, 2]}
    return Draft(**{**values, **changes})


def test_a_good_draft_has_nothing_to_fix():
    assert findings(draft(alts=["Two people on a bench"], links=["Request a consultation"])) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"summary": " "}, Finding(Check.NO_SUMMARY)),
        ({"authors": 0}, Finding(Check.NO_AUTHOR)),
        ({"alts": ["A path", "IMG_2034.jpg"]}, Finding(Check.EMPTY_ALT_TEXT, "IMG_2034.jpg")),
        ({"links": ["Our fees", "Click here!"]}, Finding(Check.EMPTY_LINK_TEXT, "Click here!")),
        ({"links": [" READ MORE… "]}, Finding(Check.EMPTY_LINK_TEXT, " READ MORE… ")),
        ({"links": ["… here ."]}, Finding(Check.EMPTY_LINK_TEXT, "… here .")),
        ({"links": ["XXhereXX", "more"]}, Finding(Check.EMPTY_LINK_TEXT, "more")),
        ({"levels": [2, 4]}, Finding(Check.SKIPPED_LEVEL, level=4, above=2)),
        ({"levels": [3]}, Finding(Check.SKIPPED_LEVEL, level=3, above=1)),
        ({"levels": [2, 3, 4, 2, 4]}, Finding(Check.SKIPPED_LEVEL, level=4, above=2)),
        ({"text": "He spoke of suicide."}, Finding(Check.NO_CRISIS_LINE, "suicide")),
        ({"text": "Thoughts of Killing yourself"}, Finding(Check.NO_CRISIS_LINE, "Killing yourself")),
        ({"text": "An overdose, and the number 19880"}, Finding(Check.NO_CRISIS_LINE, "overdose")),
    ],
)
def test_each_fault_is_named(changes, finding):
    assert findings(draft(**changes)) == [finding]


def test_findings_stand_in_the_order_of_the_editors_fields():
    found = findings(Draft(alts=["photo"], links=["here"], levels=[3], text="self-harm"))
    assert [one.check for one in found] == list(Check)


def test_the_crisis_line_on_the_page_is_enough():
    assert findings(draft(text="On suicide. Call or text 988 at any hour.")) == []


@pytest.mark.parametrize("alt", ["photo", "Image.", "sunset.JPG", "sunset.jpg.", "DSC_0001", "ab", "sun", " x.x "])
def test_alt_texts_that_say_nothing(alt):
    assert says_nothing(alt)


@pytest.mark.parametrize("alt", ["", " ", "A saguaro at dusk", "Photo of the waiting room with two chairs", "rain"])
def test_alt_texts_that_say_something(alt):
    assert not says_nothing(alt)
