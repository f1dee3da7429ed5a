"""Privacy, costs, and what people ask before they come. What is said of the site is true of this software."""

from innerbalance.demo.content.shapes import PageText, callout, heading, items, notice, questions, references, text

ESTIMATE = PageText(
    slug="good-faith-estimate",
    title="Good Faith Estimate",
    intro="You have the right to know in writing what your care is expected to cost.",
    body=[
        text(
            "Under the No Surprises Act, health care providers give people who have no insurance, or who choose not to use it, "
            "a <b>Good Faith Estimate</b> of the expected charges."
        ),
        heading("Your rights"),
        text(
            items(
                "You can ask for an estimate before you schedule anything.",
                "If you schedule at least three business days ahead, you receive it within one business day of scheduling.",
                "If you schedule at least ten business days ahead, or only ask for it, you receive it within three business days.",
                "If the bill from a provider is $400 or more above that provider’s estimate, you can dispute it within 120 "
                "calendar days of the date on the bill.",
            ),
            "Keep a copy of the estimate, on paper or as a picture. It is an estimate and not a contract: it doesn’t oblige you "
            "to come.",
        ),
        heading("What ours contains"),
        text(
            "Your name and the clinician’s, the kind and likely number of sessions, the charge for each, and the place where "
            "they are held. When your care changes, we write a new one."
        ),
        callout(
            "Ask for your estimate",
            "Call the front office, or mention it when you write to us. It costs nothing.",
            "Write to us",
        ),
        references(
            (
                "Centers for Medicare & Medicaid Services: No Surprises. Or by phone at 1-800-985-3059.",
                "https://www.cms.gov/nosurprises",
            ),
            (
                "Code of Federal Regulations, title 45, section 149.610: Requirements for provision of good faith estimates.",
                "https://www.ecfr.gov/current/title-45/section-149.610",
            ),
        ),
    ],
)

PRIVACY = PageText(
    slug="privacy",
    title="Privacy",
    intro="What this website learns about you, in plain words: as little as it can.",
    body=[
        heading("When you read"),
        text(
            "This site sets no cookie and loads nothing from anyone else: no counters, no maps, no videos, no fonts. Like every "
            "web server, ours sees the address your device connects from in order to answer it."
        ),
        heading("When you write to us"),
        text(
            "A consultation request is encrypted when it is stored, and only the people who answer it can read it. Each time "
            "somebody opens one, that is recorded. Our mails to you and to ourselves carry a reference number and never what "
            "you wrote. You choose how we may reach you, and whether we may leave a message.",
            "Mail and text messages can be read by others who use your phone or your account. If that worries you, call us.",
        ),
        heading("When you try a self-assessment"),
        text(
            "Your answers stay in your browser. If it doesn’t run JavaScript, they are sent to us once, counted up and shown to "
            "you, and stored nowhere. We count how often a self-assessment is begun and finished, and nothing about who did."
        ),
        heading("When you subscribe to the newsletter"),
        text(
            "We keep your address and when you confirmed it. Every issue has a link that ends the subscription at once. We don’t "
            "track who opens what."
        ),
        heading("Your health records"),
        text(
            "What is said in sessions is a different matter, under stricter rules. Before your first session you receive our "
            "Notice of Privacy Practices, which explains your rights under HIPAA."
        ),
        references(
            (
                "U.S. Department of Health and Human Services: HIPAA for Individuals.",
                "https://www.hhs.gov/hipaa/for-individuals/index.html",
            ),
        ),
    ],
)

FAQ = PageText(
    slug="questions",
    title="Questions",
    intro="What people ask us before they come for the first time.",
    menu=True,
    body=[
        heading("Beginning"),
        questions(
            (
                "How do I make an appointment?",
                'Write to us through the <a href="/request-a-consultation/">consultation request</a> or call the front office, '
                "Monday to Friday from 9 am to 3 pm. We see people by appointment only, so please don’t make the drive without one.",
            ),
            (
                "How do I choose a counselor?",
                "Read about the team and go by your first impression. You can also tell us what you are looking for, and we "
                "suggest someone. Changing later is fine.",
            ),
            (
                "How long does counseling take?",
                "It depends on what you bring. Some people come for six or eight sessions, some for a year. You and your "
                "counselor look at it together every few weeks.",
            ),
        ),
        heading("Cost and insurance"),
        questions(
            (
                "What does a session cost?",
                "The front office tells you before you decide anything. If you pay yourself, you also receive a "
                '<a href="/good-faith-estimate/">Good Faith Estimate</a> in writing.',
            ),
            (
                "Can I get a superbill?",
                "Yes. It is an itemized receipt that you can send to your insurance to ask for reimbursement.",
            ),
            (
                "What if I have to cancel?",
                "Please tell us as early as you can. The terms are in the papers you receive before the first session.",
            ),
        ),
        heading("Privacy"),
        questions(
            (
                "Is what I say confidential?",
                "Yes, within the limits of the law. A counselor must act when someone is in immediate danger, when a child or a "
                "vulnerable adult is being abused or neglected, or when a court orders it. Your counselor explains this before you begin.",
            ),
            (
                "Can someone find out that I visited this site?",
                "Not from us. Your own browser keeps a history, though: on a shared phone, use a private window or delete "
                "the pages you have seen.",
            ),
        ),
        notice(
            "If it can’t wait",
            'In danger, call <a href="tel:911">911</a>. For support at any hour, call or text <a href="tel:988">988</a>. '
            "Para español, oprima 2 o envíe AYUDA por texto al 988.",
            kind="crisis",
        ),
    ],
)

SMALL_PRINT = (FAQ, ESTIMATE, PRIVACY)
