"""The demo's self-assessment: twelve statements in our own words on two scales, a reflection and no instrument."""

from django.apps import apps

TITLE = "How do I relate?"
SLUG = "how-do-i-relate"

LABELS = [("Hardly ever", 0), ("Now and then", 1), ("Often", 2), ("Nearly always", 3)]

ITEMS = [
    ("When someone I love is in a low mood, I feel it must be my fault.", "A", False),
    ("I have friends, interests or plans that are my own.", "A", True),
    ("I keep things to myself so that nobody sees I am struggling.", "B", False),
    ("I give up what I need so that the other person stays content.", "A", False),
    ("I can ask someone close to me for help.", "B", True),
    ("Without a relationship I would hardly know who I am.", "A", False),
    ("When someone comes close, I look for a way to step back.", "B", False),
    ("I need to hear again and again that we are all right.", "A", False),
    ("I rely on myself alone, because others let one down.", "B", False),
    ("I can say no to someone I love and still feel safe with them.", "A", True),
    ("I can let someone comfort me.", "B", True),
    ("I am afraid of what the other person may do when I say what I want.", "B", False),
]
SAFETY_ITEM = 11

SCALES = [
    {
        "letter": "A",
        "name": "Leaning on the relationship for my worth",
        "low_end": "I rest in myself",
        "high_end": "my worth depends on us",
        "ranges": [
            (
                "Resting in yourself",
                0,
                6,
                "<p>You seem to know your worth with or without someone’s approval. That is good ground"
                " to meet another person from. If some days feel different, that is human.</p>",
            ),
            (
                "Leaning at times",
                7,
                12,
                "<p>You lean on the relationship at times, as people do who care about each other. It may"
                " be worth noticing when a want turns into a need.</p>",
            ),
            (
                "Leaning with your weight",
                13,
                18,
                "<p>Much of how you feel about yourself seems to hang on how things are between the two"
                " of you. That is tiring, and it is often learned early, from good reasons. It can be"
                " unlearned, and you need not do it alone.</p>",
            ),
        ],
    },
    {
        "letter": "B",
        "name": "Keeping others at a distance",
        "low_end": "I let others near",
        "high_end": "I keep others far",
        "ranges": [
            (
                "Open",
                0,
                6,
                "<p>You seem able to let people near and to show them how you are. That takes courage,"
                " even where it looks easy.</p>",
            ),
            (
                "Careful",
                7,
                12,
                "<p>You open up to some and not to others, or on some days and not on others. Care with"
                " one’s trust is sensible; the question is whether it is you who chooses.</p>",
            ),
            (
                "Behind a wall",
                13,
                18,
                "<p>You seem to count on yourself alone and to keep even close people at arm’s length. A"
                " wall once protected something. You may look at it again, at your own pace.</p>",
            ),
        ],
    },
]

PAIRS = [
    (
        "The middle ground: interdependence",
        "Resting in yourself",
        "Open",
        "<p>Near and yet your own person: this is what is called interdependence. Both people look after"
        " their own needs and each other’s, want one another without needing to, and can spend time apart"
        " and feel secure.</p>",
    ),
    (
        "Close to the middle ground",
        "Leaning at times",
        "Open",
        "<p>You are near others and lean on them at times. What brings interdependence closer is often"
        " something small: an interest of your own, a boundary said kindly.</p>",
    ),
    (
        "Close, at the price of yourself",
        "Leaning with your weight",
        "Open",
        "<p>You let others near, and may lose yourself in it. This is what the word codependency tries to"
        " describe. It is a pattern, not who you are.</p>",
    ),
    (
        "On your own feet, at a distance",
        "Resting in yourself",
        "Behind a wall",
        "<p>You stand well alone, and perhaps stand alone more than you would like. Letting one person see"
        " one thing is a way to begin.</p>",
    ),
    (
        "Wanting closeness and fearing it",
        "Leaning with your weight",
        "Behind a wall",
        "<p>You long to be held and yet keep people away. To want both at once is painful and more common"
        " than it seems. It is a good thing to bring to someone who listens for a living.</p>",
    ),
]

# Answers, then the expected range and score on scale A and on scale B.
EXAMPLES = [
    ("0 3 0 0 3 0 0 0 0 3 3 0", ("Resting in yourself", 0), ("Open", 0)),
    ("1 1 2 2 1 1 1 2 2 2 2 1", ("Leaning at times", 9), ("Careful", 9)),
    ("3 0 3 3 0 3 3 3 3 0 0 3", ("Leaning with your weight", 18), ("Behind a wall", 18)),
    ("1 2 1 1 2 1 1 1 1 2 2 1", ("Resting in yourself", 6), ("Open", 6)),
    ("2 2 2 2 2 2 2 2 2 1 2 2", ("Leaning at times", 11), ("Careful", 10)),
    ("2 1 2 2 1 2 2 2 2 0 1 3", ("Leaning with your weight", 13), ("Behind a wall", 13)),
]


def _item(number: int, text: str, scale: str, reverse_keyed: bool) -> dict:
    asks = number == SAFETY_ITEM
    return {
        "type": "item",
        "value": {
            "text": text,
            "scale": scale,
            "reversed": reverse_keyed,
            "safety": "from" if asks else "",
            "safety_value": 2 if asks else None,
        },
    }


def _scale(scale: dict) -> dict:
    ranges = [{"name": name, "low": low, "high": high, "text": text} for name, low, high, text in scale["ranges"]]
    return {
        "type": "scale",
        "value": {**scale, "method": "sum", "missing_percent": 20, "ranges": ranges},
    }


def _pair(name: str, first: str, second: str, text: str) -> dict:
    value = {"name": name, "first_scale": "A", "first_range": first, "second_scale": "B", "second_range": second}
    return {"type": "pair", "value": {**value, "text": text}}


def _example(answers: str, *expected: tuple[str, int]) -> dict:
    results = [
        {"scale": letter, "range": name, "score": score} for letter, (name, score) in zip("AB", expected, strict=True)
    ]
    return {"type": "example", "value": {"answers": answers, "expected": results}}


def fields() -> dict:
    """What the demo's assessment is made of, in the model's own fields."""
    return {
        "title": TITLE,
        "introduction": "<p>Twelve statements about how you are with people who matter to you: a partner, a friend,"
        " someone in your family. Think of the last few weeks, and of how it is rather than how it should be. There"
        " are no right answers.</p>",
        "minutes": 3,
        "layout": "steps",
        "labels": [{"type": "label", "value": {"text": text, "value": value}} for text, value in LABELS],
        "items": [_item(number, *item) for number, item in enumerate(ITEMS)],
        "scales": [_scale(scale) for scale in SCALES],
        "pairs": [_pair(*pair) for pair in PAIRS],
        "examples": [_example(*example) for example in EXAMPLES],
        "next_steps": "<ul><li>Choose one statement that stayed with you and write down when it was last true.</li>"
        "<li>Tell one person you trust something small that you would usually keep back.</li>"
        "<li>Take an hour this week for something that is yours alone.</li>"
        "<li>If you would like company in this, ask us for a consultation.</li></ul>",
        "limits": "<p>It can’t tell what is right for you, nor anything about the other person. It knows nothing of your"
        " story, and a hard week can color every answer. If someone frightens or hurts you, that is not a matter of"
        " style: please talk to someone.</p>",
        "references": [],
        "origin": "own",
    }


def create_assessment():
    """The published demo assessment; made the first time, and left alone from then on."""
    Assessment = apps.get_model("assessment", "Assessment")
    made, is_new = Assessment.objects.get_or_create(slug=SLUG, defaults={**fields(), "live": False})
    if is_new:
        made.refresh_from_db()
        made.save_revision().publish()
        made.refresh_from_db()
    return made
