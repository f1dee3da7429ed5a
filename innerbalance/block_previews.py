"""What the block picker shows of each block: short, and about nothing in particular."""

HEADING = {"text": "What helps on a hard day", "level": "h2"}
TEXT = "<p>A short walk, a call to a friend, <b>ten slow breaths</b>: small things count.</p>"
IMAGE = {
    "image": None,
    "alt": "",
    "decorative": True,
    "caption": "Morning light on the Superstition Mountains",
    "credit": "",
}
SIGNS = {"lead_in": "You may notice that", "items": ["you sleep less than you need", "small things feel large"]}
COMPARISON = {
    "caption": "Stress and burnout",
    "first_side": "Stress",
    "second_side": "Burnout",
    "rows": [{"topic": "Energy", "first": "Too much of everything", "second": "Nothing left"}],
}
QUOTE = {"text": "Rest is not a reward for finishing.", "source": "An old saying"}
CALLOUT = {
    "heading": "Talk with someone",
    "text": "A first conversation costs nothing.",
    "buttons": [{"text": "Request a consultation", "page": None, "address": "/request-a-consultation/"}],
}
NOTICE = {
    "kind": "information",
    "heading": "Good to know",
    "text": "<p>Most plans cover a first visit. Ask the front office.</p>",
}
QUESTIONS = {"items": [{"question": "How long is a session?", "answer": "<p>Fifty minutes.</p>"}]}
REFERENCES = {
    "items": [
        {
            "text": "National Institute of Mental Health: Caring for Your Mental Health",
            "url": "https://www.nimh.nih.gov/",
        }
    ]
}
NEWSLETTER = {"heading": "News from the practice", "text": "One mail a month, and you can leave at any time."}
