"""Which idle printers this process asks just now, so that no other process asks them, or prints on them, meanwhile.

Many a printer talks to one at a time, and on a serial line two would read each other's answers. The database holds
one advisory lock a printer while it is asked, so a process that dies lets go of all. Whoever leases a job looks at
the locks (`queue.CLAIM`); it is only its own question that it may interrupt.
"""

import contextlib
import threading

import psycopg2
from odoo.sql_db import db_connect
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from . import queue


class Asking:
    """The locks of one source, on a connection of their own. Any thread may call."""

    def __init__(self, dbname):
        self._dbname = dbname
        self._cr = None
        self._mutex = threading.Lock()
        #: By which the database knows whose the locks are; None before the first.
        self.pid = None

    def hold(self, printer_id, values):
        """Hold a printer that nothing waits for; False where another asks it or it has just got a ticket.

        :param values: the parameters of `queue.IS_IDLE`
        :raises psycopg2.Error: nothing is held any more
        """
        with self._mutex:
            try:
                cr = self._connected()
                held = self._said(cr, queue.HOLD, printer_id)
                # A ticket that came before the lock is seen by a statement that begins after it.
                if held and not self._is_idle(cr, values):
                    self._said(cr, queue.LET_ASKED_GO, printer_id)
                    held = False
                cr.commit()
            except psycopg2.Error:
                self._hang_up()
                raise
            return held

    def let_go(self, printer_id):
        """The printer has been asked."""
        with self._mutex:
            if self._cr is None:
                return
            try:
                self._said(self._cr, queue.LET_ASKED_GO, printer_id)
                self._cr.commit()
            except psycopg2.Error:
                self._hang_up()

    def close(self):
        """Let go of all."""
        with self._mutex:
            self._hang_up()

    def _connected(self):
        if self._cr is None:
            self._cr = db_connect(self._dbname).cursor()
            self._cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
            self.pid = self._cr.connection.get_backend_pid()
        return self._cr

    @staticmethod
    def _is_idle(cr, values):
        cr.execute(queue.IS_IDLE, values)
        return bool(cr.rowcount)

    @staticmethod
    def _said(cr, statement, printer_id):
        cr.execute(statement, (queue.ASKING_CLASS, printer_id))
        return cr.fetchone()[0]

    def _hang_up(self):
        cr, self._cr, self.pid = self._cr, None, None
        if cr is None:
            return
        with contextlib.suppress(psycopg2.Error):
            if not cr.connection.closed:
                # The pool would hand the connection on with its locks.
                cr.rollback()
                cr.execute("SELECT pg_advisory_unlock_all()")
                cr.commit()
        with contextlib.suppress(psycopg2.Error):
            cr.close()
