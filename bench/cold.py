"""What the article costs its first reader after a publication, beside a page of the minimal site.

Twice: after another post was published, which is what most publications are to a page, and after the article itself.

Processor time and not time on the clock: of all the processes of each, one request at a time, in turn.
"""

import itertools
import time
from statistics import median

from bench import client, processes
from bench.editor import Editor
from bench.figures import Findings, ratios
from bench.minimal_site import MinimalSite
from bench.stack import Stack

WARM_UP = 3
AFTERWARDS = 0.05
REST = 0.7
IDLE = 0.005
"""Seconds of processor time in a rest of that length."""


class Account:
    """The processor time that processes used inside the block and right after it, where they finish what they began."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids

    def __enter__(self) -> "Account":
        self._before = processes.run_seconds(self.pids)
        return self

    def __exit__(self, *exception: object) -> None:
        time.sleep(AFTERWARDS)
        self.milliseconds = 1000 * (processes.run_seconds(self.pids) - self._before)


def wait_until_quiet(pids: list[int]) -> None:
    """Until they did next to nothing for as long as the stack may wait before it warms pages."""
    used = -1.0
    for _ in range(20):
        now = processes.run_seconds(pids)
        if now - used < IDLE:
            return
        used = now
        time.sleep(REST)


def measure(
    findings: Findings, *, stack: Stack, editor: Editor, minimal: MinimalSite, path: str, rounds: int, times: int
) -> None:
    """`times` publications a round, each followed by one request for the article and one to the minimal site."""
    numbers = itertools.count()

    def answer_after(publication: str) -> float:
        """Milliseconds of the site's first answer after it."""
        title = editor.ask(publication, f"c{next(numbers)}")
        with Account(stack.app_pids()) as ours:
            page = stack.page_of_application(path)
        if publication == "publish" and title.encode() not in page:
            raise RuntimeError("the page was not the one just published")
        return ours.milliseconds

    def one_of_each(publication: str) -> tuple[float, float]:
        ours = answer_after(publication)
        with Account(minimal.pids()) as theirs:
            client.page(minimal.port, "/article/")
        # The pages that readers ask for most are rendered again now: not this request's cost, and over soon.
        wait_until_quiet(stack.app_pids())
        return ours, theirs.milliseconds

    def medians(publication: str) -> tuple[list[float], list[float]]:
        """Of each round. Not the mean: a page warmed beside one request is no part of what that request cost."""
        # What a process does once in its life (imports, templates) is no part of a page: each of them is warmed up.
        for _ in range(WARM_UP * len(stack.app_pids())):
            one_of_each(publication)
        pairs = [[one_of_each(publication) for _ in range(times)] for _ in range(rounds)]
        return [median(pair[0] for pair in one) for one in pairs], [median(pair[1] for pair in one) for one in pairs]

    ours, theirs = medians("publish_another")
    itself, beside = medians("publish")
    findings.ratios["cold_cpu_to_minimal"] = ratios(ours, theirs)
    findings.tell("first request after another post was published", f"{median(ours):.1f} ms of processor time")
    findings.tell("first request after the article itself was published", f"{median(itself):.1f} ms of processor time")
    findings.tell("minimal site, one request", f"{median(theirs):.1f} ms of processor time")
    findings.extra["cold_cpu_ms"] = round(median(ours), 2)
    findings.extra["rendered_cpu_ms"] = round(median(itself), 2)
    findings.extra["rendered_cpu_to_minimal"] = round(median(itself) / median(beside), 2)


def count_queries(findings: Findings, *, stack: Stack, editor: Editor, path: str) -> None:
    count = editor.ask("queries", path, stack.host, stack.scheme)
    findings.tell("queries of that request", str(count))
    findings.extra["cold_queries"] = count
