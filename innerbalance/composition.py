"""The composition root beside urls.py: what the apps give to lower parts and to each other is handed over here."""

from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction, Site

from assessment.models import Assessment
from blog import jobs as blog_jobs
from blog.models import ClinicalReview, Topic
from blog.services.posts import live_post_id, posts_since
from innerbalance import person_data
from innerbalance.backups import jobs as backup_jobs
from innerbalance.backups.services import registry as backups
from innerbalance.caching import signals
from innerbalance.housekeeping import jobs as core_jobs
from innerbalance.housekeeping.services import Job, register_jobs
from innerbalance.images.jobs import make_sizes
from innerbalance.images.models import PracticeImage
from innerbalance.journal.services import recovery
from innerbalance.operations.alerts import tell_owners
from innerbalance.operations.installation.backups import age as backup_age
from innerbalance.operations.installation.registration import register_core_checks
from innerbalance.operations.measurements import mails, register_measurements
from innerbalance.practice.models import PracticeSettings
from innerbalance.security.models import RecordKey
from intake import jobs as intake_jobs
from intake.models import BlindIndex
from intake.services import recovery as intake_recovery
from intake.services.blind_indexes import index_again
from intake.services.email_counts import count_emails
from intake.services.erasure import RequestKeeper
from intake.services.form_options import provide_posts
from newsletter import feeds as newsletter_feeds
from newsletter import jobs as newsletter_jobs
from newsletter.models import Campaign, NewsletterTopic
from newsletter.services import recovery as newsletter_recovery
from newsletter.services.mail_counts import count_confirmations, count_copies
from newsletter.services.preferences import SubscriberKeeper

SHOWN_WHEN_SAVED = (
    *(PracticeSettings, PracticeImage, get_document_model(), Site, PageViewRestriction),
    *(Topic, ClinicalReview, Campaign, NewsletterTopic),
)
"""What public pages show beside pages; tests/pages/test_nothing_kept_is_stale.py finds a model that is missing."""

MEASUREMENTS = (
    mails("office", count_emails),
    mails("newsletter", count_copies),
    mails("confirmations", count_confirmations),
    backup_age,
)


def compose() -> None:
    """Called once, when all models are loaded; doing it again changes nothing."""
    # Pictures last: they take longest, and an answer or a newsletter is more urgent.
    pictures = Job("images.make-sizes", make_sizes, slow_after=30)
    alerts = Job("operations.tell-owners", tell_owners)
    register_core_checks()
    register_measurements(*MEASUREMENTS)
    # The journal first: what was restored is put right before anything is sent.
    before, after = backup_jobs.BEFORE_ALL, backup_jobs.AFTER_ALL
    apps = [*blog_jobs.JOBS, *intake_jobs.JOBS, *newsletter_jobs.JOBS]
    register_jobs([*before, *core_jobs.JOBS, alerts, *apps, pictures, *after])
    recovery.register(
        [newsletter_recovery.HANDLERS, intake_recovery.HANDLERS],
        settle=[newsletter_recovery.settle, intake_recovery.settle],
    )
    backups.register_tables(rebuilt=(BlindIndex,), keys=(RecordKey,))
    backups.register_after_restore(index_again)
    backups.register_under_way(newsletter_recovery.under_way)
    person_data.register_keepers(RequestKeeper(), SubscriberKeeper())
    provide_posts(live_post_id)
    newsletter_feeds.provide(posts_since)
    signals.connect(saved=SHOWN_WHEN_SAVED, published_models=(Assessment,))
