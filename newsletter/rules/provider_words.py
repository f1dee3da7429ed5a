"""Whether a provider itself calls a bounce final. Anymail's events say "bounced" for both kinds."""

# SparkPost's "hard" classes: invalid recipient, generic bounce without a recipient, unsubscribed.
SPARKPOST_HARD = frozenset({"10", "30", "90"})

WORDS = {
    "hardbounce": True,  # Postmark
    "hard_bounce": True,  # Brevo, Mandrill
    "activity.hard_bounced": True,  # MailerSend
    "permanent": True,  # Amazon SES
    "softbounce": False,
    "soft_bounce": False,
    "activity.soft_bounced": False,
    "transient": False,
    "undetermined": False,
}


def says_final(esp_event: object) -> bool | None:
    """Of the provider's own event (its decoded JSON): True final, False temporary, None where it does not say."""
    if not isinstance(esp_event, dict):
        return None
    bounce = esp_event.get("bounce")
    inner = bounce if isinstance(bounce, dict) else {}
    for word in (esp_event.get("Type"), esp_event.get("event"), esp_event.get("type"), inner.get("bounceType")):
        if isinstance(word, str) and word.lower() in WORDS:
            return WORDS[word.lower()]
    if isinstance(esp_event.get("hard_bounce"), bool):  # Mailjet
        return esp_event["hard_bounce"]
    sparkpost = esp_event.get("msys")
    if isinstance(sparkpost, dict):
        for one in sparkpost.values():
            if isinstance(one, dict) and "bounce_class" in one:
                return str(one["bounce_class"]) in SPARKPOST_HARD
    return None
