"""Every address of the desk, under `/admin/consultations/`."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from intake.desk import bulk, person_records, printouts, queue, request_page
from intake.desk.access_log import AccessLog
from intake.desk.export import Export
from intake.desk.statistics import Statistics
from intake.rules.reference import ALPHABET


class ReferenceConverter:
    """A reference as it is written; everything else is free for other screens."""

    regex = f"C-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "consultation")

one_request = [
    path("", request_page.show, name="request"),
    path("steps/<slug:step>/", request_page.take_step, name="step"),
    path("print/", printouts.print_request, name="print"),
    path("referral-letter/", printouts.referral_letter, name="referral_letter"),
    path("appointment.ics", printouts.calendar_file, name="calendar_file"),
    path("person/", person_records.show, name="person"),
    path("person/export/", person_records.export, name="export_person"),
    path("person/erase/", person_records.erase, name="erase_person"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("search/", queue.search, name="search"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("<consultation:reference>/", include(one_request)),
]

report_patterns = [
    path("statistics/", Statistics.as_view(), name="intake_statistics"),
    path("export/", Export.as_view(), name="intake_export"),
    path("access-log/", AccessLog.as_view(), name="intake_access_log"),
    path("access-log/results/", AccessLog.as_view(results_only=True), name="intake_access_log_results"),
]


def admin_urls() -> list[URLPattern | URLResolver]:
    return [
        path("consultations/", include(report_patterns)),
        path("consultations/", include((urlpatterns, "consultations"))),
    ]
