"""The article page is small: HTML, styles and scripts together travel in under 20 KB (the promise is 30)."""

import gzip
import re

from django.contrib.staticfiles import finders

from tests.factories import make_clinician, make_image, make_post, make_topic

GOAL = 20 * 1024
PARAGRAPH = "Every sentence here is a little different, so that it packs as prose does: number {n}, then {m}. "


def long_body() -> list:
    """About 1,200 words, as a long article has."""
    paragraphs = [
        "<p>" + "".join(PARAGRAPH.format(n=n * 7 + part, m=n * n + part) for n in range(4)) + "</p>"
        for part in range(17)
    ]
    body = []
    for number, paragraph in enumerate(paragraphs):
        if number % 4 == 0:
            body.append(("heading", {"text": f"Section {number}", "level": "h2"}))
        body.append(("text", paragraph))
    return body


def test_an_article_travels_in_under_20_kilobytes(client, blog, team):
    make_post(
        blog,
        slug="p",
        authors=(make_clinician(team),),
        topics=(make_topic(),),
        hero_image=make_image(),
        hero_alt="A path",
        body=long_body(),
    )
    response = client.get("/blog/p/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    files = re.findall(r'<link rel="stylesheet" href="/static/([^"?]+)|<script[^>]* src="/static/([^"?]+)', html)
    names = [style or script for style, script in files]
    assert len(names) >= 5
    sizes = {}
    for name in names:
        with open(finders.find(name), "rb") as file:
            sizes[name] = len(gzip.compress(file.read()))
    total = len(response.content) + sum(sizes.values())
    assert total < GOAL, (len(response.content), sizes)
