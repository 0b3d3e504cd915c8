"""Running other programs."""

import os
import shlex
import shutil
import signal
import socket
import subprocess

from .console import Problem


def run(command, *, doing, cwd=None, env=None, user=None, script=None):
    """Run a program quietly; its last lines become the problem if it fails.

    :param doing: what the program does, in words, for the error
    :param script: text for its standard input, nothing if left out
    :returns: its standard output
    """
    command = [str(part) for part in command]
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            text=True,
            errors="replace",
            input=script or "",
            capture_output=True,
            check=False,
            **as_user(user),
        )
    except FileNotFoundError:
        raise Problem(f"{doing}: the program {command[0]} is not on this machine.") from None
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Problem(
            f"{doing} failed (exit code {done.returncode}):\n{tail}",
            f"the command was: {shlex.join(command)}",
        )
    return done.stdout


def as_user(user):
    """Arguments that make subprocess drop from root to another user."""
    return {"user": user, "group": user, "extra_groups": []} if user is not None else {}


def passthrough(command, *, cwd=None, env=None):
    """Run a program on this terminal; give back its exit code.

    Ctrl-C reaches the program through the terminal; we wait for it to end.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)


def which(*names):
    """The first of these programs found on the machine, or None."""
    return next((found for name in names if (found := shutil.which(name))), None)


def free_port(preferred=0, host="127.0.0.1", taken=()):
    """The preferred port, or the next free one after it; any if 0."""
    if not preferred:
        with socket.socket() as probe:
            probe.bind((host, 0))
            return probe.getsockname()[1]
    for port in range(preferred, preferred + 200):
        if port not in taken and _is_free(host, port):
            return port
    raise Problem(f"No free port between {preferred} and {preferred + 199} on {host}.")


def _is_free(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
