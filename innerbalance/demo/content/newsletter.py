"""What the newsletter's page says."""

NEWSLETTER = {
    "intro": "A short letter from the practice, for people who would rather read than scroll.",
    "what_to_expect": (
        "<p>New articles, one thing to try at home, and what changes at the offices. Nothing is sold in it.</p>"
        "<p>You can leave with one click, from any letter.</p>"
    ),
    "how_often": "About once a month.",
}
