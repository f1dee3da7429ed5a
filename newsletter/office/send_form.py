"""What the office fills in to send an issue."""

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput


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
