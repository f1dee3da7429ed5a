"""What the office fills in to keep the list of subscribers and to send an issue."""

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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
    address = AddressField(max_length=320, label=_("Find an email address"), help_text=_("The whole address."))


class AddForm(forms.Form):
    address = AddressField(max_length=320, label=_("Email address"))
    consent_note = forms.CharField(
        max_length=300,
        label=_("How they said yes"),
        help_text=_("Who, when and how: “by phone on May 4”. Nothing about their health."),
    )
    consent = forms.BooleanField(label=_("This person asked us for the newsletter."))


class ImportForm(forms.Form):
    """Valid: `text` is the file's text beside the fields."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=format_lazy(
            _("The first line names the columns; one of them is “address”. At most {number} addresses and 5 MB."),
            number=f"{LONGEST_LIST:,}",
        ),
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    consent_note = forms.CharField(
        max_length=300,
        label=_("Where the list comes from, and how they said yes"),
        help_text=_("Kept with each person. Nothing about anyone's health."),
    )
    confirmed = forms.BooleanField(
        required=False,
        label=_("They had all confirmed their address for our earlier newsletter"),
        help_text=_(
            "Puts them on the list right away. Otherwise each person is emailed and is on the list once they confirm."
        ),
    )
    consent = forms.BooleanField(label=_("Everyone on this list asked us for the newsletter."))

    def clean(self):
        data = super().clean()
        upload = data.get("file")
        if upload and upload.size > LARGEST_FILE:
            self.add_error("file", gettext("The file is larger than 5 MB. Split it."))
        elif upload:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", gettext("The file is not in UTF-8. Save it again as “CSV UTF-8”."))
        return data


class LookUpForm(forms.Form):
    address = AddressField(
        max_length=320,
        label=_("Email address"),
        help_text=_("The whole address; part of one finds nothing."),
    )


class WhyField(forms.CharField):
    """A note for the log, which is kept longer than people are: no address in it."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def clean(self, value) -> str:
        text = super().clean(value)
        if "@" in text:
            raise forms.ValidationError(gettext("Leave the address out: we keep the log longer than people's data."))
        return text


class SuppressForm(forms.Form):
    address = AddressField(max_length=320, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=[
            (SuppressionReason.BY_PHONE.value, _("The person asked us, by phone or in person")),
            (SuppressionReason.BY_HAND.value, _("Another reason")),
        ],
        initial=SuppressionReason.BY_PHONE.value,
        widget=forms.RadioSelect,
        label=_("Why"),
    )
    why = WhyField(
        label=_("Note for the log"),
        help_text=_("Who asked, and when: “called on May 4”. No address, nothing about their health."),
    )


class LiftForm(forms.Form):
    """`reason`: why the address is suppressed, as the screen said. `needs_consent`: only when the person asked."""

    address = AddressField(max_length=320, widget=forms.HiddenInput)
    reason = forms.ChoiceField(choices=choices(SUPPRESSION_LABELS), widget=forms.HiddenInput)
    why = WhyField(
        label=_("Why we may email it again"),
        help_text=_("For example: “The mailbox works again”. No address, nothing about their health."),
    )
    consent = forms.BooleanField(label=_("This person asked us for the newsletter themselves."))

    def __init__(self, *args, needs_consent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_consent:
            del self.fields["consent"]


class SendForm(forms.Form):
    revision_id = forms.IntegerField(widget=forms.HiddenInput)
    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scheduled_at = forms.DateTimeField(
        required=False, label=_("Send at"), widget=AdminDateTimeInput, help_text=_("Leave empty to send now.")
    )

    def clean_scheduled_at(self):
        at = self.cleaned_data["scheduled_at"]
        if at and at < timezone.now():
            raise forms.ValidationError(gettext("This time has passed. Leave it empty to send now."))
        return at
