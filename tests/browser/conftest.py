"""A real Chromium against a real server of this site, with the demo content."""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.factories import PASSWORD

# Sync Playwright keeps an event loop in this thread, and Django would refuse the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A busy machine is slow, not wrong: what never comes still fails.
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("No Chromium: install Debian's chromium, or leave tests/browser out.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """A function that makes a page in a fresh browser: `open_page(width=360, javascript=False, dark=True)`.

    The page fails the test on a script error or a request to another host.
    """
    contexts, faults = [], []

    def make(*, width=1280, height=900, javascript=True, dark=False, **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.on(
            "request", lambda request: faults.append(request.url) if _is_foreign(request.url, live_server.url) else None
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


def _is_fault(message) -> bool:
    return message.type == "error" and "Content Security Policy" in message.text


def _is_foreign(url: str, own: str) -> bool:
    return not url.startswith((own, "data:", "blob:", "about:"))


@pytest.fixture
def signed_in(open_page):
    """A function that gives a page whose browser is signed in to the admin as `user`."""

    def make(user, **options):
        page = open_page(**options)
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(user.get_username())
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile(r"/admin/$"))
        return page

    return make


@pytest.fixture
def assert_accessible():
    """Fails with axe's own words when a page breaks a rule of WCAG 2.2 AA or a best practice."""

    def check(page, **options):
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_RULES}, **options})
        assert results.violations_count == 0, results.generate_report()

    return check
