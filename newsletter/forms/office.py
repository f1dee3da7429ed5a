"""What the office fills in to keep the list of subscribers and to send an issue."""

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from newsletter.formats import SUPPRESSION_LABELS, address_fault, choices
from newsletter.rules.address_lists import LONGEST_LIST
from newsletter.rules.addresses import Address, InvalidAddress, parse
from newsletter.rules.subscriber_states import SuppressionReason

LARGEST_FILE = 5_000_000


class AddressField(forms.CharField):
    def clean(self, value) -> Address | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except InvalidAddress as error:
            raise forms.ValidationError(address_fault(error.fault)) from error


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
    """Valid: `text` is the file's text beside the fields."""

    file = forms.FileField(
        label="CSV file",
        help_text=f"A line of headings with the column “address”; {LONGEST_LIST:,} addresses and 5 MB at most.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    consent_note = forms.CharField(
        max_length=300,
        label="Where the list is from, and how they said yes",
        help_text="Kept with each person. No health matters.",
    )
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
            self.add_error("file", "The file is larger than 5 MB. Split it.")
        elif upload:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "The file is not in UTF-8. Save it again as “CSV UTF-8”.")
        return data


class LookUpForm(forms.Form):
    address = AddressField(
        max_length=320,
        label="Mail address",
        help_text="The whole address; a part of one finds nothing.",
    )


class WhyField(forms.CharField):
    """A note for the log, which is kept longer than people are: no address in it."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def clean(self, value) -> str:
        text = super().clean(value)
        if "@" in text:
            raise forms.ValidationError("Leave the address out: the log is kept longer than we keep people.")
        return text


class SuppressForm(forms.Form):
    address = AddressField(max_length=320, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=[
            (SuppressionReason.BY_PHONE, "The person asked us, by phone or in person"),
            (SuppressionReason.BY_HAND, "Another reason"),
        ],
        initial=SuppressionReason.BY_PHONE,
        widget=forms.RadioSelect,
        label="Why",
    )
    why = WhyField(
        label="Note for the log", help_text="Who asked, when: “called on May 4”. No address, no health matters."
    )


class LiftForm(forms.Form):
    """`reason`: why the address is suppressed, as the screen said. `needs_consent`: only when the person asked."""

    address = AddressField(max_length=320, widget=forms.HiddenInput)
    reason = forms.ChoiceField(choices=choices(SUPPRESSION_LABELS), widget=forms.HiddenInput)
    why = WhyField(
        label="Why it may be written to again",
        help_text="“The mailbox works again”. No address, no health matters.",
    )
    consent = forms.BooleanField(label="This person asked us themselves for the newsletter.")

    def __init__(self, *args, needs_consent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_consent:
            del self.fields["consent"]


class SendForm(forms.Form):
    revision_id = forms.IntegerField(widget=forms.HiddenInput)
    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scheduled_at = forms.DateTimeField(
        required=False, label="Send at", widget=AdminDateTimeInput, help_text="Leave empty to send now."
    )

    def clean_scheduled_at(self):
        at = self.cleaned_data["scheduled_at"]
        if at and at < timezone.now():
            raise forms.ValidationError("This moment has passed. Leave it empty to send now.")
        return at
