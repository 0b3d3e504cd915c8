"""What Debian has to bring: the browser, Chinese fonts, the PDF printer."""

import dataclasses
import glob
from collections.abc import Callable

from . import debian
from .shell import which

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclasses.dataclass(frozen=True)
class Part:
    """Something a machine may lack.

    :param what: its name for a person
    :param package: Debian's package
    :param found: tells whether it is here
    :param to_run: the restaurant needs it, not only the tests
    """

    what: str
    package: str
    found: Callable
    to_run: bool


def _font(pattern):
    return glob.glob(f"/usr/share/fonts/**/{pattern}", recursive=True)


PARTS = (
    Part("browser", "chromium", lambda: which(*CHROMIUM), to_run=False),
    Part("emoji font", "fonts-noto-color-emoji", lambda: _font("*ColorEmoji*"), to_run=False),
    Part("Chinese font", "fonts-noto-cjk", lambda: _font("*CJK*"), to_run=True),
    Part("font finder", "fontconfig", lambda: which("fc-match"), to_run=True),
    Part("PDF printer", "wkhtmltopdf", lambda: which("wkhtmltopdf"), to_run=True),
)


def missing(to_run=False):
    """The parts this machine lacks.

    :param to_run: only those that the restaurant needs
    """
    return [part for part in PARTS if (part.to_run or not to_run) and not part.found()]


def ensure(to_run=False):
    """Install what is missing, or say how."""
    packages = [part.package for part in missing(to_run)]
    if packages:
        debian.install(packages, "printing" if to_run else "browser tests and printing")
