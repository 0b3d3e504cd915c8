"""The browser, Chinese fonts and the PDF printer that tests and pictures need."""

import glob

from . import debian
from .shell import which

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# What it is for, how to see that it is there, Debian's package.
PARTS = (
    ("browser", lambda: which(*CHROMIUM), "chromium"),
    ("Chinese font", lambda: _font("*CJK*"), "fonts-noto-cjk"),
    ("emoji font", lambda: _font("*ColorEmoji*"), "fonts-noto-color-emoji"),
    ("PDF printer", lambda: which("wkhtmltopdf"), "wkhtmltopdf"),
)


def _font(pattern):
    return glob.glob(f"/usr/share/fonts/**/{pattern}", recursive=True)


def missing():
    """[(what it is, Debian's package)] that this machine lacks."""
    return [(what, package) for what, found, package in PARTS if not found()]


def ensure():
    """Install what is missing, or say how."""
    packages = [package for _, package in missing()]
    if packages:
        debian.install(packages, "browser tests and printed pages")
