from .deliveries import Campaign, Delivery
from .imports import ImportChunk, SubscriberImport
from .issues import NewsletterIndexPage, NewsletterIssuePage
from .subscribers import NewsletterTopic, Subscriber, SubscriberEvent, Suppression

__all__ = [
    "Campaign",
    "Delivery",
    "ImportChunk",
    "NewsletterIndexPage",
    "NewsletterIssuePage",
    "NewsletterTopic",
    "Subscriber",
    "SubscriberEvent",
    "SubscriberImport",
    "Suppression",
]
