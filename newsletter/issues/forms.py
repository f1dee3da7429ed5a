"""What editors fill in about an issue beyond its panels."""

from django import forms
from wagtail.admin.forms.pages import CopyForm

from newsletter.rules.issue_slugs import TAKEN, TAKEN_MESSAGE


class IssueCopyForm(CopyForm):
    def clean_new_slug(self) -> str:
        slug = self.cleaned_data["new_slug"]
        if slug in TAKEN:
            raise forms.ValidationError(TAKEN_MESSAGE.format(slug=slug))
        return slug
