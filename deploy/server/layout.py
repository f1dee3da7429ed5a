"""Where things are on a server. Everything below `root`, which is / except where it is tried in a folder."""

from dataclasses import dataclass
from pathlib import Path

USER = "innerbalance"
UNITS = (
    "innerbalance-web.socket",
    "innerbalance-web.service",
    "innerbalance-companion.service",
    "innerbalance-housekeeping.service",
)
WEB, SOCKET = "innerbalance-web.service", "innerbalance-web.socket"
COMPANION, HOUSEKEEPING = "innerbalance-companion.service", "innerbalance-housekeeping.service"


@dataclass(frozen=True)
class Layout:
    """`user` owns the data and runs the programs. The code belongs to root: the site can't change itself."""

    root: Path = Path("/")
    user: str = USER

    @property
    def base(self) -> Path:
        return self.root / "srv/innerbalance"

    @property
    def releases(self) -> Path:
        """Each version in a folder of its own."""
        return self.base / "releases"

    @property
    def venvs(self) -> Path:
        """What is installed for a version, by its lock file: versions with the same one share it."""
        return self.base / "venvs"

    @property
    def current(self) -> Path:
        """A link to the version that is served."""
        return self.base / "current"

    @property
    def data(self) -> Path:
        return self.root / "var/lib/innerbalance"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def pause_lock(self) -> Path:
        """The application starts only while nobody holds it (innerbalance-web.service)."""
        return self.data / "pause.lock"

    @property
    def settings(self) -> Path:
        return self.root / "etc/innerbalance"

    @property
    def environment(self) -> Path:
        return self.settings / "env"

    @property
    def upgrade_lock(self) -> Path:
        return self.settings / "upgrade.lock"

    @property
    def tls(self) -> Path:
        """A certificate signed by nobody, until there is a real one."""
        return self.settings / "tls"

    @property
    def units(self) -> Path:
        return self.root / "etc/systemd/system"

    @property
    def nginx_site(self) -> Path:
        return self.root / "etc/nginx/sites-available/innerbalance"

    @property
    def nginx_enabled(self) -> Path:
        return self.root / "etc/nginx/sites-enabled"

    def lets_encrypt(self, host: str) -> Path:
        return self.root / "etc/letsencrypt/live" / host

    def served(self) -> Path | None:
        """The folder of the version that is served; None before the first."""
        return self.current.resolve() if self.current.is_symlink() else None
