"""Versions of the site, each in a folder of its own; a link says which one is served."""

import hashlib
import os
import shutil
import subprocess
import time
import tomllib
from pathlib import Path

from .layout import Layout
from .system import Failed, run, say, site_environment

LEFT_OUT = {".git", ".github", ".ci", ".venv", "var", "staticfiles", "node_modules", "__pycache__", ".env", ".complete"}
KEPT_RELEASES = 3
OLD_ASSETS_SECONDS = 90 * 86_400
"""Static files of earlier versions, whose pages somebody may still have open, are handed on for so long."""


def name_of(folder: Path) -> str:
    """The version and a hash of all files: the same code has the same name."""
    digest = hashlib.sha256()
    for file in files_of(folder):
        digest.update(f"{file.relative_to(folder)}\0{file.lstat().st_mode & 0o100}\0".encode())
        digest.update(os.readlink(file).encode() if file.is_symlink() else file.read_bytes())
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['version']}-{digest.hexdigest()[:10]}"


def files_of(folder: Path) -> list[Path]:
    """What belongs to the code: in a clone what git knows and does not ignore, else all but what tools left there."""
    if (folder / ".git").exists():
        listed = run(
            *("git", "-c", f"safe.directory={folder}", "-C", folder),
            *("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
            why=f"git can't list the files of {folder}.",
        )
        files = [folder / name for name in listed.split("\0") if name and not LEFT_OUT & set(Path(name).parts)]
    else:
        files = [Path(where) / name for where, _, names in walk(folder) for name in names]
    return sorted(file for file in files if file.is_symlink() or file.is_file())


def walk(folder: Path):
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        yield where, folders, [name for name in names if name not in LEFT_OUT and not name.endswith(".pyc")]


def add(layout: Layout, source: Path) -> tuple[Path, bool]:
    """The folder of the version in `source`, with all that it needs installed; and whether it was made now.

    Raises Failed, and leaves nothing of the version behind, when a step does not work.
    """
    if not (source / "pyproject.toml").is_file() or not (source / "manage.py").is_file():
        raise Failed(f"{source} does not hold the site's code: there is no manage.py in it.")
    release = layout.releases / name_of(source)
    if (release / ".complete").exists():
        return release, False
    shutil.rmtree(release, ignore_errors=True)
    try:
        for file in files_of(source):
            target = release / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target, follow_symlinks=False)
        run("chmod", "-R", "a+rX,go-w", release, why="The new version's files can't be made readable.")
        (release / ".env").symlink_to(layout.environment)
        (release / "var").symlink_to(layout.data)
        install(layout, release)
        # Django is asked as root for once, for static files belong to the code, and the site can't change that.
        collect_static(layout, release)
    except BaseException:
        shutil.rmtree(release, ignore_errors=True)
        raise
    (release / ".complete").touch()
    return release, True


def install(layout: Layout, release: Path) -> None:
    lock = release / "requirements.txt"
    venv = layout.venvs / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not (venv / "bin/python").exists():
        say("Installing what requirements.txt names ...")
        python = run(release / "bin/find-python", why="There is no Python that can run this version.").strip()
        venv.parent.mkdir(parents=True, exist_ok=True)
        run(python, "-m", "venv", venv, why="A folder for Python's packages can't be made (apt install python3-venv).")
    (release / ".venv").symlink_to(venv)
    try:
        run(release / "bin/install", "requirements.txt", why="What the new version needs can't be installed.")
    except Failed:
        if layout.served() is None or (layout.served() / ".venv").resolve() != venv:
            shutil.rmtree(venv, ignore_errors=True)
        raise
    run(venv / "bin/python", "-m", "compileall", "-q", release, why="A file of the new version is no Python.")


def collect_static(layout: Layout, release: Path) -> None:
    environment = site_environment(layout)
    environment.pop("STATIC_ROOT", None)
    run(
        *(release / ".venv/bin/python", release / "manage.py", "collectstatic", "--noinput", "--verbosity", "0"),
        why="The new version's static files can't be collected.",
        cwd=release,
        env=environment,
    )
    old = layout.served()
    if old and (old / "staticfiles").is_dir():
        hand_on(old / "staticfiles", release / "staticfiles")


def hand_on(old: Path, new: Path) -> None:
    """Files of the version before, for pages that were sent before the change; by hard links, which take no room."""
    for file in old.rglob("*"):
        target = new / file.relative_to(old)
        if file.is_file() and not target.exists() and time.time() - file.stat().st_mtime < OLD_ASSETS_SECONDS:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(file, target)


def switch(layout: Layout, release: Path) -> None:
    """Let the link name that version. There is no moment without one."""
    new = layout.current.with_name("current.new")
    new.unlink(missing_ok=True)
    new.symlink_to(release)
    new.replace(layout.current)


def remove(release: Path) -> None:
    shutil.rmtree(release, ignore_errors=True)


def tidy(layout: Layout) -> None:
    """Remove all versions but the last few, and what only they had installed."""
    served = layout.served()
    releases = sorted((path for path in layout.releases.iterdir()), key=lambda path: path.stat().st_mtime)
    for release in releases[:-KEPT_RELEASES]:
        if release != served:
            shutil.rmtree(release)
    used = {(release / ".venv").resolve() for release in layout.releases.iterdir()}
    for venv in layout.venvs.iterdir():
        if venv.resolve() not in used:
            shutil.rmtree(venv)


def from_tag(clone: Path, tag: str, into: Path) -> None:
    """The code of `tag`, freshly fetched, in the folder `into`."""
    git = ("git", "-C", str(clone))
    run(*git, "fetch", "--quiet", "--tags", "--force", why=f"The new version can't be fetched into {clone}.")
    archive = subprocess.run([*git, "archive", "--format=tar", tag], capture_output=True)
    if archive.returncode:
        raise Failed(f"There is no version {tag}: {archive.stderr.decode(errors='replace').strip()}")
    subprocess.run(["tar", "-x", "-C", str(into)], input=archive.stdout, check=True)
