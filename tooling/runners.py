"""Running one suite and counting what passed."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys

from . import addons, odoo_log, paths, venv
from .console import say
from .suites import addons_for

# pytest's closing line, and node's counters.
PYTEST = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")
NODE = re.compile(r"^[#ℹ] (pass|fail|skipped|cancelled|todo) (\d+)\s*$", re.M)
PLAIN_PYTEST = ("-p", "no:odoo", "-p", "no:cacheprovider", "-q", "-rfEs", "--no-header")
ODOO_PYTEST = (
    "-p",
    "tooling.pytest_test_marks",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:warnings",
    "-q",
    "-rfEs",
    "--no-header",
    "--odoo-http",
    "--odoo-log-level=info",
)


KEPT_LOGS = 20


@dataclasses.dataclass
class Result:
    """What came of a suite."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Result(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def count(output, exit_code):
    """Read the counts from a runner's output.

    A runner that failed without counting anything counts as one failure.
    """
    result = Result()
    node = NODE.findall(output)
    if node:
        for word, number in node:
            _add(result, word, int(number))
    else:
        closing = next((line for line in reversed(output.splitlines()) if PYTEST.search(line)), "")
        for number, word in PYTEST.findall(closing):
            _add(result, word, int(number))
    if exit_code and not result.failed:
        result.failed += 1
    return result


def _add(result, word, number):
    # Our own xfails are strict, so xpassed is a known failure of Odoo's that did not fail.
    if word in {"passed", "pass", "xpassed"}:
        result.passed += number
    elif word in {"skipped", "todo", "xfailed"}:
        result.skipped += number
    else:
        result.failed += number


def stream(command, cwd=paths.ROOT, env=None):
    """Run a program, show its output as it comes, and keep it.

    :returns: (exit code, output)
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        bufsize=1,
    )
    lines = []
    try:
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    except BaseException:
        process.terminate()
        process.wait(20)
        raise
    return process.wait(), "".join(lines)


def run_python(suite, extra=(), more_env=None):
    """Plain pytest, without Odoo."""
    env = {
        "PYTHONPATH": os.pathsep.join(map(str, (paths.ROOT, paths.ADDONS))),
        "PYTHONDONTWRITEBYTECODE": "1",
        **(more_env or {}),
    }
    command = [venv.ensure(), "-m", "pytest", *PLAIN_PYTEST, *suite.targets, *extra]
    code, output = stream(command, env=env)
    return count(output, code)


def run_odoo(suite, store, names=None, extra=()):
    """An addon's tests inside Odoo, on a database of their own.

    :param names: addons to install; those the suite's addon needs if absent
    """
    with store.copy(names or addons_for(suite)) as instance:
        return pytest_in_odoo(instance, suite.targets, extra)


def run_stock(suite, store, extra=(), ours=True):
    """Odoo's own tests; those in known_failures.txt may fail.

    Odoo's tests provoke warnings on purpose, so its log is not judged.

    :param ours: install our addons; without, to see what fails on stock Odoo too
    """
    known = ("-p", "tooling.pytest_known_failures")
    with store.copy(addons.ours() if ours else []) as instance:
        return pytest_in_odoo(instance, suite.targets, (*(known if ours else ()), *extra), judge=False)


def pytest_in_odoo(instance, targets, extra=(), judge=True):
    """pytest on an Odoo database.

    :param judge: what its log holds counts too
    """
    instance.log.unlink(missing_ok=True)
    command = [
        instance.python,
        "-m",
        "pytest",
        *ODOO_PYTEST,
        f"--odoo-config={instance.conf}",
        f"--odoo-database={instance.database}",
        f"--odoo-extra=logfile={instance.log}",
        *targets,
        *extra,
    ]
    code, output = stream(command, env=instance.environ())
    result = count(output, code)
    bad = odoo_log.read_log(instance.log) if judge else []
    for entry in bad:
        say(f"LOG {entry}")
    if bad:
        say(f"{len(bad)} log entries at WARNING or worse: the run fails")
        result.failed += len(bad)
    if result.failed:
        say(f"Odoo's log is kept in {_keep(instance.log)}")
    return result


def _keep(log):
    """Copy a log to where it outlives its run; the oldest go."""
    kept = paths.cache() / "logs"
    kept.mkdir(parents=True, exist_ok=True)
    for old in sorted(kept.iterdir(), key=lambda file: file.stat().st_mtime)[:-KEPT_LOGS]:
        old.unlink(missing_ok=True)
    target = kept / f"{log.parent.name}.log"
    if log.exists():
        shutil.copy(log, target)
    return target
