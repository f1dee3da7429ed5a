"""Whether the very next request sees what was published, and how long the request that published it took."""

import time
from statistics import median
from urllib.parse import urlencode

from bench import client
from bench.editor import Editor
from bench.figures import Findings
from bench.stack import Stack


def measure(findings: Findings, *, stack: Stack, editor: Editor, article: int, path: str, times: int) -> None:
    """Drafts are saved beside the site; an editor's POST through nginx publishes each, in the application."""
    signed_in = editor.ask("session")
    headers = {
        "Host": stack.host,
        "Cookie": "; ".join(f"{name}={value}" for name, value in signed_in["cookies"].items()),
        "Referer": f"{stack.url}/admin/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": signed_in["token"], "next": "/admin/"})
    address = f"/admin/bulk/wagtailcore/page/publish/?id={article}"
    took, seen = [], 0
    for number in range(times):
        title = editor.ask("draft", f"p{number}").encode()
        # A reader was here before: the page is kept.
        if title in stack.page(path):
            raise RuntimeError("a draft was public")
        begin = time.perf_counter()
        answer = client.ask(stack.port, address, method="POST", headers=headers, body=body)
        took.append(1000 * (time.perf_counter() - begin))
        if answer.status != 302:
            raise RuntimeError(f"the request that publishes answered {answer.status}")
        through_nginx = stack.page(path)
        alone = stack.page_of_application(path)
        seen += title in through_nginx and title in alone
    findings.tell(
        "publications seen by the next request",
        f"{seen} of {times}; the publishing request took {median(took):.0f} ms in the middle, {max(took):.0f} at most",
    )
    findings.extra |= {"publications": times, "publications_seen": seen, "publishing_ms": round(median(took), 1)}
    if seen != times:
        raise RuntimeError(f"{times - seen} publications were not seen by the next request")
