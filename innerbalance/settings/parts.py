"""Parts of the site that find each other by name, so that apps need not import each other."""

HOUSEKEEPING_JOBS = [
    "innerbalance.housekeeping.jobs.publish_scheduled",
    "innerbalance.housekeeping.jobs.forget_rate_limits",
    "intake.jobs.tell_the_office",
    "intake.jobs.owe_digest",
    "intake.jobs.send_emails",
    "intake.jobs.purge",
    "intake.jobs.forget_submissions",
    "newsletter.services.mailbox.read_bounces",
    "newsletter.jobs.tell_office",
    "newsletter.jobs.send_confirmations",
    "newsletter.jobs.forget_unconfirmed",
    "newsletter.jobs.forget_dry_runs",
    "newsletter.jobs.import_lists",
    # Last: it may take most of the minute.
    "newsletter.jobs.send_due",
]
PERSON_DATA = ["intake.services.erasure.RequestKeeper", "newsletter.services.preferences.SubscriberKeeper"]
