"""`bin/install-server`: from Debian's packages to a site that is served. Run again it changes what is wanted, only.

It prints what it did, and what is left to do by hand.
"""

import argparse
import os
import pwd
import re
import sys
from pathlib import Path

from . import environment, releases, services
from .layout import COMPANION, HOUSEKEEPING, SOCKET, USER, WEB, Layout
from .system import Failed, has_systemd, manage, run, say, stop_with, systemctl

SOURCE = Path(__file__).resolve().parents[2]
EPILOG = "Run it again after a change of the answers, of /etc/innerbalance/env, or when the certificate is there."


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/install-server", description="Install the site here.", epilog=EPILOG)
    parser.add_argument("--host", help="the site's name, such as www.example.org; asked for once")
    parser.add_argument("--owner", help="email address of the site's first owner, who gets a link to a password")
    parser.add_argument("--from-email", help="who emails come from; by default office@ and the host without www")
    parser.add_argument("--database-url", help="postgres://user:password@host/name; by default SQLite")
    parser.add_argument("--bind", help="where the application listens; by default 127.0.0.1:8000")
    parser.add_argument("--root", type=Path, default=Path("/"), help="put all of it below this folder, to try it")
    parser.add_argument("--user", default=USER, help="whom the programs run as; made when there is none")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    os.umask(0o022)  # the site's user has to read what root installs
    layout = Layout(root=given.root.absolute(), user=given.user)
    try:
        for text in install(layout, given) or ["Nothing had to be changed."]:
            say(f"  {text}")
        for text in ["", "What is left:", *left_to_do(layout, given)]:
            say(f"  {text}" if text else "")
    except Failed as error:
        return stop_with(error)
    return 0


def install(layout: Layout, given: argparse.Namespace) -> list[str]:
    """Each thing that was changed, in words."""
    if os.geteuid() != 0 and layout.root == Path("/"):
        raise Failed("Run it as root: sudo bin/install-server ...")
    if missing := services.missing_programs():
        raise Failed(f"Missing: {', '.join(missing)}. The guide (docs/running.md) says which packages to install.")
    host = given.host or environment.read(layout.environment).get("ALLOWED_HOSTS", "").partition(",")[0]
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host):
        raise Failed("Say the site's name in small letters: bin/install-server --host www.example.org")
    did = make_user(layout)
    owner = ids(layout)
    did += [f"made {folder}" for folder in services.make_folders(layout, owner)]
    answers = write_environment(layout, given, host, owner)
    did += answers

    served = layout.served()
    if served and served not in {SOURCE, layout.releases.resolve() / releases.name_of(SOURCE)}:
        raise Failed(
            f"Version {served.name} is served here. To change to {SOURCE}: bin/upgrade {SOURCE}\n"
            "It makes a copy of the data first, and goes back when something does not work."
        )
    release, is_new = (served, False) if served else releases.add(layout, SOURCE)
    did += [f"installed version {release.name}"] if is_new else []
    manage(layout, release, "check", "--deploy", why="The settings are not right.")
    if "[ ]" in manage(layout, release, "showmigrations", "--plan", why="The database can't be asked."):
        manage(layout, release, "migrate", "--noinput", "--verbosity", "0", why="The database can't be prepared.")
        did += ["prepared the database"]
    if served is None:
        releases.switch(layout, release)
        did += [f"version {release.name} is the one to be served"]
    units = services.write_units(layout, release)
    did += [f"wrote {name}" for name in units]
    if services.write_nginx(layout, services.site_conf(layout, release)):
        did += [f"wrote {layout.nginx_site}"]
    return did + start(layout, answers + units)


def make_user(layout: Layout) -> list[str]:
    try:
        pwd.getpwnam(layout.user)
    except KeyError:
        run(
            *("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", layout.data),
            *("--shell", "/usr/sbin/nologin", layout.user),
            why="The user can't be made.",
        )
        return [f"made the user {layout.user}"]
    return []


def ids(layout: Layout) -> tuple[int, int] | None:
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam(layout.user)
    return account.pw_uid, account.pw_gid


def write_environment(layout: Layout, given: argparse.Namespace, host: str, owner: tuple[int, int] | None) -> list[str]:
    """Make the file, or change the answers that were given anew. Secrets are made once, and never again."""
    if not layout.environment.exists():
        domain = host.removeprefix("www.")
        values = environment.new_secrets() | {
            "ALLOWED_HOSTS": host,
            "BASE_URL": f"https://{host}",
            "DATABASE_URL": given.database_url or f"sqlite:///{layout.data}/database/innerbalance.sqlite3",
            "MEDIA_ROOT": f"{layout.data}/media",
            "KEPT_PAGES_DIR": f"{layout.data}/kept",
            "DEFAULT_FROM_EMAIL": given.from_email or f"office@{domain}",
            "BIND": given.bind or "127.0.0.1:8000",
        }
        text = environment.filled((SOURCE / "deploy/env.example").read_text(encoding="utf-8"), values)
        environment.write(layout.environment, text, owner)
        return [f"made {layout.environment}, with secrets that are nowhere else"]
    known = environment.read(layout.environment)
    wanted = {"DATABASE_URL": given.database_url, "DEFAULT_FROM_EMAIL": given.from_email, "BIND": given.bind}
    if given.host:
        wanted |= {"ALLOWED_HOSTS": given.host, "BASE_URL": f"https://{given.host}"}
        if given.host == known.get("ALLOWED_HOSTS", "").partition(",")[0]:
            wanted = {name: value for name, value in wanted.items() if name not in {"ALLOWED_HOSTS", "BASE_URL"}}
    changed = {name: value for name, value in wanted.items() if value and value != known.get(name)}
    if changed:
        old = layout.environment.read_text(encoding="utf-8")
        environment.write(layout.environment, environment.filled(old, changed), owner)
    return [f"changed {name} in {layout.environment}" for name in changed]


def start(layout: Layout, changed: list[str]) -> list[str]:
    if not has_systemd(layout):
        return []
    wanted = (SOCKET, WEB, COMPANION, HOUSEKEEPING)
    states = [run("sh", "-c", f"systemctl is-active {name} || true", why="").strip() for name in wanted]
    if not changed and all(state == "active" for state in states):
        return []
    systemctl("enable", "--quiet", *wanted)
    systemctl("restart", *wanted, why="A unit does not start; journalctl -u 'innerbalance-*' says why.")
    return ["started the socket, the application, the companion and housekeeping"]


def left_to_do(layout: Layout, given: argparse.Namespace) -> list[str]:
    host = services.host_of(layout)
    certificate = services.certificate(layout)
    release = layout.served()
    left = []
    if not certificate[2]:
        left += [
            f"- DNS: let {host} name this server (A and AAAA records).",
            "- Certificate: then",
            f"    certbot certonly --webroot --webroot-path /var/www/html --domain {host} \\",
            "      --deploy-hook 'systemctl reload nginx' && bin/install-server",
        ]
    if not has_systemd(layout):
        left += ["- systemd does not run here: start the units' commands by hand (docs/running.md)."]
    left += [f"- Email: the mail server's name and password in {layout.environment}."]
    left += [f"- Keep a copy of {layout.environment} somewhere safe: without its keys backups can't be read."]
    if given.owner and release:
        left += [f"- {given.owner} opens this link once and chooses a password:"]
        try:
            printed = manage(layout, release, "invite_owner", given.owner, why="The owner can't be invited.")
            left += ["    " + line for line in printed.strip().splitlines()]
        except Failed as error:
            left[-1] = f"- {str(error).splitlines()[-1].strip().removeprefix('CommandError: ')}"
    return left


if __name__ == "__main__":
    sys.exit(main())
