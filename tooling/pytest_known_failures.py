"""pytest plugin: Odoo's own tests that fail without our addons too may fail."""

from pathlib import Path

import pytest

KNOWN = Path(__file__).with_name("known_failures.txt")


def known_failures(text):
    """{test: reason} of the list; a test is named from its addon's folder on.

    :raises ValueError: for a line without a reason
    """
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        test, mark, reason = line.partition("  # ")
        if not mark or not reason.strip():
            raise ValueError(f"{KNOWN.name}:{number}: a known failure needs '  # reason'")
        found[test.strip()] = reason.strip()
    return found


def pytest_collection_modifyitems(items):
    known = known_failures(KNOWN.read_text())
    for item in items:
        for test, reason in known.items():
            if item.nodeid.endswith(f"/{test}"):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
