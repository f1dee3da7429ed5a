"""`make bench`: the production stack beside a plain file and a minimal Wagtail site, in one run.

`python -m bench [--json FILE] [PART ...]`; without parts all of them, and docs/performance.md is written. The name of
another module here (newsletter, intake_spam, ...) runs that one.
"""

import argparse
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import cold, machine, memory, posts, processes, publication, readers, report
from bench.editor import Editor
from bench.figures import Findings, Spread
from bench.minimal_site import MinimalSite
from bench.postgresql import Cluster
from bench.stack import ROOT, Stack
from bench.static_file import StaticFile

QUICK = os.environ.get("BENCH_QUICK") == "1"
WORKERS = int(os.environ.get("WORKERS", "2"))
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
"""Of each worker, here and at the minimal site: what the stack takes by itself."""

GROWTH_SECONDS = 420
"""What takes longer is ended: the whole is to be had in about twelve minutes."""

TEN_THOUSAND = "_10000_to_100"
NOT_QUICK = ("growth",)
"""Left out of a quick run that names no part."""


class Lab:
    """What the parts measure, each thing made when it is first asked for; one that failed is not tried again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Any] = {}

    def _once(self, name: str, make: Callable[[], Any]):
        if name not in self._made:
            print(f"  ({name} ...)", flush=True)
            try:
                self._made[name] = make()
            except Exception as error:
                self._made[name] = RuntimeError(f"{name}: {error}")
        if isinstance(self._made[name], RuntimeError):
            raise self._made[name]
        return self._made[name]

    @property
    def stack(self) -> Stack:
        return self._once("the stack", lambda: Stack(self.folder / "serve", workers=WORKERS, threads=THREADS))

    @property
    def editor(self) -> Editor:
        return self._once("the editor", lambda: Editor(self.stack.environment(), cwd=str(ROOT)))

    @property
    def article(self) -> dict:
        return self._once("the article", lambda: self.editor.ask("article"))

    @property
    def file(self) -> StaticFile:
        page = readers.the_page(self.stack, self.article["path"])
        return self._once(
            "the plain file",
            lambda: StaticFile(self.folder / "static", page, workers=self.stack.nginx_workers()),
        )

    @property
    def minimal(self) -> MinimalSite:
        return self._once(
            "the minimal site",
            lambda: MinimalSite(
                self.folder / "minimal",
                self.article["paragraphs"],
                workers=WORKERS,
                threads=THREADS,
            ),
        )

    @property
    def cluster(self) -> Cluster:
        return self._once("PostgreSQL", lambda: Cluster(self.folder / "postgresql"))

    @property
    def stack_on_postgresql(self) -> Stack:
        return self._once(
            "the stack on PostgreSQL",
            lambda: Stack(
                self.folder / "serve-postgresql", workers=WORKERS, threads=THREADS, database_url=self.cluster.url
            ),
        )


def measure_readers(lab: Lab, findings: Findings) -> None:
    path, minimal = lab.article["path"], None
    try:
        minimal = lab.minimal
    except RuntimeError as error:
        findings.tell("minimal site", f"not measured: {error}")
    rounds, seconds = (2, 3) if QUICK else (7, 4)
    readers.measure(
        findings, stack=lab.stack, file=lab.file, minimal=minimal, path=path, rounds=rounds, seconds=seconds
    )


def measure_cold(lab: Lab, findings: Findings) -> None:
    path = lab.article["path"]
    rounds, times = (2, 4) if QUICK else (5, 8)
    cold.measure(
        findings, stack=lab.stack, editor=lab.editor, minimal=lab.minimal, path=path, rounds=rounds, times=times
    )
    cold.count_queries(findings, stack=lab.stack, editor=lab.editor, path=path)


def measure_publication(lab: Lab, findings: Findings) -> None:
    article = lab.article
    publication.measure(
        findings,
        stack=lab.stack,
        editor=lab.editor,
        article=article["id"],
        path=article["path"],
        times=5 if QUICK else 25,
    )


def measure_memory(lab: Lab, findings: Findings) -> None:
    memory.measure(findings, stack=lab.stack, minimal=lab.minimal, seconds=5 if QUICK else memory.A_MINUTE)


def measure_posts(lab: Lab, findings: Findings) -> None:
    on_sqlite = posts.Site("SQLite", lab.stack, lab.editor)
    other = lab.stack_on_postgresql
    on_postgresql = posts.Site("PostgreSQL", other, Editor(other.environment(), cwd=str(ROOT)))
    rounds, seconds = (2, 2) if QUICK else (6, 5)
    try:
        posts.measure(findings, sqlite=on_sqlite, postgresql=on_postgresql, rounds=rounds, seconds=seconds)
    finally:
        on_postgresql.editor.stop()


def measure_growth(lab: Lab, findings: Findings) -> None:
    """A module of its own, on databases of its own, which writes what it found into a file."""
    found = lab.folder / "growth.json"
    command = [sys.executable, "-m", "bench.growth", "--json", str(found), *(["--quick"] if QUICK else [])]
    log = lab.folder / "growth.log"
    process = processes.start(command, env=dict(os.environ), cwd=ROOT, log=log)
    try:
        code = process.wait(timeout=GROWTH_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"growth took longer than {GROWTH_SECONDS} seconds") from error
    finally:
        processes.stop(process)
    if code:
        raise RuntimeError("growth: " + " / ".join(log.read_text(errors="replace").strip().splitlines()[-3:]))
    told = json.loads(found.read_text())
    for key in ("list_10000_to_100", "search_10000_to_100"):
        if isinstance(value := told.pop(key, None), int | float):
            findings.ratios[key] = Spread(value, value, value)
    others = {name: value for name, value in told.items() if name.endswith(TEN_THOUSAND)}
    words = ", ".join(
        f"{name.removesuffix(TEN_THOUSAND).replace('_', ' ')} {value:.2f}" for name, value in others.items()
    )
    findings.tell("growth of the other pages, 10,000 / 100", words)
    findings.extra |= told


PARTS: dict[str, tuple[Callable[[Lab, Findings], None], tuple[str, ...]]] = {
    "readers": (measure_readers, ("warm_to_static", "app_to_static")),
    "cold": (measure_cold, ("cold_cpu_to_minimal",)),
    "publication": (measure_publication, ()),
    "memory": (measure_memory, ("memory_to_minimal",)),
    "posts": (measure_posts, ("posts_sqlite_to_postgresql",)),
    "growth": (measure_growth, ("list_10000_to_100", "search_10000_to_100")),
}
"""Each with the promises it measures, in an order: memory is looked at after load and before a second stack runs."""


def run(parts: list[str], folder: Path) -> tuple[Findings, dict[str, str]]:
    """What was found, and under which conditions. A part that fails leaves a reason and stops no other."""
    findings, lab = Findings(), Lab(folder)
    for name, (measure, keys) in PARTS.items():
        if name in parts:
            print(f"{name}:", flush=True)
            reason = "it was not among the results"
            try:
                measure(lab, findings)
            except Exception as error:
                reason = (str(error) or type(error).__name__).replace(f"{ROOT}/", "").replace(f"{folder}/", "")
                findings.tell(name, f"failed: {reason}")
        else:
            reason = "it was not asked for"
        findings.reasons |= {key: reason for key in keys if key not in findings.ratios}
    return findings, machine.conditions(workers=WORKERS, threads=THREADS, quick=QUICK)


def usual_parts() -> list[str]:
    return [name for name in PARTS if not (QUICK and name in NOT_QUICK)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("names", nargs="*", help=f"parts ({', '.join(PARTS)}) or other modules of bench/")
    options = parser.parse_args()
    for name in options.names:
        if name not in PARTS:
            sys.argv = [name]
            runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
    parts = [name for name in options.names if name in PARTS] or ([] if options.names else usual_parts())
    if not parts:
        return 0
    processes.clean_up_at_the_end()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        # nginx's workers and PostgreSQL are of other users.
        Path(folder).chmod(0o711)
        try:
            findings, conditions = run(parts, Path(folder))
        finally:
            processes.stop_all()
    print()
    print(report.table(findings))
    print()
    print(report.raw(findings))
    print("; ".join(f"{name}: {words}" for name, words in conditions.items()))
    if options.json:
        options.json.write_text(report.as_json(findings))
    if len(parts) == len(PARTS) and not QUICK:
        report.write_document(findings, conditions)
        print(f"\n{report.DOCUMENT.relative_to(ROOT)} has these figures.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
