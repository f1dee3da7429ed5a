"""What the practice offers."""

from innerbalance.demo.content.shapes import PageText, callout, heading, items, notice, questions, text

ASK = callout(
    "Not sure what fits?",
    "Tell us in a few lines what brings you. We will suggest a way to begin.",
    "Request a consultation",
)

SERVICES = PageText(
    slug="services",
    title="Services",
    intro="Sessions last about fifty minutes and are by appointment, in Mesa, in Tempe or by video.",
    menu=True,
    body=[
        text(
            "People come for many reasons: a hard year, a pattern that repeats, a relationship that hurts, a worry that won’t "
            "rest. What they have in common is that talking it through alone has stopped helping.",
            "<ul>"
            '<li><b><a href="/services/individual-counseling/">Individual counseling</a></b>, for one person at a time</li>'
            '<li><b><a href="/services/couples-counseling/">Couples counseling</a></b>, for two people and what is between them</li>'
            '<li><b><a href="/services/telehealth/">Telehealth</a></b>, by secure video, for people who are in Arizona</li>'
            '<li><b><a href="/services/fees/">Fees and superbills</a></b>, and what your insurance may pay back</li>'
            "</ul>",
        ),
        heading("What you can count on"),
        text(
            items(
                "A clinician licensed in Arizona, whose license you can look up with the "
                '<a href="https://www.azbbhe.us/">Board of Behavioral Health Examiners</a>',
                "Confidentiality, and plain words about its few limits before you begin",
                'A written <a href="/good-faith-estimate/">Good Faith Estimate</a> if you pay yourself',
                "An honest word when someone else could help you better",
            )
        ),
        ASK,
    ],
    children=(
        PageText(
            slug="individual-counseling",
            title="Individual counseling",
            intro="An hour that is yours, with someone whose only task is to understand.",
            body=[
                heading("When it helps"),
                (
                    "signs",
                    {
                        "lead_in": "People often come when they notice things like these:",
                        "items": [
                            "The same argument, with different people",
                            "Sleep that doesn’t come, or doesn’t rest",
                            "Saying yes and resenting it",
                            "A loss that everyone else seems to have finished grieving",
                            "Feeling little, or far too much",
                        ],
                    },
                ),
                heading("How we work"),
                text(
                    "In the first sessions we find out what you want to be different, and how you would notice. After that we "
                    "agree on a way of working and look at it again every few weeks. You may change the direction, the pace, or "
                    "your counselor, and you never have to explain why.",
                    "Counseling is not advice, and it is not a diagnosis over the phone. If a medical cause is possible, we ask "
                    "you to see a physician as well.",
                ),
                ASK,
            ],
        ),
        PageText(
            slug="couples-counseling",
            title="Couples counseling",
            intro="For two people who would like to find their way back to each other, or to part with care.",
            body=[
                heading("What a first session looks like"),
                text(
                    "You come together. Each of you says what hurts and what you hope for, while the other listens. The "
                    "counselor makes sure that both are heard and that nobody is put on trial.",
                    "Between sessions you try one small thing, such as ten minutes of talk without a phone in the room.",
                ),
                notice(
                    "When there is fear",
                    "If you are afraid of your partner, couples sessions may not be safe. Please come alone first. The National "
                    'Domestic Violence Hotline is there at any hour: <a href="tel:18007997233">1-800-799-7233</a>.',
                    kind="crisis",
                ),
                questions(
                    (
                        "What if my partner won’t come?",
                        "Begin alone. When one person changes how they take part in a relationship, the relationship changes too.",
                    ),
                    (
                        "Will you tell us whether to stay together?",
                        "No. We help the two of you see clearly enough to decide.",
                    ),
                ),
                ASK,
            ],
        ),
        PageText(
            slug="telehealth",
            title="Telehealth",
            intro="The same counselor, the same care, and no drive across the valley.",
            body=[
                (
                    "image",
                    {
                        "image": "desk",
                        "alt": "A laptop on a desk shows a counselor on a video call; a cup of tea stands beside it",
                        "decorative": False,
                        "caption": "All you need is a door that closes and a connection that holds.",
                        "credit": "",
                    },
                ),
                heading("What you need"),
                text(
                    items(
                        "To be in Arizona during the session: our licenses end at the state line",
                        "A room where nobody overhears you; a parked car will do",
                        "A phone, tablet or computer with a camera, and headphones if others are at home",
                    ),
                    "We send you a link before each session. There is nothing to install and no account to make.",
                ),
                questions(
                    (
                        "What if the connection drops?",
                        "Your counselor calls you on the number you gave us, and you go on from there.",
                    ),
                    (
                        "Is it as good as meeting in person?",
                        "For many concerns it is a good choice, and for some it is the only one that fits a week. If we think "
                        "that meeting in person would serve you better, we say so.",
                    ),
                ),
                ASK,
            ],
        ),
        PageText(
            slug="fees",
            title="Fees and superbills",
            intro="What a session costs should never be a surprise, so ask us before anything else if you like.",
            body=[
                heading("What you pay"),
                text(
                    "The front office tells you the fee for each kind of session before you decide anything. It depends on the "
                    "clinician and on how long you meet; a session by video costs the same as one in a room.",
                    'If you pay yourself, you receive a <a href="/good-faith-estimate/">Good Faith Estimate</a> in writing.',
                ),
                heading("What a superbill is"),
                text(
                    "A superbill is an itemized receipt that you send to your insurance to ask for some of the money back. It names:",
                    items(
                        "you, the clinician, and the clinician’s license and provider number",
                        "the date of each session, its procedure code and what you paid",
                        "a diagnosis code, because insurers ask for one",
                    ),
                    "A diagnosis becomes part of what your insurer knows about you. Talk with your clinician first if you would "
                    "rather not have one on paper.",
                ),
                questions(
                    (
                        "What should I ask my insurer?",
                        "Whether your plan pays for outpatient mental health care outside its network, how much of your "
                        "deductible is left, what share it returns after that, and how long you have to send in a superbill.",
                    ),
                    (
                        "May I pay with an HSA or FSA card?",
                        "Counseling that treats a condition usually qualifies. The people who run your account can tell you.",
                    ),
                ),
                ASK,
            ],
        ),
    ),
)
