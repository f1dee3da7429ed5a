"""An owner takes a list away; what is in it is harmless to a spreadsheet and written to the log."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import openpyxl
import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from innerbalance.security.record_keys import destroy_keys
from intake.services import audit
from intake.services.receive import Preferences

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(client, owner):
    client.force_login(owner)
    return client


def _address(**chosen):
    return f"{reverse('intake_export')}?{urlencode({'show': 'all'} | chosen)}"


def _payload(file_format="csv"):
    return {"file_format": file_format}


def _download(client, *, file_format="csv", **chosen):
    response = client.post(_address(**chosen), _payload(file_format))
    assert response.status_code == 200
    assert response.streaming
    return response, b"".join(response.streaming_content)


def _csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_holds_what_the_desk_needs_to_call_back(at_home, mesa):
    request = make_request(name="Ana Ruiz", phone="+14805550134", preferences=Preferences(office_id=mesa.pk))
    response, content = _download(at_home)
    (row,) = _csv(content)
    assert row["Reference"] == request.reference
    assert row["Received"] == "2026-11-24 10:00"
    assert (row["Name"], row["Phone"], row["Voicemail safe"]) == ("Ana Ruiz", "(480) 555-0134", "No")
    assert row["Office"] == "Mesa"
    assert "I would like to talk" not in content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Ana" not in response["Content-Disposition"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_no_cell_is_a_formula(at_home, mesa, sign, file_format):
    make_request(name=f"{sign}HYPERLINK(1)", email="+plus@example.com")
    _, content = _download(at_home, file_format=file_format)
    if file_format == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "inlineStr"}
        cells = [cell.value or "" for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip(" ")[:1] in tuple("=+-@\t\r＝")]


def test_xlsx_keeps_every_letter_a_person_may_write(at_home, mesa):
    make_request(name="Zoë <&> \x0b “Ñandú” 🌵")
    _, content = _download(at_home, file_format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    headings, row = sheet.iter_rows(values_only=True)
    assert dict(zip(headings, row, strict=True))["Name"] == "Zoë <&>  “Ñandú” 🌵"


def test_the_log_holds_the_number_and_the_references_and_no_content(at_home, owner, mesa):
    requests = [make_request(name="Zebedee Quill"), make_request(name="Zebedee Quill")]
    _download(at_home)
    line = ModelLogEntry.objects.get(action=audit.EXPORT)
    assert line.user == owner
    assert line.data["count"] == 2
    assert sorted(line.data["references"]) == sorted(each.reference for each in requests)
    assert set(line.data) == {"what", "count", "references"}
    assert "Zebedee" not in f"{line.label} {line.data}"


def test_a_download_is_in_the_log_before_its_first_byte(at_home, mesa):
    make_request()
    at_home.post(_address(), _payload())
    assert ModelLogEntry.objects.filter(action=audit.EXPORT).count() == 1


def test_a_get_exports_nothing(at_home, mesa):
    request = make_request()
    response = at_home.get(reverse("intake_export"), _payload())
    assert response.context["count"] == 1
    assert request.reference not in response.content.decode()
    assert not ModelLogEntry.objects.filter(action=audit.EXPORT).exists()


def test_the_filter_of_the_list_is_taken_over(at_home, mesa, tempe):
    here = make_request(preferences=Preferences(office_id=mesa.pk))
    make_request(preferences=Preferences(office_id=tempe.pk))
    held = make_request(held=True)
    _, content = _download(at_home, office=str(mesa.pk))
    assert [row["Reference"] for row in _csv(content)] == [here.reference]
    _, content = _download(at_home, show="held")
    assert [row["Reference"] for row in _csv(content)] == [held.reference]
    page = at_home.get(_address(show="held")).content.decode()
    assert "1 request" in page
    assert "?show=held" in page


def test_late_ones_alone(at_home, mesa):
    late = make_request(now=OPEN_MOMENT - timedelta(days=3000))
    make_request(now=OPEN_MOMENT + timedelta(days=3000))
    _, content = _download(at_home, show="open", status="late")
    assert [row["Reference"] for row in _csv(content)] == [late.reference]


def test_one_that_cannot_be_opened_says_so_and_stops_no_other(at_home, mesa):
    broken, whole = make_request(), make_request(name="Ana Ruiz")
    destroy_keys([broken.uid])
    _, content = _download(at_home)
    names = {row["Reference"]: row["Name"] for row in _csv(content)}
    assert names == {broken.reference: "could not be opened", whole.reference: "Ana Ruiz"}
    assert ModelLogEntry.objects.filter(action=audit.DECRYPT_FAILED).count() == 1


def test_without_any_key_there_is_no_content_and_no_error_page(at_home, mesa, settings):
    make_request(name="Zebedee Quill")
    settings.INTAKE_KEYS = []
    _, content = _download(at_home)
    assert "Zebedee" not in content.decode()
    assert "could not be opened" in content.decode()


def test_an_unknown_filter_exports_nothing(at_home, mesa):
    """The list leaves it aside and shows more; more than asked for must not leave the house."""
    make_request()
    response = at_home.post(_address(status="nonsense"), _payload())
    assert response.status_code == 200
    assert not response.streaming
    assert "nothing was exported" in response.content.decode()
    assert not ModelLogEntry.objects.filter(action=audit.EXPORT).exists()


def test_an_unknown_file_is_told_at_its_field(at_home, mesa):
    response = at_home.post(_address(), _payload("pdf"))
    assert response.context["form"].errors["file_format"] == ["Choose a kind of file."]


def test_the_list_offers_its_export_to_those_who_may(client, owner, office_user, mesa):
    make_request()
    link = reverse("intake_export")
    queue = reverse("consultations:queue")
    client.force_login(owner)
    assert f'href="{link}?show=all"' in client.get(queue, {"show": "all"}).content.decode()
    client.force_login(office_user)
    assert link not in client.get(queue).content.decode()


def test_the_office_may_not(client, office_user, mesa):
    make_request()
    client.force_login(office_user)
    response = client.post(_address(), _payload(), headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert not ModelLogEntry.objects.filter(action=audit.EXPORT).exists()
