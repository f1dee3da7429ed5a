from .deliveries import Delivery, Sending
from .imports import ImportChunk, SubscriberImport
from .issues import NewsletterIndexPage, NewsletterIssuePage
from .subscribers import NewsletterTopic, Subscriber, SubscriberEvent, Suppression

__all__ = [
    "Delivery",
    "ImportChunk",
    "NewsletterIndexPage",
    "NewsletterIssuePage",
    "NewsletterTopic",
    "Sending",
    "Subscriber",
    "SubscriberEvent",
    "SubscriberImport",
    "Suppression",
]
