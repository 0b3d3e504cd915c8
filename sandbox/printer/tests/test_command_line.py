import signal
import socket
import subprocess
import sys

import pytest

from sandbox.printer.__main__ import arguments

from .conftest import CHECKOUT


def test_one_printer_by_default():
    options = arguments(["--port", "9105", "--width", "58"])
    assert (options.printer, options.web_port, options.host) == ([("kitchen", 9105, 58)], 8073, "127.0.0.1")


def test_several_printers():
    assert arguments(["--printer", "wok:9100:80", "--printer", "bar:9101"]).printer == [
        ("wok", 9100, 80),
        ("bar", 9101, 80),
    ]


@pytest.mark.parametrize("value", ["wok", "wok:x", "wok:9100:70", ":9100", "wok:99999", "a/b:9100"])
def test_a_printer_that_cannot_be_is_refused(value, capsys):
    with pytest.raises(SystemExit):
        arguments(["--printer", value])
    assert "--printer" in capsys.readouterr().err


def test_two_printers_of_one_name_are_refused(capsys):
    with pytest.raises(SystemExit):
        arguments(["--printer", "a:1", "--printer", "a:2"])
    assert "a name of its own" in capsys.readouterr().err


def test_it_ends_cleanly_when_told_to():
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox.printer", "--port", "0", "--web-port", "0"],
        cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline().startswith("ready printer kitchen=127.0.0.1:")
    process.send_signal(signal.SIGTERM)
    _out, errors = process.communicate(timeout=15)
    assert (process.returncode, errors) == (0, "")


def test_a_port_in_use_is_said_in_words():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [sys.executable, "-m", "sandbox.printer", "--web-port", "0",
             "--port", str(taken.getsockname()[1])],
            cwd=CHECKOUT, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Is the port in use? Give another one with --printer and --web-port." in done.stderr
