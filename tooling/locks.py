"""Locks between several ./manage on one machine.

``flock`` is used throughout: the kernel lets go of it when a process dies, so
a crashed user never leaves a lock behind.
"""

import contextlib
import fcntl
import os
import time

from .console import step


def _open(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


@contextlib.contextmanager
def exclusive(path, doing="its work"):
    """Hold ``path`` alone; say so when another ./manage must finish first."""
    handle = _open(path)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step(f"waiting for another ./manage to finish {doing} ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def slot(folder, count, doing):
    """Hold one of ``count`` places; wait in words while all are taken.

    More heavy work at once than the machine has cores makes all of it slow,
    and browser tests fail for want of time.
    """
    handles = [_open(folder / f"slot-{number}") for number in range(count)]
    told = False
    try:
        while not any(_try(handle) for handle in handles):
            if not told:
                step(f"{count} other ./manage are at work, {doing} waits for its turn ...")
            told = True
            time.sleep(1)
        yield
    finally:
        for handle in handles:
            os.close(handle)


def _try(handle):
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Users:
    """A count of users that survives crashes: each holds a shared lock."""

    def __init__(self, path):
        self._path = path
        self._handle = None

    def enter(self):
        self._handle = _open(self._path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self):
        """Give up the place; true when nobody else holds one."""
        if self._handle is None:
            return False
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(self._handle)
            self._handle = None
        return True


def is_used(path):
    """Tell whether some process holds a place on ``path`` right now."""
    if not path.exists():
        return False
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
