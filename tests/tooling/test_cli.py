"""The command as a person types it."""

import re
import subprocess
import sys

import pytest

from tooling import browser, cli, cmd_doctor, node, paths, pytest_known_failures
from tooling.console import Problem


def manage(*arguments, cwd=paths.ROOT):
    return subprocess.run(
        [sys.executable, paths.ROOT / "manage", *arguments],
        capture_output=True, text=True, cwd=cwd, check=False,
    )  # fmt: skip


def test_help_names_every_command(tmp_path):
    done = manage("help", cwd=tmp_path)
    assert done.returncode == 0
    for command in cli.COMMANDS:
        # What a long one does stands on the next line.
        assert re.search(rf"(?m)^    {command}\s", done.stdout)


def test_the_suites_can_be_listed_from_anywhere(tmp_path):
    done = manage("test", "--list", "tests/tooling", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "python   tests/tooling\n")


def test_a_problem_is_told_without_a_traceback():
    done = manage("test", "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("\nmanage: nowhere is not in this project.\n  -> ")


def test_a_bench_that_is_not_there_is_refused():
    done = manage("bench", "nothing")
    assert done.returncode == 2
    assert "There is no bench nothing." in done.stderr


def test_what_stands_behind_a_bench_is_its_own():
    done = manage("bench", "nothing", "--dishes", "300", "--json")
    assert done.returncode == 2
    assert "There is no bench nothing." in done.stderr


def test_a_dangerous_database_name_is_refused():
    done = manage("server", "--db", "template1")
    assert done.returncode == 2
    assert "template1 cannot be used as a name" in done.stderr


class Args:
    pass


def doctor(capsys):
    code = cmd_doctor.main(Args())
    return code, capsys.readouterr().out


def test_the_doctor_names_what_is_missing_and_what_mends_it(monkeypatch, capsys):
    monkeypatch.setattr(browser, "missing", lambda: [browser.PARTS[0], browser.PARTS[2]])
    monkeypatch.setattr(cmd_doctor.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(node, "which", lambda *names: None)
    code, out = doctor(capsys)
    assert code == 1
    assert "missing  node 20 or newer with npm is needed; this machine has none." in out
    assert "missing  browser, Chinese font (for printed pages and ./manage test)" in out
    assert "-> sudo apt-get install --no-install-recommends chromium fonts-noto-cjk" in out
    assert "2 missing: mend them as the arrows say." in out


def test_the_doctor_is_content_where_manage_can_mend_it_itself(monkeypatch, capsys):
    monkeypatch.setattr(cmd_doctor, "CHECKS", (lambda: iter([("later", "Odoo 19", "./manage run fetches it")]),))
    code, out = doctor(capsys)
    assert code == 0
    assert "later    Odoo 19" in out
    assert "Nothing is missing." in out


@pytest.mark.parametrize(("said", "fine"), [("v20.1.0", True), ("v22.0.0", True), ("v18.20.0", False)])
def test_an_old_node_is_refused(monkeypatch, said, fine):
    monkeypatch.setattr(node, "which", lambda *names: "/usr/bin/node")
    monkeypatch.setattr(node, "run", lambda *a, **k: said)
    if fine:
        node.require()
    else:
        with pytest.raises(Problem, match="this machine has node 18"):
            node.require()


def test_a_known_failure_needs_a_reason():
    assert pytest_known_failures.known_failures("a/test_b.py::T::t  # why\n") == {"a/test_b.py::T::t": "why"}
    with pytest.raises(ValueError, match="known_failures.txt:2"):
        pytest_known_failures.known_failures("# title\na/test_b.py::T::t\n")
