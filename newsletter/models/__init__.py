from .deliveries import Delivery, Sending
from .issues import NewsletterIndexPage, NewsletterIssuePage
from .subscribers import NewsletterTopic, Subscriber, SubscriberEvent, Suppression

__all__ = [
    "Delivery",
    "NewsletterIndexPage",
    "NewsletterIssuePage",
    "NewsletterTopic",
    "Sending",
    "Subscriber",
    "SubscriberEvent",
    "Suppression",
]
