"""An article that many readers ask for at once: as a plain file, from the kept pages, from the application alone.

The minimal site's article runs in the same rounds, as a figure to look at: nothing is promised about it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from bench import client, load, processes
from bench.figures import Findings, ratios
from bench.minimal_site import MinimalSite
from bench.stack import Stack
from bench.static_file import StaticFile

FILE, KEPT, APPLICATION, MINIMAL = "plain file", "kept article", "application alone", "minimal site"
WARM_UP_SECONDS = 3


@dataclass
class Source:
    """What is asked, whose processor time counts, and what the rounds gave."""

    url: str
    page_bytes: int
    pids: Callable[[], Iterable[int]]
    headers: dict[str, str] = field(default_factory=dict)
    loads: list[load.Load] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> None:
        before = processes.cpu_seconds(self.pids())
        got = load.run(self.url, seconds=seconds, page_bytes=self.page_bytes, headers=self.headers)
        used = processes.cpu_seconds(self.pids()) - before
        self.loads.append(got)
        self.cpu_ms.append(1000 * used / got.requests)


def the_page(stack: Stack, path: str) -> bytes:
    """The article as nginx serves it once it is kept. Raises RuntimeError when the application's is another."""
    for _ in range(2 * len(stack.app_pids()) + 2):
        stack.page(path)
    kept = stack.page(path)
    if stack.page_of_application(path) != kept:
        raise RuntimeError("the application alone serves another page than nginx")
    return kept


def measure_one(name: str, source: Source, seconds: float) -> None:
    try:
        source.measure(seconds)
    except load.LoadFailed as error:
        raise load.LoadFailed(f"{name}: {error}") from error


def measure(
    findings: Findings,
    *,
    stack: Stack,
    file: StaticFile,
    minimal: MinimalSite | None,
    path: str,
    rounds: int,
    seconds: float,
) -> None:
    """One round asks each source in turn, so that what disturbs the machine disturbs them all."""
    # As small as a page can be compressed, and a little less: who serves it in another form is measured all the same.
    page_bytes = int(0.9 * file.page_bytes)
    sources = {
        FILE: Source(file.url, file.page_bytes, file.pids),
        KEPT: Source(stack.url + path, page_bytes, stack.pids),
        APPLICATION: Source(stack.app_url + path, page_bytes, stack.app_pids, stack.app_headers),
    }
    if minimal:
        sources[MINIMAL] = Source(minimal.url, len(client.page(minimal.port, "/article/")), minimal.pids)
    for name, source in sources.items():
        measure_one(name, source, WARM_UP_SECONDS)
        source.loads.clear()
        source.cpu_ms.clear()
    for _ in range(rounds):
        for name, source in sources.items():
            measure_one(name, source, seconds)
    for name, source in sources.items():
        findings.tell(
            name,
            f"{median(each.per_second for each in source.loads):,.0f} requests a second, "
            f"{median(each.median_ms for each in source.loads):.2f} ms in the middle, "
            f"{median(each.slowest_ms for each in source.loads):.2f} ms at the 99th percentile, "
            f"{median(source.cpu_ms):.3f} ms of processor time a request",
        )
    speeds = {name: [each.per_second for each in source.loads] for name, source in sources.items()}
    findings.ratios["warm_to_static"] = ratios(speeds[KEPT], speeds[FILE])
    findings.ratios["app_to_static"] = ratios(speeds[APPLICATION], speeds[FILE])
    findings.extra |= {f"{name.replace(' ', '_')}_per_second": round(median(each)) for name, each in speeds.items()}
