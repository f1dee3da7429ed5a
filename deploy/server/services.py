"""The units of systemd and the site of nginx: written when they differ, and what has to follow."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from .environment import read
from .layout import UNITS, Layout
from .system import Failed, has_systemd, manage, nginx, run, systemctl

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
TMPFILES = """\
# The copies that bin/upgrade makes before it begins hold everything, erased requests' keys too: kept for a week.
e {backups}/before-upgrade-* - - - 7d
"""


def write_if_new(file: Path, text: str) -> bool:
    """Whether `file` had another text, or was not there."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)
    return True


def write_units(layout: Layout, release: Path) -> list[str]:
    """Write the release's units where they differ; their names."""
    bind = read(layout.environment).get("BIND", "127.0.0.1:8000")
    changed = []
    for name in UNITS:
        text = (release / "deploy/systemd" / name).read_text(encoding="utf-8")
        if layout.root != Path("/"):
            for folder in ("/srv/innerbalance", "/var/lib/innerbalance", "/etc/innerbalance"):
                text = text.replace(folder, f"{layout.root}{folder}")
        text = text.replace("User=innerbalance\nGroup=innerbalance", f"User={layout.user}\nGroup={layout.user}")
        text = text.replace("ListenStream=127.0.0.1:8000", f"ListenStream={bind}")
        if write_if_new(layout.units / name, text):
            changed.append(name)
    if write_if_new(layout.root / "etc/tmpfiles.d/innerbalance.conf", TMPFILES.format(backups=layout.backups)):
        changed.append("the rule that removes old copies")
    if changed and has_systemd(layout):
        systemctl("daemon-reload")
    return changed


def certificate(layout: Layout) -> tuple[Path, Path, bool]:
    """Certificate and key, and whether they are real. Without one by Let's Encrypt, one signed by itself is made."""
    host = host_of(layout)
    real = layout.lets_encrypt(host)
    if (real / "fullchain.pem").exists():
        return real / "fullchain.pem", real / "privkey.pem", True
    chain, key = layout.tls / "fullchain.pem", layout.tls / "privkey.pem"
    if not chain.exists():
        layout.tls.mkdir(mode=0o700, parents=True, exist_ok=True)
        run(
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "3650", "-subj", f"/CN={host}"[:67], "-addext", f"subjectAltName=DNS:{host}"),
            *("-keyout", key, "-out", chain),
            why="A first certificate can't be made.",
        )
        key.chmod(0o600)
    return chain, key, False


def host_of(layout: Layout) -> str:
    return urlsplit(read(layout.environment)["BASE_URL"]).hostname or "localhost"


def site_conf(layout: Layout, release: Path) -> str:
    """The nginx configuration of that release, for this server."""
    chain, key, _ = certificate(layout)
    return manage(
        layout,
        release,
        *("nginx_conf", "--certificate", str(chain), "--key", str(key), "--limits"),
        *("--static-root", str(layout.current / "staticfiles")),
        *("--app-bind", read(layout.environment).get("BIND", "127.0.0.1:8000")),
        *(["--http2-directive"] if nginx_version() >= (1, 25, 1) else []),
        *([] if BROTLI.exists() else ["--no-brotli"]),
        why="The nginx configuration can't be made.",
    )


def nginx_version() -> tuple[int, ...]:
    said = run(nginx(), "-v", why="nginx does not say its version.")
    return tuple(int(part) for part in re.findall(r"nginx/([\d.]+)", said)[0].split("."))


def write_nginx(layout: Layout, text: str) -> bool:
    """Write the site, and let nginx take it in; whether anything changed. What nginx refuses is undone."""
    enabled = layout.nginx_enabled / "innerbalance"
    old = layout.nginx_site.read_text(encoding="utf-8") if layout.nginx_site.is_file() else None
    changed = write_if_new(layout.nginx_site, text)
    if not enabled.is_symlink():
        enabled.parent.mkdir(parents=True, exist_ok=True)
        enabled.symlink_to(layout.nginx_site)
        changed = True
    default = layout.nginx_enabled / "default"
    if default.is_symlink():
        # Debian's welcome page answers to names that are not ours, which get no answer here.
        default.unlink()
        changed = True
    if changed and layout.root == Path("/"):
        try:
            run(nginx(), "-t", why="nginx refuses the site's configuration.")
        except Failed:
            enabled.unlink() if old is None else write_if_new(layout.nginx_site, old)
            raise
        reload_nginx(layout)
    return changed


def reload_nginx(layout: Layout) -> None:
    if has_systemd(layout):
        systemctl("reload-or-restart", "nginx.service")
    elif (pid := Path("/run/nginx.pid")).exists() and pid.read_text(encoding="ascii").strip():
        run(nginx(), "-s", "reload", why="nginx does not take in its new configuration.")


def make_folders(layout: Layout, owner: tuple[int, int] | None) -> list[str]:
    """The folders, each with its rights; those that were made. nginx reads pages and pictures, and nothing else."""
    root = (0, 0) if os.geteuid() == 0 else None
    wanted = (
        (layout.base, 0o755, root),
        (layout.releases, 0o755, root),
        (layout.venvs, 0o755, root),
        (layout.settings, 0o755, root),
        (layout.data, 0o711, owner),
        (layout.data / "database", 0o700, owner),
        (layout.backups, 0o700, owner),
        (layout.data / "kept", 0o755, owner),
        (layout.data / "media", 0o755, owner),
        (layout.data / "media/documents", 0o700, owner),
    )
    made = []
    for folder, mode, ids in wanted:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(mode)
            if ids:
                os.chown(folder, *ids)
            made.append(str(folder))
    if not layout.pause_lock.exists():
        layout.pause_lock.touch(mode=0o644)
        if owner:
            os.chown(layout.pause_lock, *owner)
    return made


def missing_programs() -> list[str]:
    """What Debian's packages have to bring first."""
    return [name for name in ("openssl", "flock") if not shutil.which(name)] + ([] if nginx() else ["nginx"])
