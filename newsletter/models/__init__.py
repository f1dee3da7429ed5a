from .deliveries import Campaign, Delivery
from .imports import ImportChunk, SubscriberImport
from .issues import NewsletterIndexPage, NewsletterIssuePage
from .subscribers import NewsletterTopic, SignUpAsk, Subscriber, SubscriberEvent, Suppression

__all__ = [
    "Campaign",
    "Delivery",
    "ImportChunk",
    "NewsletterIndexPage",
    "NewsletterIssuePage",
    "NewsletterTopic",
    "SignUpAsk",
    "Subscriber",
    "SubscriberEvent",
    "SubscriberImport",
    "Suppression",
]
