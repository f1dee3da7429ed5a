"""What the whole stack holds in memory after the load, beside the minimal site with as many workers."""

import time
from statistics import median

from bench.figures import Findings, ratios
from bench.minimal_site import MinimalSite
from bench.processes import pss_megabytes
from bench.stack import Stack

A_MINUTE = 62
"""Seconds in which housekeeping, which runs each minute, comes and goes."""


def measure(findings: Findings, *, stack: Stack, minimal: MinimalSite, seconds: int) -> None:
    """A look each second. The ratio is the median's; its most is the moment when housekeeping worked."""
    ours, theirs = [], []
    for _ in range(seconds):
        ours.append(pss_megabytes(stack.pids()))
        theirs.append(pss_megabytes(minimal.pids()))
        time.sleep(1)
    findings.ratios["memory_to_minimal"] = ratios(ours, theirs)
    nginx, app = set(stack.nginx_pids()), set(stack.app_pids())
    rest = set(stack.pids()) - nginx - app
    findings.tell(
        "memory (PSS)",
        f"{median(ours):.0f} MB in the middle, {max(ours):.0f} at most: "
        f"application {pss_megabytes(app):.0f} ({len(app)} processes), "
        f"nginx {pss_megabytes(nginx):.0f} ({len(nginx)}), the rest {pss_megabytes(rest):.0f} ({len(rest)}); "
        f"minimal site {median(theirs):.0f} ({len(minimal.pids())} processes)",
    )
    findings.extra |= {"memory_mb": round(median(ours), 1), "minimal_memory_mb": round(median(theirs), 1)}
