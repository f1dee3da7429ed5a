"""An issue gets no address that the newsletter's own pages have."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from innerbalance.security.roles import EDITORS
from newsletter import urls
from newsletter.models import NewsletterIssuePage
from newsletter.rules.issue_slugs import TAKEN
from tests.factories import make_user
from tests.newsletter.factories import make_issue

pytestmark = pytest.mark.django_db


def first_parts() -> set[str]:
    # The providers' reports are mounted only with a secret; their place is kept all the same.
    return {str(pattern.pattern).split("/")[0] for pattern in urls.urlpatterns} | {"provider"}


def test_every_address_of_the_newsletter_is_kept_free():
    assert first_parts() == TAKEN


@pytest.mark.parametrize("slug", sorted(TAKEN))
def test_it_is_refused_at_its_field_and_a_made_one_avoids_it(archive, slug):
    page = NewsletterIssuePage(title="May", slug=slug, body=[])
    with pytest.raises(ValidationError) as refused:
        archive.add_child(instance=page)
    assert "Choose another one" in str(refused.value.message_dict["slug"])
    made = make_issue(archive, title=slug.replace("-", " ").title())
    assert made.slug == f"{slug}-2"


def test_an_editor_is_told_and_loses_nothing(client, issue):
    client.force_login(make_user(EDITORS))
    url = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    form = client.get(url).context["form"]
    data = {
        "title": "Confirm",
        "slug": "confirm",
        "preview_text": "What I typed",
        "body-count": "0",
        "audience": form["audience"].value(),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = client.post(url, data)
    assert "uses the address “confirm” itself" in str(answer.context["form"].errors["slug"])
    assert "What I typed" in answer.content.decode()
    issue.refresh_from_db()
    assert issue.slug == "news-of-may"


def test_a_copy_gets_none_either(client, issue, admin_client):
    url = reverse("wagtailadmin_pages:copy", args=[issue.pk])
    data = {"new_title": "Back", "new_slug": "back", "new_parent_page": issue.get_parent().pk}
    answer = admin_client.post(url, data)
    assert "uses the address “back” itself" in answer.content.decode()
    assert NewsletterIssuePage.objects.count() == 1
    admin_client.post(url, data | {"new_slug": "back-letter"})
    assert NewsletterIssuePage.objects.filter(slug="back-letter").exists()
