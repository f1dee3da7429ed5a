"""On a server our stylesheets and scripts are minified: smaller, and still the same code."""

import re
from pathlib import Path

import pytest
import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from innerbalance.static_files import MINIFIERS, MinifiedStaticFilesStorage

STATIC = Path(__file__).parents[2] / "innerbalance/static"
OWN = sorted([*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")])
WORDS = re.compile(r"\w+|[{}()\[\]`]")
COMMENT = re.compile(r"(?<!\S)//[^\n]*|/\*.*?\*/", re.DOTALL)


def collected(tmp_path, name: str, text: str) -> str:
    """The file as `collectstatic` leaves it."""
    source = FileSystemStorage(tmp_path / "source")
    storage = MinifiedStaticFilesStorage(location=tmp_path / "static", base_url="/static/")
    for place in (source, storage):
        place.save(name, ContentFile(text.encode()))
    results = list(storage.post_process({name: (source, name)}))
    assert not [problem for *_, problem in results if isinstance(problem, Exception)]
    stored = tmp_path / "static" / storage.stored_name(name)
    return stored.read_text()


def test_ours_lose_comments_and_indentation(tmp_path):
    assert collected(tmp_path, "css/a.css", "/* why */\n.a {\n  color: red;\n}\n") == ".a{color:red}"


def test_scripts_keep_what_stands_in_strings(tmp_path):
    text = 'const address = "https://example.org"; // said once\nconst words = `one\n  // two`;\n'
    small = collected(tmp_path, "js/a.js", text)
    assert small.split() == ["const", 'address="https://example.org";const', "words=`one", "//", "two`;"]
    assert "`one\n  // two`" in small


def test_what_packages_bring_is_left_alone(tmp_path):
    text = "/* a license */\n.a {\n  color: red;\n}\n"
    assert collected(tmp_path, "wagtailadmin/css/a.css", text) == text


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_each_of_our_files_keeps_its_code(file):
    text = file.read_text()
    minify = MINIFIERS[f"{file.parent.name}/", file.suffix]
    assert minify in (rcssmin.cssmin, rjsmin.jsmin)
    small = minify(text)
    assert len(small) < len(text)
    assert minify(small) == small
    assert WORDS.findall(small) == WORDS.findall(COMMENT.sub("", text))
