"""What a person at the office may choose on the screens of the reports."""

from django import forms

from innerbalance.offices import office_directory
from intake.reports.figures import WEEKS, WEEKS_OFFERED


class PeriodForm(forms.Form):
    """Which weeks and which office the dashboard speaks of. What it can't read falls back to the usual."""

    weeks = forms.TypedChoiceField(
        label="Weeks", choices=[(each, f"Last {each} weeks") for each in WEEKS_OFFERED], coerce=int, required=False
    )
    office = forms.TypedChoiceField(label="Office", coerce=int, required=False, empty_value=None)

    def __init__(self, data) -> None:
        super().__init__({"weeks": data.get("weeks") or WEEKS, "office": data.get("office", "")}, label_suffix="")
        offices = [(str(office.id), office.name) for office in office_directory().offices()]
        self.fields["office"].choices = [("", "All offices"), *offices]

    def chosen(self) -> tuple[int, int | None]:
        self.is_valid()
        return self.cleaned_data.get("weeks") or WEEKS, self.cleaned_data.get("office")


class FileForm(forms.Form):
    """As which file the list is taken away."""

    file_format = forms.ChoiceField(
        label="File",
        choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV")],
        widget=forms.RadioSelect,
        initial="xlsx",
        error_messages={"required": "Choose a kind of file.", "invalid_choice": "Choose a kind of file."},
    )
