"""What readers choose about the newsletter."""

from django import forms

from newsletter.models import NewsletterTopic
from newsletter.rules.subscriber_states import FREQUENCY_LABELS


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
