"""What the office fills in to keep the list of subscribers."""

from django import forms

from .address_lists import LONGEST_LIST
from .addresses import Address, InvalidAddress, parse

LARGEST_FILE = 1_000_000


class AddressField(forms.CharField):
    def clean(self, value) -> Address | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except InvalidAddress as error:
            raise forms.ValidationError(str(error)) from error


class FindForm(forms.Form):
    address = AddressField(max_length=320, label="Find an address", help_text="The whole address.")


class AddForm(forms.Form):
    address = AddressField(max_length=320, label="Mail address")
    consent_note = forms.CharField(
        max_length=300,
        label="How they said yes",
        help_text="Who, when and how: “by phone on May 4”. No health matters.",
    )
    consent = forms.BooleanField(label="This person asked us for the newsletter.")


class ImportForm(forms.Form):
    file = forms.FileField(
        required=False,
        label="CSV file",
        help_text=f"A line of headings with the column “address”; {LONGEST_LIST} addresses and 1 MB at most.",
    )
    # The file's text, carried from the dry run to the import.
    text = forms.CharField(required=False, strip=False, max_length=LARGEST_FILE, widget=forms.HiddenInput)
    consent_note = forms.CharField(max_length=300, label="Where the list is from, and how they said yes")
    confirmed = forms.BooleanField(
        required=False,
        label="They had all confirmed their address to our earlier newsletter",
        help_text="Put them on the list at once. Without this each gets a mail, and is on the list after confirming.",
    )
    consent = forms.BooleanField(label="Everyone on this list asked us for the newsletter.")

    def clean(self):
        data = super().clean()
        upload = data.get("file")
        if upload and upload.size > LARGEST_FILE:
            self.add_error("file", "The file is larger than 1 MB. Split it.")
        elif upload:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "The file is not in UTF-8. Save it again as “CSV UTF-8”.")
        elif not data.get("text"):
            self.add_error("file", "Choose a file.")
        return data
