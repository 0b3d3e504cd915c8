"""Starting several programs, watching them, and stopping every one of them.

Each child leads its own process group, so that what it started itself is
stopped with it; and the kernel stops it when ./manage dies without a word.
"""

import ctypes
import os
import shlex
import signal
import subprocess
import time
import urllib.error
import urllib.request

from .console import Problem, step

POLL_SECONDS = 0.2
STOP_SECONDS = 15
TAIL_LINES = 25
PR_SET_PDEATHSIG = 1


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A started program and its log."""

    def __init__(self, service, command, env, log):
        self.service = service
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **env},
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  no threads here
            )

    def tail(self):
        lines = self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(f"  | {line}" for line in lines) or "  | (it said nothing)"

    def ended(self):
        """Why it ended, or None while it runs."""
        code = self.process.poll()
        if code is None:
            return None
        how = f"was stopped by signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return f"{self.service.label} {how}. The end of {self.log}:\n{self.tail()}"

    def is_ready(self, ready):
        kind, _, what = ready.partition(" ")
        if kind == "line":
            return any(what in line for line in self.log.read_text(errors="replace").splitlines())
        try:
            with urllib.request.urlopen(what, timeout=5) as answer:  # noqa: S310  loopback
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


class Supervisor:
    """The children of one ./manage; leaving the context stops them all."""

    def __init__(self, logs):
        self._logs = logs
        self._children = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, services, values, env):
        """Start programs at once and wait until all are ready.

        :param values: what fills the braces of their command lines
        :raises Problem: when one ends or stays silent, with the end of its log
        """
        waiting = [self._launch(service, values, env) for service in services]
        began = time.monotonic()
        while waiting:
            self.check()
            for child in list(waiting):
                ready = child.service.ready.format(**values)
                if child.is_ready(ready):
                    waiting.remove(child)
                    step(f"{child.service.label}: ready")
                elif time.monotonic() - began > child.service.patience:
                    raise Problem(
                        f"{child.service.label} is not ready after {child.service.patience} s ({ready}). "
                        f"The end of {child.log}:\n{child.tail()}"
                    )
            time.sleep(POLL_SECONDS)

    def _launch(self, service, values, env):
        command = [part.format(**values) for part in shlex.split(service.command)]
        child = Child(service, command, env, self._logs / f"{service.name}.log")
        self._children.append(child)
        return child

    def check(self):
        """Raise a problem when a child has ended."""
        for child in self._children:
            reason = child.ended()
            if reason:
                raise Problem(reason)

    def watch(self):
        """Stay until a child ends (a problem) or somebody stops us."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def stop(self):
        """Stop all, the last started first; those that do not listen are killed."""
        if not self._children:
            return
        step("stopping what was started ...")
        # An impatient second Ctrl-C must not leave anything running.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in reversed(self._children):
            child.signal(signal.SIGTERM)
        limit = time.monotonic() + STOP_SECONDS
        for child in reversed(self._children):
            try:
                child.process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                step(f"{child.service.label} does not stop, killing it")
            # What it started itself may have outlived it.
            child.signal(signal.SIGKILL)
            child.process.wait()
        self._children.clear()
        signal.signal(signal.SIGINT, before)
