"""Notices that may be late and may be merged, sent after the commit and after the reply.

Telling the register that an order changed opens a fresh connection for every
bus notice. Doing that inside the request would double its time, so requests
leave a note here and one thread a process sends the merged notes a moment
later. A note lost with the process costs nothing: the register reads again
when it is next looked at.
"""

import logging
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.modules import module
from odoo.modules.registry import Registry

_logger = logging.getLogger(__name__)

#: Notes left within this time are sent as one: short for who looks at the register, long for a busy store whose
#: every order would otherwise cost as much again in notices.
MERGE_SECONDS = 0.2


class _Sender:
    """One daemon thread that drains a set of (dbname, model, id, method)."""

    def __init__(self):
        self._notes = set()
        self._wake = threading.Condition()
        self._thread = None

    def add(self, notes):
        with self._wake:
            self._notes.update(notes)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="dining.after_commit", daemon=True)
                self._thread.start()
            self._wake.notify()

    def _run(self):
        while True:
            with self._wake:
                while not self._notes:
                    self._wake.wait()
            time.sleep(MERGE_SECONDS)
            with self._wake:
                notes, self._notes = self._notes, set()
            for note in sorted(notes):
                self._send(*note)

    def _send(self, dbname, model, record_id, method):
        try:
            with Registry(dbname).cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                getattr(env[model].browse(record_id), method)()
        except Exception:
            _logger.exception("notice %s(%s).%s was not sent", model, record_id, method)


_sender = _Sender()


def notify_later(record, method):
    """Call `record.method()` as superuser in its own transaction, once this one has committed.

    Notes for the same record and method are merged. In tests it runs at once,
    in the test's transaction.

    :param record: one record; it must exist when the notice is sent
    :param method: name of a method without arguments
    """
    env = record.env
    if module.current_test:
        getattr(record.sudo(), method)()
        return
    notes = env.cr.postcommit.data.setdefault("dining.after_commit", set())
    if not notes:
        env.cr.postcommit.add(lambda: _sender.add(env.cr.postcommit.data.pop("dining.after_commit", ())))
    notes.add((env.cr.dbname, record._name, record.id, method))
