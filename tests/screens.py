"""Photographs every page type of a running site, for whoever changes a template.

    python -m tests.screens [--base http://localhost:8000] [--only blog] [--width 360]

Page types are found in the sitemap: one address of each kind, and the search, a wrong address, and the forms.
Pictures go to var/screens/, with one contact sheet (index.html) of all of them.
"""

import argparse
import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent.parent / "var" / "screens"
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ALWAYS = {
    "search": "/search/?q=relationship",
    "search-nothing": "/search/?q=zebra",
    "not-found": "/no-such-page/",
    "consultation": "/request-a-consultation/",
    "newsletter": "/newsletter/",
}


def addresses(base: str) -> dict[str, str]:
    """Name and path of one page of each kind: those of the sitemap by the shape of their address, and ALWAYS."""
    with urlopen(f"{base}/sitemap.xml", timeout=20) as answer:  # noqa: S310 (an address the caller named)
        paths = [urlsplit(found).path for found in re.findall(r"<loc>(.*?)</loc>", answer.read().decode())]
    kinds: dict[str, str] = {}
    for path in paths:
        parts = path.strip("/").split("/")
        kind = parts[0] or "home" if len(parts) == 1 else f"{parts[0]}-{'topic' if parts[1] == 'topic' else 'one'}"
        kinds.setdefault(kind, path)
    longest = max((path for path in paths if path.startswith("/blog/") and "topic" not in path), key=len, default="")
    return {**kinds, **({"blog-one": longest} if longest.strip("/") != "blog" and longest else {}), **ALWAYS}


def photograph(browser: Browser, base: str, paths: dict[str, str], widths: tuple[int, ...]) -> list[str]:
    """Takes the pictures and returns their file names; says which pages scroll sideways."""
    names = []
    for scheme in SCHEMES:
        for width in widths:
            page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
            for kind, path in paths.items():
                page.goto(base + path)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    print(f"{path} scrolls sideways at {width} px")
                page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
                page.wait_for_load_state("networkidle")
                names.append(f"{kind}-{width}-{scheme}.png")
                page.screenshot(path=FOLDER / names[-1], full_page=True)
            page.context.close()
    return names


def contact_sheet(names: list[str]) -> None:
    """One page with all pictures side by side."""
    figures = "".join(
        f'<figure><a href="{escape(name)}"><img src="{escape(name)}" loading="lazy" width="320"></a><figcaption>{escape(name)}</figcaption></figure>'
        for name in sorted(names)
    )
    style = (
        "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0;max-height:700px;overflow:auto}"
    )
    (FOLDER / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style>{figures}", encoding="utf-8"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Photograph every page type of a running site.")
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    parser.add_argument("--width", type=int, action="append", help="instead of 360, 768 and 1280")
    options = parser.parse_args()
    base = options.base.rstrip("/")
    try:
        paths = {kind: path for kind, path in addresses(base).items() if options.only in kind}
    except OSError as error:
        print(f"No site answers at {base} ({error}). Start it with `make run`.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        names = photograph(browser, base, paths, tuple(options.width or WIDTHS))
        browser.close()
    contact_sheet(names)
    print(f"{len(names)} pictures and a contact sheet: {FOLDER / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
