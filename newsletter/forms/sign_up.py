"""What readers choose about the newsletter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsletter.formats import FREQUENCY_LABELS, choices
from newsletter.models import NewsletterTopic


class TopicsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, topic: NewsletterTopic) -> str:
        return f"{topic.name}: {topic.description}" if topic.description else topic.name


class PreferencesForm(forms.Form):
    """The field `topics` is absent where the office has made none."""

    frequency = forms.ChoiceField(
        choices=choices(FREQUENCY_LABELS),
        widget=forms.RadioSelect,
        label=_("How often"),
    )
    topics = TopicsField(
        queryset=NewsletterTopic.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("Topics"),
        help_text=_("Choose none to hear about everything."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not NewsletterTopic.objects.exists():
            del self.fields["topics"]
