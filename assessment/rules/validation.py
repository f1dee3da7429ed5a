"""Whether a draft may be published, and the definition that a scorable one makes.

Every problem names its field, so that the editor's form can show it there. Problems are looked for
in the order in which they can be understood: ranges can't be judged while labels are unclear, and
worked examples only once all else is sound.
"""

from assessment.rules.definition import Definition, Item, Label, Method, Origin, Pair, Safety, SafetyWhen, Scale
from assessment.rules.examples import example_problems
from assessment.rules.problems import Fault, Problem, Value, same
from assessment.rules.ranges import built_ranges, range_problems
from assessment.rules.schema import Draft


class NotScorable(ValueError):
    """A draft that can't be scored yet; ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.fault for problem in problems))
        self.problems = problems


def publishing_problems(draft: Draft) -> list[Problem]:
    """All that must be mended before publication; empty for one that may be."""
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
    """Raises NotScorable where the draft can't be scored."""
    if problems := scoring_problems(draft):
        raise NotScorable(problems)
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
        return [Problem(("labels",), Fault.TOO_FEW_LABELS)]
    problems = []
    for number, label in enumerate(labels):
        if not label["text"].strip():
            problems.append(Problem(("labels", number, "text"), Fault.LABEL_WITHOUT_TEXT))
        value, before = label["value"], labels[number - 1]["value"] if number else None
        if value is None:
            problems.append(Problem(("labels", number, "value"), Fault.LABEL_WITHOUT_VALUE))
        elif before is not None and value <= before:
            problems.append(Problem(("labels", number, "value"), Fault.LABEL_NOT_RISING, {"before": before}))
    return problems


def _scale_problems(draft: Draft) -> list[Problem]:
    scales = draft["scales"]
    if not scales:
        return [Problem(("scales",), Fault.NO_SCALE)]
    problems = []
    for number, scale in enumerate(scales):
        if not scale["name"].strip():
            problems.append(Problem(("scales", number, "name"), Fault.SCALE_WITHOUT_NAME))
        if not scale["low_end"].strip():
            problems.append(Problem(("scales", number, "low_end"), Fault.SCALE_WITHOUT_LOW_END))
        if not scale["high_end"].strip():
            problems.append(Problem(("scales", number, "high_end"), Fault.SCALE_WITHOUT_HIGH_END))
        letter = scale["letter"]
        if not letter:
            problems.append(Problem(("scales", number, "letter"), Fault.SCALE_WITHOUT_LETTER))
        elif any(other["letter"] == letter for other in scales[:number]):
            problems.append(Problem(("scales", number, "letter"), Fault.LETTER_TAKEN))
        elif all(item["scale"] != letter for item in draft["items"]):
            problems.append(Problem(("scales", number, "letter"), Fault.SCALE_WITHOUT_QUESTION, {"scale": letter}))
        if scale["method"] not in set(Method):
            problems.append(Problem(("scales", number, "method"), Fault.SCALE_WITHOUT_METHOD))
        if not 0 <= (scale["missing_percent"] or 0) < 100:
            problems.append(Problem(("scales", number, "missing_percent"), Fault.SHARE_OUT_OF_BOUNDS))
    return problems


def _item_problems(draft: Draft) -> list[Problem]:
    if not draft["items"]:
        return [Problem(("items",), Fault.NO_QUESTION)]
    letters = [scale["letter"] for scale in draft["scales"]]
    values = [label["value"] for label in draft["labels"]]
    problems = []
    for number, item in enumerate(draft["items"]):
        if not item["text"].strip():
            problems.append(Problem(("items", number, "text"), Fault.QUESTION_WITHOUT_TEXT))
        if not item["scale"]:
            problems.append(Problem(("items", number, "scale"), Fault.QUESTION_WITHOUT_SCALE))
        elif item["scale"] not in letters:
            problems.append(
                Problem(
                    ("items", number, "scale"),
                    Fault.QUESTION_OF_UNKNOWN_SCALE,
                    {"scale": item["scale"], "scales": letters},
                )
            )
        if item["safety"] and item["safety_value"] not in values:
            known = [str(value) for value in values if value is not None]
            problems.append(Problem(("items", number, "safety_value"), Fault.SAFETY_VALUE_UNKNOWN, {"values": known}))
    return problems


def _pair_problems(draft: Draft) -> list[Problem]:
    ranges = {scale["letter"]: [each["name"].strip() for each in scale["ranges"]] for scale in draft["scales"]}
    problems = []
    seen: list[set[tuple[str, str]]] = []
    for number, pair in enumerate(draft["pairs"]):
        if not pair["name"].strip():
            problems.append(Problem(("pairs", number, "name"), Fault.PAIR_WITHOUT_NAME))
        if pair["first_scale"] == pair["second_scale"]:
            problems.append(Problem(("pairs", number, "second_scale"), Fault.PAIR_OF_ONE_SCALE))
        first, second = (pair["first_scale"], pair["first_range"]), (pair["second_scale"], pair["second_range"])
        for side, (letter, name) in (("first", first), ("second", second)):
            if letter not in ranges:
                problems.append(Problem(("pairs", number, f"{side}_scale"), Fault.SCALE_UNKNOWN))
            elif not any(same(name, each) for each in ranges[letter]):
                values: dict[str, Value] = {"scale": letter, "ranges": ranges[letter]}
                problems.append(Problem(("pairs", number, f"{side}_range"), Fault.RANGE_UNKNOWN, values))
        ends = {(letter, name.strip().casefold()) for letter, name in (first, second)}
        if ends in seen:
            problems.append(Problem(("pairs", number, "name"), Fault.PAIR_TAKEN))
        seen.append(ends)
    return problems


def _origin_problems(draft: Draft) -> list[Problem]:
    origin = draft["origin"]
    if origin["kind"] not in set(Origin):
        return [Problem(("origin",), Fault.NO_ORIGIN)]
    if origin["kind"] == Origin.OWN:
        return []
    given = {
        "instrument": (origin["instrument"].strip(), Fault.NO_INSTRUMENT),
        "citation": (origin["citation"].strip(), Fault.NO_CITATION),
        "license": (origin["license"].strip(), Fault.NO_LICENSE),
        "permission_document": (origin["has_permission_document"], Fault.NO_PERMISSION_DOCUMENT),
    }
    return [Problem((field,), fault) for field, (value, fault) in given.items() if not value]


def _review_problems(draft: Draft) -> list[Problem]:
    reviewed, due = draft["reviewed_on"], draft["review_due"]
    if reviewed and due and due <= reviewed:
        return [Problem(("review_due",), Fault.REVIEW_NOT_AFTER_LAST)]
    return []
