"""What the office fills in to send an issue, and what readers choose."""

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from .models import NewsletterTopic
from .subscriber_states import FREQUENCY_LABELS


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


class TopicsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, topic: NewsletterTopic) -> str:
        return f"{topic.name}: {topic.description}" if topic.description else topic.name


class PreferencesForm(forms.Form):
    """The field `topics` is absent where the office has made none."""

    frequency = forms.ChoiceField(
        choices=[(value.value, label) for value, label in FREQUENCY_LABELS.items()],
        widget=forms.RadioSelect,
        label="How often",
    )
    topics = TopicsField(
        queryset=NewsletterTopic.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Topics",
        help_text="Choose none to hear about everything.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not NewsletterTopic.objects.exists():
            del self.fields["topics"]
