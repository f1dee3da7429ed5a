"""The browser's scorer and the server's give the same for the same answers, texts included."""

import base64
import json
from dataclasses import asdict
from pathlib import Path

from assessment.formats.summaries import TEXTS, answers_text, summary
from assessment.rules.scoring import score
from tests.assessment.generated import random_cases

MODULE = Path(__file__).parents[2] / "innerbalance/static/js/assessment-scoring.js"

SCORE_ALL = """
async ([source, texts, cases]) => {
  const scorer = await import(`data:text/javascript;base64,${source}`);
  const results = JSON.parse(cases).map(([definition, answers]) => {
    const result = scorer.score(definition, answers);
    return [
      result,
      scorer.summary(texts, definition, result),
      scorer.answersText(texts, definition, answers),
    ];
  });
  return JSON.stringify(results);
}
"""


def _browser_results(chromium, cases):
    source = base64.b64encode(MODULE.read_bytes()).decode()
    page = chromium.new_page()
    page.goto("about:blank")
    data = [[asdict(definition), answers] for definition, answers in cases]
    texts = {name: str(text) for name, text in TEXTS.items()}
    # As JSON text, which is much quicker than Playwright's own way of handing values over.
    return json.loads(page.evaluate(SCORE_ALL, [source, texts, json.dumps(data)]))


def test_both_scorers_agree_on_ten_thousand_generated_cases(chromium):
    cases = random_cases(10_000, seed=6)
    found = _browser_results(chromium, cases)

    assert len(found) == 10_000
    for (definition, answers), in_browser in zip(cases, found, strict=True):
        result = score(definition, answers)
        assert in_browser == [
            json.loads(json.dumps(asdict(result))),
            summary(definition, result),
            answers_text(definition, answers),
        ]
    # The cases are worth something only if they reach the corners.
    results = [result for result, _, _ in found]
    assert any(each["crisis"] for each in results)
    assert any(each["pairs"] for each in results)
    assert any(scale["ticks"] is None for each in results for scale in each["scales"])
    assert any((scale["ticks"] or 0) < 0 for each in results for scale in each["scales"])


def test_both_cut_long_texts_alike(chromium):
    cases = random_cases(200, seed=7)
    for number, (definition, _) in enumerate(cases):
        object.__setattr__(definition, "title", "é😀\n" * (600 + number))
        for item in definition.items:
            object.__setattr__(item, "text", "wörter 🧩 " * (number * 5))
    for (definition, answers), (_, shared, written) in zip(cases, _browser_results(chromium, cases), strict=True):
        assert shared == summary(definition, score(definition, answers))
        assert written == answers_text(definition, answers)
