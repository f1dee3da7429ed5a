"""What the newsletter's page says, two letters of the past, and one that waits to be sent."""

from innerbalance.demo.content.shapes import LetterText, TopicText, callout, heading, items, text

NEWSLETTER = {
    "intro": "A short letter from the practice, for people who would rather read than scroll.",
    "what_to_expect": (
        "<p>New articles, one thing to try at home, and what changes at the offices. Nothing is sold in it.</p>"
        "<p>You can leave with one click, from any letter.</p>"
    ),
    "how_often": "About once a month.",
}

CHOICES = (
    TopicText("relationships", "Relationships", "Family, partners, friends, and the talks you put off."),
    TopicText("anxiety-and-worry", "Anxiety and worry", "Sleep, worry, and what helps."),
    TopicText("the-practice", "News of the practice", "Groups, new counselors, changes at the offices."),
)

LETTERS = (
    LetterText(
        slug="for-the-nights-that-are-too-long",
        title="For the nights that are too long",
        preview_text="Two articles, and a piece of paper beside the bed.",
        weeks_ago=14,
        body=[
            text(
                "This is our first letter. About once a month you will find in it what we have written, and one thing to try. "
                "That is all of it.",
            ),
            heading("To read"),
            text(
                '<a href="/blog/when-worry-keeps-you-up/">When Worry Keeps You Up at Night</a> is about three in the morning: '
                "four things to do in place of trying harder, and how to tell when it is time to ask for help.",
                '<a href="/blog/video-or-in-person/">By Video or in Person?</a> helps you choose, if you have put off a first '
                "session because of the drive.",
            ),
            heading("To try: one line for each worry"),
            text(
                items(
                    "Lay paper and a pencil beside the bed this evening.",
                    "When a worry comes, give it one line, and beside it the first small step for tomorrow.",
                    "In the morning, take the steps that still look right by daylight. Cross out the others.",
                ),
                "Most people cross out more than they keep.",
            ),
        ],
    ),
    LetterText(
        slug="a-boundary-fits-into-one-breath",
        title="A boundary fits into one breath",
        preview_text="What to say at the next family dinner, and why to say it twice.",
        weeks_ago=9,
        body=[
            text(
                "Someone asked us at the front desk whether a boundary has to be announced. It doesn’t. It has to be kept, and "
                "short sentences are easier to keep.",
                'How to build one is in our new article, <a href="/blog/how-to-set-a-boundary/">How to Set a Boundary Without '
                "Building a Wall</a>.",
            ),
            heading("To try: finish the sentence"),
            text(
                "Think of something that you often end up doing against your will. Then write down the end of this sentence, in "
                "ten words or fewer:",
            ),
            ("quote", {"text": "When that happens, I will …", "source": ""}),
            text(
                "Read it aloud. If it speaks about what the other person must do, begin again. If it speaks about you, it is a "
                "boundary, and you can use it this week."
            ),
            heading("At the offices"),
            text(
                "The front desk answers the phone Monday to Friday from 9 am to 3 pm. At any other hour, "
                '<a href="/request-a-consultation/">write to us on the site</a>.'
            ),
        ],
    ),
)

# For someone of the office to look at, to test and to send.
DRAFT = LetterText(
    slug="close-and-still-yourself",
    title="Close, and still yourself",
    preview_text="A new article about leaning on each other, and a question for the week.",
    weeks_ago=0,
    body=[
        text("Two articles came out since our last letter. The long one took us a while, and we are glad it is done."),
        ("latest_posts", {"heading": "New on the blog", "most": 2}),
        heading("To try: a small no"),
        text(
            "Once this week, when someone asks what you would like for dinner, answer before you know what they would like. "
            "See what happens in the quiet second after. You need not change anything; noticing is the whole exercise."
        ),
        callout(
            "Would you rather talk about it?",
            "The front office finds a time that suits you, at an office or by video.",
            "Request a consultation",
        ),
    ],
)
