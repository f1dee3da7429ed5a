"""The change from one version to another, step by step, and the way back from each."""

import time
from pathlib import Path

from . import environment, releases, services
from .database import Database
from .layout import Layout
from .running import Services
from .system import manage, say

UNTOUCHED = "The data was not touched."
PUT_BACK = "The database is what it was before; nobody could write meanwhile."


class Change:
    """Each step raises Failed when it does not work; `go_back` then undoes what the steps did."""

    def __init__(self, layout: Layout, old: Path, new: Path) -> None:
        self.layout, self.old, self.new = layout, old, new
        self.database, self.running = Database(layout), Services(layout)
        self.folder = layout.backups / f"before-upgrade-{time.strftime('%Y%m%d-%H%M%S')}"
        self.ready = self.running.are_ready()
        self.copy: Path | None = None
        """Of the database, when a migration may have changed it since."""
        self.site_before: str | None = None
        """nginx's site, when the link may name the new version."""
        self.site_after = ""
        self.is_open = False
        """Whether the new version may have taken requests on the changed database."""

    def prepare(self) -> None:
        if not self.ready:
            say("The site is not well even now (/readyz); the new version need not be better in that.")
        manage(self.layout, self.new, "check", "--deploy", why="The settings are not right for the new version.")
        if environment.read(self.layout.environment).get("BACKUP_RECIPIENT"):
            say("Backing up ...")
            manage(self.layout, self.old, "backup", why="The backup failed.")
        self.site_after = services.site_conf(self.layout, self.new)

    def migrate(self) -> None:
        """Where the database stays as it is, a copy alone is made, and the site goes on meanwhile."""
        plan = manage(self.layout, self.new, "showmigrations", "--plan", why="The database can't be asked.")
        if "[ ]" not in plan:
            self.database.copy_to(self.folder)
            return
        say("The database changes: requests wait meanwhile, readers get the pages that are kept.")
        self.running.hold_back()
        self.copy = self.database.copy_to(self.folder)
        manage(self.layout, self.new, "migrate", "--noinput", "--verbosity", "0", why="A migration failed.")

    def switch(self) -> None:
        self.site_before = self.layout.nginx_site.read_text(encoding="utf-8")
        releases.switch(self.layout, self.new)
        services.write_units(self.layout, self.new)
        services.write_nginx(self.layout, self.site_after)
        self.is_open = self.copy is not None
        self.running.start()
        self.running.check(self.new, ready_before=self.ready)
        if self.copy:
            say(f"Requests waited {self.running.held_seconds:.0f} seconds.")

    def go_back(self) -> str:
        """What became of the data, in words. Raises Failed when even this does not work, and says what is left."""
        data = UNTOUCHED
        if self.is_open:
            self.running.hold_back()
            after = self.database.copy_to(self.folder / "after")
            data = f"The database is what it was before. What came in since the new version ran stands in {after}"
        if self.copy:
            self.database.put_back(self.copy)
            data = data if self.is_open else PUT_BACK
        if self.site_before is not None:
            releases.switch(self.layout, self.old)
            services.write_units(self.layout, self.old)
            services.write_nginx(self.layout, self.site_before)
        if self.running.held or self.site_before is not None:
            self.running.start()
            self.running.check(self.old, ready_before=False)
        return data
