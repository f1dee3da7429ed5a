"""Looking at requests. Every look at what a person wrote is in the audit log."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from innerbalance.formats import parse_phone
from innerbalance.security.encryption import SealError
from innerbalance.security.keyed_hash import keyed_hashes
from innerbalance.security.record_keys import RecordCipher, open_cipher, open_ciphers
from intake.formats import safety
from intake.models import ConsultationRequest, Event, IntakeSettings
from intake.models.requests import RequestQuerySet
from intake.rules.contact import EMAIL, PHONE, email_spelling, search_term
from intake.rules.questions import Answers
from intake.rules.reference import read_reference
from intake.services import audit

ANSWERS_FIELD = "answers"


def event_field(event: Event) -> str:
    """Where an event's words are bound to."""
    return f"event:{event.uid}"


@dataclass(frozen=True, repr=False)
class Entry:
    """One line of the timeline. `words` holds what was written: `note`, and `to` for a referral."""

    event: Event
    words: dict[str, str]


@dataclass(frozen=True, repr=False)
class Opened:
    """A request as the desk sees it."""

    request: ConsultationRequest
    answers: Answers
    timeline: list[Entry]

    @property
    def warnings(self) -> list[str]:
        return safety.warnings(self.answers)

    @property
    def permissions(self) -> list[str]:
        return safety.permissions(self.answers)


def open_request(*, reference: str, user: User | None) -> Opened:
    """A request in the clear, and a line in the audit log.

    Raises ConsultationRequest.DoesNotExist, and SealError (logged too) when it cannot be opened.
    """
    request = ConsultationRequest.objects.select_related(
        "office", "clinician", "assigned_to", "source_page", "merged_into"
    ).get(reference=reference)
    cipher = cipher_of(request, user=user)
    answers = _answers(request, cipher, user=user)
    entries = timeline(request, cipher=cipher, user=user)
    audit.record(request, audit.VIEW, user=user)
    return Opened(
        request=request,
        answers=answers,
        timeline=entries,
    )


def cipher_of(request: ConsultationRequest, *, user: User | None = None) -> RecordCipher:
    """The request's cipher; a failure is written to the audit log and raised."""
    try:
        return open_cipher(request.uid)
    except SealError as error:
        audit.record(request, audit.DECRYPT_FAILED, user=user, error=type(error).__name__)
        raise


def answers_of(request: ConsultationRequest, *, user: User | None = None) -> Answers:
    """What the person wrote, without a line about a view: for services, and who logs by itself. Raises SealError."""
    return _answers(request, cipher_of(request, user=user), user=user)


def answers_of_many(requests: Iterable[ConsultationRequest], *, user: User | None = None) -> dict[int, Answers]:
    """Answers by primary key in one query for all keys; what cannot be opened is left out and logged."""
    requests = list(requests)
    ciphers = open_ciphers(request.uid for request in requests)
    found = {}
    for request in requests:
        try:
            cipher = ciphers.get(request.uid) or cipher_of(request, user=user)
            found[request.pk] = _answers(request, cipher, user=user)
        except SealError:
            continue
    return found


def timeline(
    request: ConsultationRequest, *, cipher: RecordCipher | None = None, user: User | None = None
) -> list[Entry]:
    """Everything that happened, oldest first, in the clear. Raises SealError."""
    cipher = cipher or cipher_of(request, user=user)
    return [
        Entry(event, cipher.unseal(bytes(event.sealed), field=event_field(event)) if event.sealed else {})
        for event in request.events.select_related("by")
    ]


def find(*, text: str, user: User | None) -> RequestQuerySet:
    """The requests (a queryset, held ones too) that a reference, a name, a phone number or an address names exactly."""
    requests: RequestQuerySet = ConsultationRequest.objects.all()
    kind = "nothing"
    reference = read_reference(text)
    if reference and ConsultationRequest.objects.filter(reference=reference).exists():
        kind, found = "reference", requests.filter(reference=reference)
    elif term := search_term(text, phone=_dialed(text)):
        kind, spelling = term
        found = requests.filter(blind_indexes__token__in=tokens_of(kind, spelling)).distinct()
    else:
        found = requests.none()
    audit.record(IntakeSettings.load(), audit.SEARCH, user=user, by=kind, found=found.count())
    return found.order_by("-received_at", "-pk")


def same_person(*, phone: str, email: str) -> RequestQuerySet:
    """Requests (a queryset) with the same phone number or address."""
    pairs = [(PHONE, phone)] if phone else []
    if email:
        pairs.append((EMAIL, email_spelling(email)))
    tokens = [token for kind, spelling in pairs for token in tokens_of(kind, spelling)]
    return ConsultationRequest.objects.filter(blind_indexes__token__in=tokens).distinct()


def index_is_complete() -> bool:
    """Whether every request can be found by who asked; not so between a restore and `rebuild_blind_indexes`."""
    return not ConsultationRequest.objects.filter(blind_indexes=None).exists()


def tokens_of(kind: str, spelling: str) -> list[str]:
    """The blind index of a spelling under every key, newest first."""
    return keyed_hashes(f"intake-{kind}", spelling)


def _dialed(text: str) -> str | None:
    try:
        return parse_phone(text)
    except ValidationError:
        return None


def _answers(request: ConsultationRequest, cipher: RecordCipher, *, user: User | None) -> Answers:
    try:
        return Answers.from_json(cipher.unseal(bytes(request.sealed), field=ANSWERS_FIELD))
    except SealError as error:
        audit.record(request, audit.DECRYPT_FAILED, user=user, error=type(error).__name__)
        raise
