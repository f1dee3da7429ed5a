"""A list of requests to take away: what the desk needs to call back, and no note, reason or timeline."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from innerbalance.security.encryption import SealError
from intake.models import ConsultationRequest, IntakeSettings
from intake.reports.numbers import practice_zone
from intake.reports.sheets import csv_pieces, xlsx_pieces
from intake.rules.contact import phone_words
from intake.rules.questions import YES_NO, Answers
from intake.services import audit, records

FORMATS = {
    "csv": ("text/csv; charset=utf-8", csv_pieces),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_pieces),
}
BATCH = 200
UNREADABLE = "could not be opened"

HEADINGS = (
    "Reference",
    "Received",
    "Status",
    "Outcome",
    "In quarantine",
    "Office",
    "Clinician",
    "Assigned to",
    "Came from",
    "Answer due",
    "First answered",
    "Open hours to answer",
    "Ended",
    "Name",
    "Pronouns",
    "Practice may be named",
    "Phone",
    "Voicemail safe",
    "Text safe",
    "E-mail",
    "E-mail safe",
)


def export(*, requests: QuerySet[ConsultationRequest], file_format: str, user) -> Iterator[bytes]:
    """The pieces of the file, in the order of `requests`. Raises KeyError for an unknown format.

    Which requests they are is settled, and written to the audit log, before the first piece is made: a download that
    breaks off has still been an export. Times are the practice's.
    """
    _, pieces = FORMATS[file_format]
    listed = list(requests.values_list("pk", "reference"))
    audit.record(
        IntakeSettings.load(),
        audit.EXPORT,
        user=user,
        what="list",
        count=len(listed),
        references=[reference for _, reference in listed],
    )
    return pieces(_rows([pk for pk, _ in listed], user))


def _rows(ids: list[int], user) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    zone = practice_zone()

    def moment(value: datetime | None) -> str:
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if value else ""

    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = ConsultationRequest.objects.select_related("office", "clinician", "assigned_to").in_bulk(batch)
        requests = [found[pk] for pk in batch if pk in found]
        answers = _answers(requests, user)
        for request in requests:
            spent = request.open_time_to_answer
            yield (
                request.reference,
                moment(request.received_at),
                request.get_status_display(),
                request.get_outcome_display(),
                "yes" if request.quarantined else "",
                _office(request),
                request.clinician.title if request.clinician else "",
                _person(request.assigned_to),
                request.get_source_display(),
                moment(request.answer_due_at),
                moment(request.first_answered_at),
                f"{spent.total_seconds() / 3600:.1f}" if spent is not None else "",
                moment(request.ended_at),
                *_written(answers.get(request.pk)),
            )


def _answers(requests: list[ConsultationRequest], user) -> dict[int, Answers]:
    try:
        return records.answers_of_many(requests, user=user)
    except SealError as error:
        # The key for all is missing: the file says so in each row, and holds no half of anything.
        audit.record(IntakeSettings.load(), audit.DECRYPT_FAILED, user=user, error=type(error).__name__)
        return {}


def _office(request: ConsultationRequest) -> str:
    if request.office:
        return request.office.title
    return "Telehealth" if request.telehealth else ""


def _person(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _written(answers: Answers | None) -> tuple[str, ...]:
    """What is safe stands right beside each way to reach the person; what was not said counts as no."""
    if answers is None:
        return (UNREADABLE,) * 8
    return (
        answers.name,
        answers.pronouns,
        YES_NO.get(answers.practice_named, "No"),
        phone_words(answers.phone) if answers.phone else "",
        YES_NO.get(answers.voicemail_safe, "No") if answers.phone else "",
        YES_NO.get(answers.text_safe, "No") if answers.phone else "",
        answers.mail,
        YES_NO.get(answers.mail_safe, "No") if answers.mail else "",
    )
