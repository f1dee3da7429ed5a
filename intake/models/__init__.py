"""What intake keeps. One subject a file."""

from .emails import OutgoingEmail
from .requests import BlindIndex, ConsultationRequest, Event, RecentSubmission
from .settings import IntakeSettings, NotifiedPerson, OfficeAnswerTime

__all__ = [
    "BlindIndex",
    "ConsultationRequest",
    "Event",
    "IntakeSettings",
    "NotifiedPerson",
    "OfficeAnswerTime",
    "OutgoingEmail",
    "RecentSubmission",
]
