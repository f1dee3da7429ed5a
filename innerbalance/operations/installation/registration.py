"""The core's checks, in the order they are shown."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from innerbalance.operations.checks import Check, register
from innerbalance.operations.installation import (
    addresses,
    backups,
    clock,
    data,
    disks,
    mail_server,
    sender_domain,
    served_files,
    settings_in_use,
    work,
)

AT_ONCE = timedelta(0)
# A new site's first minutes are no trouble.
A_MOMENT = timedelta(minutes=5)
# A job that fails once often does its work a minute later.
A_WHILE = timedelta(minutes=15)

CHECKS = (
    Check("settings", _("Settings"), settings_in_use.settings_module),
    Check("secrets", _("Secrets"), settings_in_use.secrets),
    Check("django", _("Django's checks"), settings_in_use.own_checks),
    Check("base-url", _("Address"), addresses.base_url),
    Check("database", _("Database"), data.database),
    Check("migrations", _("Tables"), data.migrations, database=True),
    Check("site-record", _("Site record"), addresses.site_record, database=True),
    Check("proxies", _("Proxies"), addresses.proxies),
    Check("keys", _("Keys of requests"), data.keys, database=True),
    Check("cache", _("Cache"), data.cache),
    Check("sender", _("Sender"), mail_server.sender),
    Check("mail-server", _("Mail server"), mail_server.conversation, network=True),
    Check("sender-domain", _("Sender's domain"), sender_domain.records, network=True),
    Check("clock", _("Clock"), clock.beside_the_database, database=True),
    Check("web-clock", _("Site from outside"), clock.beside_the_web, network=True),
    Check("disk", _("Disk"), disks.room, alerts_after=AT_ONCE),
    Check("folders", _("Folders"), disks.permissions),
    Check("static-files", _("Static files"), served_files.static_files),
    Check("kept-pages", _("Kept pages"), served_files.finished_pages),
    Check("housekeeping", _("Housekeeping"), work.housekeeping, database=True, alerts_after=A_MOMENT),
    Check("jobs", _("Housekeeping's jobs"), work.jobs, database=True, alerts_after=A_WHILE),
    Check("bounces", _("Bounced emails"), work.bounce_mailbox, database=True, alerts_after=A_WHILE),
    Check("backup-key", _("Backups"), backups.set_up, database=True),
    Check("backup", _("Last backup"), backups.made, database=True, alerts_after=AT_ONCE),
    Check("owners", _("Owners"), work.owners, database=True),
)


def register_core_checks() -> None:
    for check in CHECKS:
        register(check)
