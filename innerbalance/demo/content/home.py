"""The home page, and who the practice is."""

from innerbalance.demo.content.shapes import HomeText, heading, text

PRACTICE = {
    "practice_name": "Inner Balance Counseling",
    "tagline": "Counseling in Mesa, in Tempe and by video",
    "phone": "+14805550142",  # 555-01xx belongs to nobody
    "email": "office@example.org",
    "copyright_holder": "Inner Balance",
}

HOME = HomeText(
    heading="A steadier place to stand",
    lead="Counseling for adults, couples and families in Mesa and Tempe, and by video anywhere in Arizona. "
    "You don’t have to have the right words yet. Coming as you are is enough.",
    picture="morning",
    description="Counseling for adults, couples and families in Mesa and Tempe, Arizona, and by video. Sessions are by "
    "appointment; ask for a first consultation online or by phone.",
    body=[
        heading("How it begins"),
        text(
            "<ol><li><b>You ask.</b> Write a few lines or call. Say as little or as much as you like.</li>"
            "<li><b>We answer.</b> The front office calls or writes back in office hours, in the way you told us is safe.</li>"
            "<li><b>You meet.</b> A first conversation, in person or by video, to see whether we are right for you. If we "
            "aren’t, we help you find someone who is.</li></ol>"
        ),
    ],
)
BLOG_INTRO = "Short, careful articles by our clinicians about relationships, worry and what happens in counseling."
