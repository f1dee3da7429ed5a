"""The newsletter's settings; `docs/newsletter.md` explains each variable."""

import environ

env = environ.Env()

# Blank: the site's own sender, and the practice's email address for answers.
NEWSLETTER_FROM = env("NEWSLETTER_FROM", default="")
NEWSLETTER_REPLY_TO = env("NEWSLETTER_REPLY_TO", default="")
# Blank: the domain of NEWSLETTER_FROM with "newsletter." in front (RFC 2919).
NEWSLETTER_LIST_ID = env("NEWSLETTER_LIST_ID", default="")
# Where bounces go. With {ref} in it each message has a return path of its own: bounces+{ref}@example.org
NEWSLETTER_BOUNCE_ADDRESS = env("NEWSLETTER_BOUNCE_ADDRESS", default="")
# imaps://name:password@host/folder; blank: no mailbox is read.
NEWSLETTER_BOUNCE_MAILBOX = env("NEWSLETTER_BOUNCE_MAILBOX", default="")

# A name in MAILERS.
NEWSLETTER_MAILER = env("NEWSLETTER_MAILER", default="default")
# All workers together; 0: no limit.
NEWSLETTER_MESSAGES_PER_MINUTE = env.int("NEWSLETTER_MESSAGES_PER_MINUTE", default=300)
NEWSLETTER_MESSAGES_PER_CONNECTION = env.int("NEWSLETTER_MESSAGES_PER_CONNECTION", default=100)
# How long one run of housekeeping sends; the next minute's run goes on.
NEWSLETTER_RUN_SECONDS = env.int("NEWSLETTER_RUN_SECONDS", default=50)
# How long to wait for the server's answer to a whole message, and when to stop believing in one (much later).
NEWSLETTER_ANSWER_SECONDS = env.int("NEWSLETTER_ANSWER_SECONDS", default=60)
NEWSLETTER_DOUBT_AFTER_SECONDS = env.int("NEWSLETTER_DOUBT_AFTER_SECONDS", default=600)
