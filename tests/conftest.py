"""What tests across the project share.

Browser tests get a running restaurant: ``./manage test tests/e2e`` starts it
on a database of its own and tells about it in the variable DIANCAN_STACK.
"""

import json
import os
import shutil

import pytest

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def stack():
    """The running restaurant: addresses, logins, database, logs (a dict)."""
    told = os.environ.get("DIANCAN_STACK")
    if not told:
        pytest.fail("no restaurant is running for this test: start it with ./manage test tests/e2e")
    return json.loads(told)


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.fail("chromium is missing: ./manage doctor says how to install it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
