"""Four shorter posts, so that listings, topics and search have something to show."""

from innerbalance.demo.content.shapes import PostText, callout, heading, items, notice, questions, references, text

POSTS = (
    PostText(
        slug="what-happens-in-a-first-session",
        title="What Happens in a First Session",
        summary="Two chairs, some paperwork, and fifty minutes in which you can’t do anything wrong.",
        picture="chairs",
        authors=("mateo-lindqvist",),
        topics=("starting-counseling",),
        weeks_ago=6,
        body=[
            text(
                "Most people sit in the car for a minute before they come in. If that is you, you are in good company.",
                "A first session is less dramatic than films make it. Nobody lies down, and nobody tells you about your mother. "
                "Mostly, someone listens with care and asks what you would like to be different.",
            ),
            heading("Before You Sit Down"),
            text(
                "You will have signed a few papers, at home or on a clipboard: what stays between us and what the law excepts, "
                "what a session costs, how to cancel. Ask about anything that is unclear. There is no silly question about a "
                "paper that you are supposed to sign."
            ),
            heading("The Fifty Minutes"),
            text(
                "<ol><li>We ask what brought you, and why now. “I don’t know where to start” is a fine start.</li>"
                "<li>We ask about the rest of your life: who is in it, how you sleep, what has helped before.</li>"
                "<li>We ask whether you are safe, because we ask everyone.</li>"
                "<li>Near the end we say what we have understood and how we might go on. You say whether it fits.</li></ol>"
            ),
            heading("Afterward"),
            text(
                "You may feel lighter, or stirred up, or only tired. All three are usual. Leave yourself a quiet half hour if you "
                "can. And if the counselor wasn’t the right one, say so: we would rather help you find a better fit than keep you."
            ),
            questions(
                (
                    "Do I have to tell everything?",
                    "No. You decide what to tell, and when. Trust is allowed to take its time.",
                ),
                ("Can I bring someone?", "Yes, if it helps. Tell us before, so that there are enough chairs."),
            ),
            callout("Curious?", "The front office finds a time that suits you.", "Request a consultation"),
        ],
    ),
    PostText(
        slug="how-to-set-a-boundary",
        title="How to Set a Boundary Without Building a Wall",
        summary="A boundary says what you will do. That makes it shorter, kinder and far easier to keep than a demand.",
        picture="path",
        authors=("katy-kandaris-weiner",),
        topics=("relationships",),
        weeks_ago=10,
        reviewed=True,
        body=[
            text(
                "We often call something a boundary when it is a wish: “You need to stop calling so late.” A wish like that "
                "puts the other person in charge of whether it comes true. A boundary stays in your own hands.",
            ),
            (
                "comparison",
                {
                    "caption": "The same evening, said in two ways",
                    "first_side": "A demand",
                    "second_side": "A boundary",
                    "rows": [
                        {
                            "topic": "Late calls",
                            "first": "You have to stop calling after ten.",
                            "second": "After ten I turn my phone off. I’ll call you in the morning.",
                        },
                        {
                            "topic": "Raised voices",
                            "first": "Don’t you dare shout at me.",
                            "second": "When it gets loud I take a walk. I’ll be back in half an hour and we go on.",
                        },
                        {
                            "topic": "Money",
                            "first": "You never pay anything back!",
                            "second": "I don’t lend money to friends any more. I’m glad to cook for you.",
                        },
                    ],
                },
            ),
            heading("Three Parts, One Breath"),
            text(
                "A boundary that holds usually has three parts: what you have noticed, what you will do, and something warm that "
                "is also true. Leave out the essay that explains why. Reasons invite a debate about reasons."
            ),
            heading("The Hard Part Comes Later"),
            text(
                "People who are used to your yes will try it again, and that is not malice. The second and third time are where "
                "a boundary is made. Say the same words in the same voice, and then do what you said.",
                "If keeping a boundary puts you in danger, don’t do it alone. Talk with someone who knows about safety planning first.",
            ),
            notice(
                "Help with safety planning",
                'The National Domestic Violence Hotline is free and confidential: <a href="tel:18007997233">1-800-799-7233</a>, '
                'or <a href="https://www.thehotline.org/">thehotline.org</a>.',
            ),
        ],
    ),
    PostText(
        slug="when-worry-keeps-you-up",
        title="When Worry Keeps You Up at Night",
        summary="The harder you try to sleep, the more awake you are. Four things to do instead, and when to ask for help.",
        picture="night",
        authors=("june-abara",),
        topics=("anxiety-and-worry",),
        weeks_ago=15,
        body=[
            text(
                "At three in the morning every problem is larger than it is. There is nobody to ask, nothing to be done, and the "
                "mind, which is built to look for danger, has the whole dark to look in.",
                "You can’t order yourself to sleep. You can stop chasing it, and make it easier for sleep to come back.",
            ),
            heading("What to Try Tonight"),
            text(
                items(
                    "<b>Get up.</b> If you have lain awake for what feels like twenty minutes, go to another room and do something "
                    "dull in low light. Return when you are sleepy.",
                    "<b>Turn the clock around.</b> Counting the hours that are left makes them fewer.",
                    "<b>Write it down.</b> Keep paper by the bed. One line for each worry, and beside it the first step for tomorrow.",
                    "<b>Rise at the same time.</b> Even after a bad night. It is the strongest signal your body clock gets.",
                )
            ),
            (
                "signs",
                {
                    "lead_in": "Talk with a physician or a counselor when one of these is true:",
                    "items": [
                        "You have slept badly three nights a week for three months",
                        "You nod off while driving, or at work",
                        "Someone tells you that you snore and stop breathing",
                        "You drink or take something in order to sleep",
                        "The nights come with hopelessness",
                    ],
                },
            ),
            heading("What Works in the Long Run"),
            text(
                "For sleeplessness that stays, the American College of Physicians recommends starting with cognitive behavioral "
                "therapy for insomnia, before any pill. It takes a few weeks, it is more practical than it sounds, and its effect "
                "lasts. Worry itself can be treated as well."
            ),
            notice(
                "If the nights get dark in another way",
                'If you think of suicide, call or text <a href="tel:988">988</a> now. It is free, and someone is awake.',
                kind="crisis",
            ),
            references(
                (
                    "Qaseem, A., et al. (2016). Management of chronic insomnia disorder in adults: a clinical practice guideline "
                    "from the American College of Physicians. Annals of Internal Medicine, 165(2), 125–133.",
                    "https://doi.org/10.7326/M15-2175",
                ),
                (
                    "National Heart, Lung, and Blood Institute: Insomnia.",
                    "https://www.nhlbi.nih.gov/health/insomnia",
                ),
                (
                    "National Institute of Mental Health: Anxiety Disorders.",
                    "https://www.nimh.nih.gov/health/topics/anxiety-disorders",
                ),
            ),
        ],
    ),
    PostText(
        slug="video-or-in-person",
        title="By Video or in Person? How to Choose",
        summary="Both work. What matters is your week, your home, and what you would like to bring.",
        picture="desk",
        authors=("mateo-lindqvist", "june-abara"),
        topics=("starting-counseling", "anxiety-and-worry"),
        weeks_ago=21,
        body=[
            text(
                "A few years ago the question hardly came up. Now most people can choose, and choosing is one more thing to worry "
                "about. Here is how we think about it.",
            ),
            (
                "comparison",
                {
                    "caption": "Sessions by video and in person",
                    "first_side": "By video",
                    "second_side": "In person",
                    "rows": [
                        {
                            "topic": "It suits you when",
                            "first": "the drive, the children or the shift would make you cancel",
                            "second": "home is full of ears, or is part of the trouble",
                        },
                        {
                            "topic": "It asks for",
                            "first": "a closed door, a steady connection, headphones",
                            "second": "the way there and back, and a few quiet minutes after",
                        },
                        {
                            "topic": "You may miss",
                            "first": "the walk to the car, in which things settle",
                            "second": "your own blanket and your own dog",
                        },
                    ],
                },
            ),
            text(
                "You can mix the two, and many people do. One rule is the law’s and not ours: during a session by video you have "
                "to be in Arizona, because that is where we are licensed.",
                'What you need for a session by video is on our page about <a href="/services/telehealth/">telehealth</a>.',
            ),
            references(
                (
                    "U.S. Department of Health and Human Services: Telehealth for patients.",
                    "https://telehealth.hhs.gov/patients",
                ),
            ),
        ],
    ),
)
