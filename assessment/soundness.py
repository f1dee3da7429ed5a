"""Whether a draft may be published, and the definition that a sound one makes.

Every problem names its field, so that the editor's form can show it there. Problems are looked for
in the order in which they can be understood: ranges can't be judged while labels are unclear, and
worked examples only once all else is sound.
"""

from assessment.definition import Definition, Item, Label, Method, Pair, Safety, SafetyWhen, Scale
from assessment.drafts import Draft
from assessment.examples import example_problems
from assessment.problems import Problem, listed, same
from assessment.ranges import built_ranges, range_problems

OWN, INSTRUMENT = "own", "instrument"


class Unsound(ValueError):
    """A draft that can't be scored yet; ``problems`` say why."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def publishing_problems(draft: Draft) -> list[Problem]:
    """All that must be mended before publication; empty for a sound draft."""
    problems = scoring_problems(draft)
    if not problems:
        letters = [scale["letter"] for scale in draft["scales"]]
        problems = example_problems(_built(draft), letters, draft["examples"])
    return problems + _origin_problems(draft) + _review_problems(draft)


def scoring_problems(draft: Draft) -> list[Problem]:
    """What keeps the draft from being scored at all: all but worked examples and provenance."""
    problems = _label_problems(draft) + _scale_problems(draft) + _item_problems(draft)
    if not problems:
        built = _built(draft, with_ranges=False)
        for number, scale in enumerate(draft["scales"]):
            problems += range_problems(
                scale,
                method=built.scales[number].method,
                bounds=built.bounds(number),
                path=("scales", number),
            )
    if not problems:
        problems = _pair_problems(draft)
    return problems


def definition_of(draft: Draft) -> Definition:
    """Raises Unsound where the draft can't be scored."""
    if problems := scoring_problems(draft):
        raise Unsound(problems)
    return _built(draft)


def _built(draft: Draft, *, with_ranges: bool = True) -> Definition:
    letters = [scale["letter"] for scale in draft["scales"]]
    scales = []
    for scale in draft["scales"]:
        method = Method(scale["method"])
        scales.append(
            Scale(
                name=scale["name"].strip(),
                low_end=scale["low_end"].strip(),
                high_end=scale["high_end"].strip(),
                method=method,
                missing_percent=scale["missing_percent"] or 0,
                ranges=built_ranges(scale, method) if with_ranges else (),
            )
        )

    def place(letter: str, name: str) -> tuple[int, int]:
        number = letters.index(letter)
        return number, next(n for n, r in enumerate(scales[number].ranges) if same(r.name, name))

    return Definition(
        title=draft["title"].strip(),
        labels=tuple(
            Label(each["text"].strip(), each["value"]) for each in draft["labels"] if each["value"] is not None
        ),
        items=tuple(
            Item(
                text=item["text"].strip(),
                scale=letters.index(item["scale"]),
                reversed=item["reversed"],
                safety=Safety(SafetyWhen(item["safety"]), item["safety_value"])
                if item["safety"] and item["safety_value"] is not None
                else None,
            )
            for item in draft["items"]
        ),
        scales=tuple(scales),
        pairs=tuple(
            Pair(
                place(pair["first_scale"], pair["first_range"]),
                place(pair["second_scale"], pair["second_range"]),
                pair["name"].strip(),
            )
            for pair in draft["pairs"]
            if with_ranges
        ),
    )


def _label_problems(draft: Draft) -> list[Problem]:
    labels = draft["labels"]
    if len(labels) < 2:
        return [Problem(("labels",), "Give at least two answers to choose from.")]
    problems = []
    for number, label in enumerate(labels):
        if not label["text"].strip():
            problems.append(Problem(("labels", number, "text"), "Give this answer its words."))
        value, before = label["value"], labels[number - 1]["value"] if number else None
        if value is None:
            problems.append(Problem(("labels", number, "value"), "Give this answer its value."))
        elif before is not None and value <= before:
            problems.append(
                Problem(
                    ("labels", number, "value"),
                    f"The values must rise from answer to answer; the one before has {before}.",
                )
            )
    return problems


def _scale_problems(draft: Draft) -> list[Problem]:
    scales = draft["scales"]
    if not scales:
        return [Problem(("scales",), "Add at least one scale.")]
    problems = []
    needed = {
        "name": "Give this scale a name.",
        "low_end": "Say in words what its low end is.",
        "high_end": "Say in words what its high end is.",
    }
    for number, scale in enumerate(scales):
        for field, message in needed.items():
            if not str(scale[field]).strip():  # type: ignore[literal-required]
                problems.append(Problem(("scales", number, field), message))
        if not scale["letter"]:
            problems.append(Problem(("scales", number, "letter"), "Choose a letter."))
        elif any(other["letter"] == scale["letter"] for other in scales[:number]):
            problems.append(Problem(("scales", number, "letter"), "Another scale has this letter already."))
        elif all(item["scale"] != scale["letter"] for item in draft["items"]):
            problems.append(
                Problem(
                    ("scales", number, "letter"),
                    f"No question counts for scale {scale['letter']}. Set at least one question's"
                    " scale to it, or remove this scale.",
                )
            )
        if scale["method"] not in set(Method):
            problems.append(Problem(("scales", number, "method"), "Choose how its answers are added up."))
        if not 0 <= (scale["missing_percent"] or 0) < 100:
            problems.append(
                Problem(
                    ("scales", number, "missing_percent"),
                    "This must be from 0 (every question must be answered) to 99.",
                )
            )
    return problems


def _item_problems(draft: Draft) -> list[Problem]:
    if not draft["items"]:
        return [Problem(("items",), "Add at least one question.")]
    letters = [scale["letter"] for scale in draft["scales"]]
    values = [label["value"] for label in draft["labels"]]
    problems = []
    for number, item in enumerate(draft["items"]):
        if not item["text"].strip():
            problems.append(Problem(("items", number, "text"), "Write the question."))
        if not item["scale"]:
            problems.append(Problem(("items", number, "scale"), "Say which scale this question counts for."))
        elif item["scale"] not in letters:
            problems.append(
                Problem(
                    ("items", number, "scale"),
                    f"There is no scale {item['scale']}. The scales are {listed(letters)}.",
                )
            )
        if item["safety"] and item["safety_value"] not in values:
            known = ", ".join(str(value) for value in values)
            problems.append(
                Problem(
                    ("items", number, "safety_value"),
                    f"Give the value of one of the answers ({known}).",
                )
            )
    return problems


def _pair_problems(draft: Draft) -> list[Problem]:
    scales = {scale["letter"]: scale for scale in draft["scales"]}
    problems = []
    seen: list[set[tuple[str, str]]] = []
    for number, pair in enumerate(draft["pairs"]):
        if not pair["name"].strip():
            problems.append(Problem(("pairs", number, "name"), "Give this pair a name."))
        if pair["first_scale"] == pair["second_scale"]:
            problems.append(Problem(("pairs", number, "second_scale"), "A pair needs two different scales."))
        for side in ("first", "second"):
            letter: str = pair[f"{side}_scale"]  # type: ignore[literal-required]
            name: str = pair[f"{side}_range"]  # type: ignore[literal-required]
            if letter not in scales:
                problems.append(Problem(("pairs", number, f"{side}_scale"), "Choose one of the scales."))
                continue
            names = [each["name"].strip() for each in scales[letter]["ranges"]]
            if not any(same(name, each) for each in names):
                problems.append(
                    Problem(
                        ("pairs", number, f"{side}_range"),
                        f"Scale {letter} has no range of this name. Its ranges are {listed(names)}.",
                    )
                )
        ends = {
            (pair["first_scale"], pair["first_range"].strip().casefold()),
            (pair["second_scale"], pair["second_range"].strip().casefold()),
        }
        if ends in seen:
            problems.append(Problem(("pairs", number, "name"), "Another pair names these two ranges already."))
        seen.append(ends)
    return problems


def _origin_problems(draft: Draft) -> list[Problem]:
    origin = draft["origin"]
    if origin["kind"] == OWN:
        return []
    if origin["kind"] != INSTRUMENT:
        return [Problem(("origin",), "Say where this assessment comes from.")]
    needed = {
        "instrument": "Name the instrument.",
        "citation": "Cite the work that it was published in.",
        "licence": "Say under which licence or permission you use it.",
    }
    problems = [
        Problem((field,), message)
        for field, message in needed.items()
        if not str(origin[field]).strip()  # type: ignore[literal-required]
    ]
    if not origin["has_permission_document"]:
        problems.append(Problem(("permission_document",), "Add the document that proves the permission."))
    return problems


def _review_problems(draft: Draft) -> list[Problem]:
    reviewed, due = draft["reviewed_on"], draft["review_due"]
    if reviewed and due and due <= reviewed:
        return [Problem(("review_due",), "The next review must come after the last one.")]
    return []
