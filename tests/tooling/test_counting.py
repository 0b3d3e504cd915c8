"""Reading what a runner printed, and Odoo's log."""

import pytest

from tooling import odoo_log
from tooling.runners import Result, count


@pytest.mark.parametrize(
    ("output", "code", "expected"),
    [
        ("....\n12 passed in 3.1s\n", 0, Result(12, 0, 0)),
        ("1 failed, 3 passed, 2 skipped, 1 error in 1s\n", 1, Result(3, 2, 2)),
        ("1 passed, 1 xfailed, 2 xpassed in 1s", 0, Result(3, 0, 1)),
        ("no tests ran in 0.1s\n", 5, Result(0, 1, 0)),
        ("Segmentation fault\n", 139, Result(0, 1, 0)),
        ("5 passed in 1s\n", 1, Result(5, 1, 0)),
        ("# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0\n", 1, Result(3, 1, 0)),
        ("ℹ pass 7\nℹ fail 0\nℹ cancelled 1\nℹ skipped 2\n", 1, Result(7, 1, 2)),
    ],
)
def test_counts(output, code, expected):
    assert count(output, code) == expected


def test_results_add_up():
    assert str(Result(1, 2, 3) + Result(4, 0, 1)) == "5 passed, 2 failed, 4 skipped"


LOG = """\
2026-01-01 10:00:00,000 7 INFO db odoo.registry: loaded
2026-01-01 10:00:00,100 7 INFO db diancan.test: tests/test_a.py::test_one
2026-01-01 10:00:00,200 7 WARNING db odoo.http: something odd
2026-01-01 10:00:00,300 7 ERROR db odoo.sql_db: bad query
Traceback (most recent call last):
  File "x.py"
ValueError: no
2026-01-01 10:00:00,400 7 INFO db diancan.test: tests/test_b.py::test_two
2026-01-01 10:00:00,500 7 WARNING db py.warnings: x: PyPDF2 is deprecated
"""


def test_warnings_are_found_with_their_test(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text(LOG)
    entries = odoo_log.read_log(log)
    assert [(entry.level, entry.logger, entry.test) for entry in entries] == [
        ("WARNING", "odoo.http", "tests/test_a.py::test_one"),
        ("ERROR", "odoo.sql_db", "tests/test_a.py::test_one"),
    ]
    assert entries[1].more[-1] == "ValueError: no"


def test_a_log_that_is_not_there_is_empty(tmp_path):
    assert odoo_log.read_log(tmp_path / "none.log") == []


def test_an_allowed_line_needs_a_reason(tmp_path):
    file = tmp_path / "allowed.txt"
    file.write_text("WARNING odoo.http: .*\n")
    with pytest.raises(ValueError, match=r"allowed.txt:1: .* needs '  # reason'"):
        odoo_log.allowed_patterns(file)


def test_only_stock_loggers_are_allowed():
    """What our own addons log is mended, not allowed."""
    ours = [pattern.pattern for pattern in odoo_log.allowed_patterns() if "dining" in pattern.pattern]
    assert ours == []
