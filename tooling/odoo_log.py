"""Judging Odoo's log: a WARNING or worse that nobody allowed is a failure.

The allowed ones stand in ``tooling/allowed_log.txt`` with their reasons, and
are Odoo's own only.
"""

import dataclasses
import re
from pathlib import Path

ALLOWED = Path(__file__).with_name("allowed_log.txt")
TEST_MARK = "diancan.test"
LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>\S+): (?P<message>.*)$"
)
BAD = {"WARNING", "ERROR", "CRITICAL"}
CONTEXT = 25


@dataclasses.dataclass
class Entry:
    """One entry of the log that should not be there."""

    level: str
    logger: str
    message: str
    test: str = ""
    more: list = dataclasses.field(default_factory=list)

    def __str__(self):
        where = f"  during {self.test}" if self.test else ""
        lines = [f"{self.level} {self.logger}: {self.message}{where}", *self.more[-CONTEXT:]]
        return "\n    ".join(lines)


def allowed_patterns(file=ALLOWED):
    """The allowed entries as patterns.

    Each line reads ``LEVEL logger: message pattern  # reason``; a line without
    a reason is an error.
    """
    patterns = []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, mark, reason = line.partition("  # ")
        if not mark or not reason.strip():
            raise ValueError(f"{file.name}:{number}: an allowed log line needs '  # reason'")
        patterns.append(re.compile(pattern.strip()))
    return patterns


def read_log(file):
    """All entries of a log at WARNING or worse that are not allowed."""
    patterns = allowed_patterns()
    entries, current, test = [], None, ""
    text = file.read_text(errors="replace") if file.exists() else ""
    for line in text.splitlines():
        match = LINE.match(line)
        if not match:
            if current:
                current.more.append(line)
            continue
        current = None
        if match["logger"] == TEST_MARK:
            test = match["message"]
        elif match["level"] in BAD:
            current = Entry(match["level"], match["logger"], match["message"], test)
            entries.append(current)
    return [entry for entry in entries if not _is_allowed(entry, patterns)]


def _is_allowed(entry, patterns):
    text = "\n".join([f"{entry.level} {entry.logger}: {entry.message}", *entry.more])
    return any(pattern.match(text) for pattern in patterns)
