"""Menus that this process has read lately."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from odoo.addons.dining_rules.menu import Menu

MAX_SNAPSHOTS = 64
"""Snapshots kept in a process; one of 300 dishes takes about 2 MB."""


class MenuSnapshot(NamedTuple):
    """A store's menu at one version: `body` is the public JSON, `menu` what pricing reads."""

    version: int
    body: bytes
    etag: str
    menu: Menu


class SnapshotCache:
    """The most lately used snapshots, by (dbname, store, version, digest).

    The digest makes an entry's key its content, so that a version which was rolled back and built anew, or a
    database restored under the same name, is never answered from here.
    """

    def __init__(self, size=MAX_SNAPSHOTS):
        self._size = size
        self._entries = OrderedDict()
        self._lock = Lock()

    def get(self, key):
        with self._lock:
            snapshot = self._entries.get(key)
            if snapshot is not None:
                self._entries.move_to_end(key)
            return snapshot

    def put(self, key, snapshot):
        with self._lock:
            self._entries[key] = snapshot
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)

    def clear(self):
        with self._lock:
            self._entries.clear()


snapshots = SnapshotCache()
