"""What watches over the site; `docs/monitoring.md` explains each variable."""

import environ

env = environ.Env()

# Who sends it as "Authorization: Bearer ..." reads /metrics and the reasons at /readyz; blank: nobody does.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Where Sentry, or what speaks its language, takes reports of faults; blank: nothing is sent anywhere.
SENTRY_DSN = env("SENTRY_DSN", default="")
SENTRY_ENVIRONMENT = env("SENTRY_ENVIRONMENT", default="production")
# A disk with less room than that needs a person.
DISK_LOW_MEGABYTES = env.int("DISK_LOW_MEGABYTES", default=1000)
# The name under which the mail server's or provider's DKIM key stands in DNS; blank: the usual ones are tried.
DKIM_SELECTOR = env("DKIM_SELECTOR", default="")
# Set in production: the web processes themselves tell owners when housekeeping has stopped, for it can't.
WATCH_HOUSEKEEPING = False
