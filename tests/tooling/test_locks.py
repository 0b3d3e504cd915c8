"""Several ./manage at once."""

import subprocess
import sys
import textwrap
import threading

from tooling import locks, paths

HOLD = """
import pathlib, sys, time
sys.path.insert(0, {root!r})
from tooling import locks
{how}
    print("held", flush=True)
    time.sleep(60)
"""


def holder(how):
    program = textwrap.dedent(HOLD).format(root=str(paths.ROOT), how=how)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_waits_and_says_so(tmp_path, capsys):
    lock = tmp_path / "lock"
    other = holder(f"with locks.exclusive(pathlib.Path({str(lock)!r})):")
    threading.Timer(0.5, other.kill).start()
    with locks.exclusive(lock, "fetching Odoo"):
        other.wait()
    assert "waiting for another ./manage to finish fetching Odoo" in capsys.readouterr().err


def test_only_the_last_to_leave_is_told_so(tmp_path):
    first, second = locks.Users(tmp_path / "users"), locks.Users(tmp_path / "users")
    first.enter()
    second.enter()
    assert locks.is_used(tmp_path / "users")
    assert first.leave() is False
    assert second.leave() is True
    assert not locks.is_used(tmp_path / "users")


def test_a_killed_user_no_longer_counts(tmp_path):
    users = tmp_path / "users"
    other = holder(f"users = locks.Users(pathlib.Path({str(users)!r})); users.enter()\nif True:")
    mine = locks.Users(users)
    mine.enter()
    other.kill()
    other.wait()
    assert mine.leave() is True


def test_heavy_work_takes_turns(tmp_path, capsys):
    hold = f"with locks.slot(pathlib.Path({str(tmp_path)!r}), 2, 'a'):"
    first, second = holder(hold), holder(hold)
    threading.Timer(0.5, second.kill).start()
    with locks.slot(tmp_path, 2, "addons/low"):
        second.wait()
        assert first.poll() is None
    first.kill()
    first.wait()
    assert "2 other ./manage are at work, addons/low waits for its turn" in capsys.readouterr().err
