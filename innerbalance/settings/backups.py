"""Backups and the journal of promises; `docs/backup-and-restore.md` explains each variable."""

import environ

env = environ.Env()

# The public half of the key pair that `manage.py backup_key` makes (age1…). Without it nothing is backed up.
BACKUP_RECIPIENT = env("BACKUP_RECIPIENT", default="")
# s3://bucket/folder instead of a folder; ?endpoint=https://… for what is not Amazon's. Keys as AWS_… variables.
BACKUP_URL = env("BACKUP_URL", default="")
# The hour of the practice's time zone from which housekeeping makes the night's backup.
BACKUP_HOUR = env.int("BACKUP_HOUR", default=2)
