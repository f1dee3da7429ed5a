"""A list of requests to take away: what the desk needs to call back, and no note, reason or timeline."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.csv_export import csv_chunks, xlsx_file
from innerbalance.security.encryption import SealError
from intake.formats.questions import export_cells, export_headings
from intake.models import ConsultationRequest, IntakeSettings
from intake.rules.questions import Answers
from intake.services import audit, records

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BATCH = 200

HEADINGS = (
    _("Reference"),
    _("Received"),
    _("Status"),
    _("Outcome"),
    _("Possible spam"),
    _("Office"),
    _("Clinician"),
    _("Assigned to"),
    _("Came from"),
    _("Answer due"),
    _("First answered"),
    _("Business hours to answer"),
    _("Completed"),
)


def export_requests(*, requests: QuerySet[ConsultationRequest], file_format: str, user: User) -> Iterator[bytes]:
    """The chunks of the file, in the order of `requests`. Raises KeyError for an unknown format.

    Which requests they are is settled, and written to the audit log, before the first chunk is made: a download that
    breaks off has still been an export. Times are the practice's.
    """
    listed = list(requests.values_list("pk", "reference"))
    rows = _rows([pk for pk, _reference in listed], user)
    chunks = {"csv": lambda: csv_chunks(rows), "xlsx": lambda: _workbook(rows)}[file_format]
    audit.record(
        IntakeSettings.load(),
        audit.EXPORT,
        user=user,
        what="list",
        count=len(listed),
        references=[reference for _pk, reference in listed],
    )
    return chunks()


def _workbook(rows: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    yield xlsx_file(rows, sheet=gettext("Requests"))


def _rows(ids: list[int], user: User) -> Iterator[tuple[str, ...]]:
    yield (*(str(heading) for heading in HEADINGS), *export_headings())
    zone = timezone.get_default_timezone()

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
                gettext("Yes") if request.quarantined else "",
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


def _answers(requests: list[ConsultationRequest], user: User) -> dict[int, Answers]:
    try:
        return records.answers_of_many(requests, user=user)
    except SealError as error:
        # The key for all is missing: the file says so in each row, and holds no half of anything.
        audit.record(IntakeSettings.load(), audit.DECRYPT_FAILED, user=user, error=type(error).__name__)
        return {}


def _office(request: ConsultationRequest) -> str:
    if request.office:
        return request.office.title
    return gettext("Telehealth") if request.telehealth else ""


def _person(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _written(answers: Answers | None) -> list[str]:
    if answers is None:
        return [gettext("could not be opened")] * len(export_headings())
    return export_cells(answers)
