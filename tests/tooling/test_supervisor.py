"""Children are started, watched and all stopped."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from tooling import shell
from tooling.console import Problem
from tooling.services import Service
from tooling.supervisor import Supervisor

PYTHON = sys.executable
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))


def service(code, ready="line ready", patience=10):
    return Service("child", "子程序 child", shlex.join((PYTHON, "-u", "-c", code)), ready, "", patience)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=10):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_a_child_is_ready_when_it_says_so_and_gone_afterwards(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        child = service("import os, time; print('ready', os.getpid()); time.sleep(60)")
        supervisor.start([child], {}, {})
        pid = int((tmp_path / "child.log").read_text().split()[1])
        assert is_alive(pid)
    assert not is_alive(pid)


def test_what_a_child_started_is_stopped_with_it(tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import signal, time;"
        " signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)'])\n"
        "time.sleep(0.5); print('ready', grandchild.pid); time.sleep(60)"
    )
    with Supervisor(tmp_path) as supervisor:
        supervisor.start([service(code)], {}, {})
        pid = int((tmp_path / "child.log").read_text().split()[1])
        assert is_alive(pid)
    wait_until(lambda: not is_alive(pid))


def test_a_child_that_dies_is_named_with_its_last_lines(tmp_path):
    go = tmp_path / "go"
    code = (
        "import pathlib, time\n"
        "print('ready')\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.05)\n"
        "print('the oven is cold'); raise SystemExit(3)"
    )
    with Supervisor(tmp_path) as supervisor:
        supervisor.start([service(code)], {}, {})
        go.touch()
        with pytest.raises(Problem, match=r"(?s)子程序 child ended with code 3.*the oven is cold"):
            supervisor.watch()


def test_a_child_that_never_starts_is_named(tmp_path):
    with (
        Supervisor(tmp_path) as supervisor,
        pytest.raises(Problem, match=r"(?s)ended with code 1.*no flour"),
    ):
        supervisor.start([service("raise SystemExit('no flour')")], {}, {})


def test_a_silent_child_is_given_up(tmp_path):
    with (
        Supervisor(tmp_path) as supervisor,
        pytest.raises(Problem, match="is not ready after 1 s"),
    ):
        supervisor.start([service("import time; time.sleep(60)", patience=1)], {}, {})


def test_children_do_not_outlive_a_killed_manage(tmp_path):
    program = tmp_path / "manage.py"
    program.write_text(
        textwrap.dedent(f"""
        import pathlib, shlex, sys
        sys.path.insert(0, {ROOT!r})
        from tooling.services import Service
        from tooling.supervisor import Supervisor
        code = "import os, time; print('ready', os.getpid()); time.sleep(60)"
        supervisor = Supervisor(pathlib.Path({str(tmp_path)!r}))
        command = shlex.join((sys.executable, "-u", "-c", code))
        supervisor.start([Service("child", "child", command, "line ready", "")], {{}}, {{}})
        print("up", flush=True)
        supervisor.watch()
        """)
    )
    manage = subprocess.Popen([PYTHON, program], stdout=subprocess.PIPE, text=True)
    assert manage.stdout.readline() == "up\n"
    pid = int((tmp_path / "child.log").read_text().split()[1])
    manage.send_signal(signal.SIGKILL)
    manage.wait()
    wait_until(lambda: not is_alive(pid))


def test_a_taken_port_moves_to_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert shell.free_port(port) > port


def test_any_port_is_free():
    port = shell.free_port()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
