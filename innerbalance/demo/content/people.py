"""The team. One name is the article's author; the text about her and the other two people are made up."""

from innerbalance.demo.content.shapes import ClinicianText, notice, text

TEAM_INTRO = (
    "Licensed clinicians who listen first. Read a little about each of us, and choose whom you would like to meet."
)
LICENSE = "Demo 00000"

DEMO_NOTE = notice(
    "This is demonstration text",
    "It shows how a clinician’s page is laid out. It is not a real biography, and the license number is a placeholder.",
)

CLINICIANS = (
    ClinicianText(
        slug="katy-kandaris-weiner",
        name="Katy Kandaris-Weiner",
        credential="LPC",
        pronouns="",
        portrait="katy",
        summary="Katy works with adults and couples on closeness: how to have it, and how to stay yourself in it.",
        focus_areas=("Relationships", "Attachment", "Self-esteem", "Boundaries"),
        accepts_new_clients=True,
        offices=("mesa", "tempe"),
        body=[
            text(
                "Most of us learned what love asks of us long before we could choose. In a session we look at what you "
                "learned, keep what still serves you, and practice something new where it doesn’t.",
                "The pace is yours. Some people come with one question and stay for six weeks; others return over years, "
                "whenever life turns a corner.",
            ),
            DEMO_NOTE,
        ],
    ),
    ClinicianText(
        slug="mateo-lindqvist",
        name="Mateo Lindqvist",
        credential="LMFT",
        pronouns="he/him",
        portrait="mateo",
        summary="Mateo sees couples and families who would like to argue less, or at least argue better.",
        focus_areas=("Couples", "Families", "Parenting", "Conflict"),
        accepts_new_clients=True,
        offices=("tempe",),
        body=[
            text(
                "When two people keep having the same argument, neither of them is the problem; the argument is. We slow "
                "it down until each of you can hear what the other was trying to say.",
                "Mateo offers sessions in English and in Spanish.",
            ),
            DEMO_NOTE,
        ],
    ),
    ClinicianText(
        slug="june-abara",
        name="June Abara",
        credential="LCSW",
        pronouns="she/her",
        portrait="june",
        summary="June helps people whose worry or sleeplessness has begun to run the day, and reviews what we publish.",
        focus_areas=("Anxiety", "Sleep", "Life changes"),
        accepts_new_clients=False,
        offices=("mesa",),
        body=[
            text(
                "Anxiety shrinks a life quietly: one road not taken, one call not made. The way back is made of small steps "
                "too, and it goes better with company.",
                "June also reads our articles before they appear and again once a year, so that what they say stays right.",
            ),
            DEMO_NOTE,
        ],
    ),
)
