"""Every address of the desk, under `/admin/consultations/`."""

from django.urls import include, path, register_converter

from intake.desk import bulk, papers, person, queue, screen
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
    path("", screen.show, name="request"),
    path("steps/<slug:step>/", screen.take_step, name="step"),
    path("print/", papers.print_request, name="print"),
    path("letter/", papers.letter, name="letter"),
    path("appointment.ics", papers.calendar_file, name="calendar_file"),
    path("person/", person.choose, name="person"),
    path("person/export/", person.export, name="export_person"),
    path("person/erase/", person.erase, name="erase_person"),
]

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("search/", queue.search, name="search"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("<consultation:reference>/", include(one_request)),
]


def desk_urls():
    return [path("consultations/", include((urlpatterns, "consultations")))]
