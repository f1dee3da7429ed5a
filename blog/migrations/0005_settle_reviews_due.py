"""One row for each live post, from its last review."""

from datetime import date

from django.db import migrations
from django.db.models import OuterRef, Subquery


def settle(apps, schema_editor):
    Review, ReviewDue = apps.get_model("blog", "ClinicalReview"), apps.get_model("blog", "ReviewDue")
    last = Review.objects.filter(page=OuterRef("pk")).order_by("-reviewed_at", "-pk")
    posts = (
        apps.get_model("blog", "BlogPostPage")
        .objects.filter(live=True)
        .annotate(due=Subquery(last.values("next_due")[:1]), reviewed=Subquery(last.values("revision")[:1]))
        .values_list("pk", "due", "reviewed", "live_revision_id", "first_published_at")
    )
    rows = []
    for pk, due, reviewed, live, published in posts:
        holds = due is not None and reviewed is not None and live in (None, reviewed)
        listed_from = due if holds else date.min
        rows.append(ReviewDue(post_id=pk, listed_from=listed_from, next_due=due, published_at=published))
    ReviewDue.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("blog", "0004_reviews_due")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
