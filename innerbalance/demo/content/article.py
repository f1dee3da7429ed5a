"""The demo's long article: on need and closeness, in our own words, with each block used for what it is for."""

from innerbalance.demo.content.shapes import PostText, callout, heading, items, notice, questions, references, text

ROWS = [
    {
        "topic": "When something goes wrong",
        "first": "The search is for whose fault it was. Owning a mistake feels like losing the other person.",
        "second": "Each looks for a share in it. “I was short with you” can be said, because the bond will hold it.",
    },
    {
        "topic": "Talking",
        "first": "Hard things are hinted at, or kept until they burst. The other person’s mood decides what may be said.",
        "second": "Hard things are said early and kindly. A bad mood is allowed to be just a mood.",
    },
    {
        "topic": "Worth",
        "first": "A good day is a day when they were pleased with you.",
        "second": "You arrive with some of your own, from work and friends and things you love, and you share it.",
    },
    {
        "topic": "A no",
        "first": "It sounds like the end, so it is swallowed.\n\nLater it comes back as a headache or a slammed door.",
        "second": "It sounds like information. It can disappoint, and dinner still happens.",
    },
]

ARTICLE = PostText(
    slug="leaning-without-losing-yourself",
    title="Leaning on Each Other Without Losing Yourself",
    summary="Codependency and interdependency both begin with needing someone. What tells them apart is whether there are "
    "still two people in the relationship.",
    picture="puzzle",
    authors=("katy-kandaris-weiner",),
    topics=("relationships",),
    weeks_ago=3,
    quick_exit=True,
    reviewed=True,
    body=[
        text(
            "Needing people is not a weakness. We are born unable to lift our own heads, and we never quite stop looking for a "
            "face that is glad to see us. The question is not whether to lean on someone, but how: with your weight, or with "
            "your whole self.",
            "Two words are often used for the difference. <b>Codependency</b> is leaning so hard that you would fall if the "
            "other moved. <b>Interdependency</b> is leaning on each other while both keep their feet on the ground.",
        ),
        notice(
            "If you are afraid of your partner",
            "This article is about patterns between two people, not about violence. Fear is a reason to get help now. The "
            'National Domestic Violence Hotline listens at any hour: call <a href="tel:18007997233">1-800-799-7233</a> or text '
            'START to 88788. In danger, call <a href="tel:911">911</a>. For a crisis of any kind, call or text '
            '<a href="tel:988">988</a>.',
            kind="crisis",
        ),
        heading("When Need Takes Over"),
        text(
            "The word comes from families living with addiction. Counselors noticed that one person drank and another one "
            "arranged life around it: made the excuses, paid the bills, kept the peace. The helping was real love, and it also "
            "kept things as they were.",
            "Today the word is used more widely, and it is not a diagnosis. It describes a habit of taking one’s worth, calm "
            "and direction from another person. Many who have it learned early that closeness had to be earned: by being easy, "
            "by being useful, by reading a room before entering it. Researchers would speak of an anxious style of attachment.",
        ),
        heading("How Codependency Can Look From Inside", "h3"),
        (
            "signs",
            {
                "lead_in": "Nobody has all of these, and everybody has some of them at times. Notice which ones feel like home:",
                "items": [
                    "You know what they need, and have to think hard about what you need",
                    "Their silence on the phone can undo your whole afternoon",
                    "You have dropped friends or plans without being asked to",
                    "You say sorry in order to end the feeling, not because you were wrong",
                    "Being needed feels safer than being loved",
                ],
            },
        ),
        text(
            "If you found yourself in this list, there is nothing to be ashamed of. It is a skill that once kept you safe and "
            "has outstayed its use. Skills can be put down, and new ones learned."
        ),
        ("assessment", None),
        heading("When Distance Takes Over"),
        text(
            "There is a ditch on the other side of the road, too. Some people learned that nobody comes when they call, and "
            "decided to stop calling. They handle things alone, leave before they can be left, and feel crowded by ordinary "
            "affection. From outside it looks like strength. From inside it is often lonely.",
            "The two styles find each other with great reliability. One reaches, the other steps back, and each confirms what "
            "the other always feared.",
        ),
        heading("The Ground Between"),
        text(
            "Interdependency is not a midpoint where each gives up half. It is a different arrangement: two people, each "
            "responsible for one life, who choose to let those lives matter to each other."
        ),
        (
            "quote",
            {
                "text": "I can stand without you. I would rather walk with you.",
                "source": "A sentence from our waiting room wall",
            },
        ),
        heading("How Interdependency Can Look From Inside", "h3"),
        (
            "signs",
            {
                "lead_in": "People who live this way tend to describe small, undramatic things:",
                "items": [
                    "You can be in different moods in the same room",
                    "Each of you has a friend, a place or a pleasure of your own",
                    "You ask for what you want in words, and can bear to hear no",
                    "After a quarrel one of you comes back, and it isn’t always the same one",
                ],
            },
        ),
        heading("Side by Side"),
        text("The same Tuesday evening can go either way. It helps to see the two next to each other."),
        (
            "comparison",
            {
                "caption": "Four ordinary moments in codependent and interdependent relationships",
                "first_side": "Codependent",
                "second_side": "Interdependent",
                "rows": ROWS,
            },
        ),
        heading("How to Get From One to the Other"),
        text(
            "You can’t change a relationship by deciding to. You can change one small thing in it and stay kind while it feels "
            "strange. These are places to begin:",
            items(
                "<b>Wait ten minutes.</b> When the urge comes to fix, text or apologize, wait, and notice what is underneath it.",
                "<b>Say one true sentence a day.</b> “I’d rather stay in tonight” is enough.",
                "<b>Take back one thing.</b> An evening, a friend, the music you like.",
                "<b>Let them carry theirs.</b> A bad day of someone you love is sad. It is not an order.",
            ),
            "Expect some guilt. It is the sound of an old rule being broken, and not proof that you did harm.",
        ),
        (
            "image",
            {
                "image": "path",
                "alt": "A pale path winds between green hills and saguaros toward the mountains",
                "decorative": False,
                "caption": "Slow is fine. The path doesn’t go away.",
                "credit": "",
            },
        ),
        heading("Questions People Ask"),
        questions(
            (
                "Is codependency a mental illness?",
                "No. It isn’t in the manuals that clinicians diagnose by. It can come together with anxiety or depression, "
                "though, and those can be treated.",
            ),
            (
                "Can one person change it alone?",
                "One person can begin. A pattern takes two, and when one steps out of it, it can’t go on as it was. Sometimes the "
                "other grows along; sometimes it becomes clear that they won’t.",
            ),
            (
                "Isn’t it selfish to think of my own needs?",
                "It feels so at first. But someone who knows what they need can ask for it, and doesn’t have to collect it "
                "later in resentment. That is a gift to both.",
            ),
        ),
        callout(
            "You don’t have to sort it out alone",
            "A first conversation is for finding out whether we are right for you. Bring the muddle; no preparation is needed.",
            "Request a consultation",
        ),
        (
            "newsletter",
            {
                "heading": "One quiet mail a month",
                "text": "New articles, and nothing else. You can leave with one click.",
            },
        ),
        references(
            (
                "Beattie, M. (1986). Codependent No More: How to Stop Controlling Others and Start Caring for Yourself. Hazelden.",
                "",
            ),
            (
                "Bowlby, J. (1988). A Secure Base: Parent-Child Attachment and Healthy Human Development. Basic Books.",
                "",
            ),
            (
                "Hazan, C., & Shaver, P. (1987). Romantic love conceptualized as an attachment process. Journal of Personality "
                "and Social Psychology, 52(3), 511–524.",
                "https://doi.org/10.1037/0022-3514.52.3.511",
            ),
            (
                "National Institute of Mental Health: Psychotherapies.",
                "https://www.nimh.nih.gov/health/topics/psychotherapies",
            ),
            (
                "Substance Abuse and Mental Health Services Administration: FindTreatment.gov, for help with addiction.",
                "https://findtreatment.gov/",
            ),
        ),
    ],
)
