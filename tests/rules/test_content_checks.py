"""What the editor is told to mend before a post goes live."""

import pytest

from blog.content_checks import Draft, findings, says_nothing


def draft(**changes) -> Draft:
    values = {"summary": "What it says.", "text": "Some words.", "authors": 1, "levels": [2, 3, 2]}
    return Draft(**{**values, **changes})


def test_a_good_draft_has_nothing_to_mend():
    assert findings(draft(alts=["Two people on a bench"], links=["Request a consultation"])) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"summary": " "}, "summary is missing"),
        ({"authors": 0}, "No author"),
        ({"alts": ["IMG_2034.jpg"]}, "says nothing"),
        ({"links": ["Click here!"]}, "does not say where it leads"),
        ({"levels": [2, 4]}, "a level is skipped"),
        ({"levels": [3]}, "a level is skipped"),
        ({"text": "He spoke of suicide."}, "without the 988 Lifeline"),
        ({"text": "Thoughts of killing yourself"}, "without the 988 Lifeline"),
    ],
)
def test_each_fault_is_named(changes, said):
    found = findings(draft(**changes))
    assert len(found) == 1
    assert said in found[0]


def test_the_crisis_line_on_the_page_is_enough():
    assert findings(draft(text="On suicide. Call or text 988 at any hour.")) == []


@pytest.mark.parametrize("alt", ["photo", "Image.", "sunset.JPG", "DSC_0001", "ab"])
def test_alt_texts_that_say_nothing(alt):
    assert says_nothing(alt)


@pytest.mark.parametrize("alt", ["", "A saguaro at dusk", "Photo of the waiting room with two chairs"])
def test_alt_texts_that_say_something(alt):
    assert not says_nothing(alt)
