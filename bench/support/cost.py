"""Processor time that the server spends on a call.

Rates tell what a client sees; on a machine that does other things too they
tell more of these than of us. The processor time of Odoo's processes and of
the database's backends for each call hardly depends on that.
"""

import psutil


class Meter:
    """Reads the processor time of one Odoo server and its database.

    :param address: (host, port) where Odoo answers
    :param backends: returns the process ids of the database's backends
    """

    def __init__(self, address, backends):
        self._port = str(address[1])
        self._backends = backends
        self._before = {}

    def start(self):
        self._before = self._read()

    def stop(self):
        """Milliseconds of processor time since `start`, or None where the processes cannot be seen."""
        spent = {pid: seconds - self._before.get(pid, 0.0) for pid, seconds in self._read().items()}
        return sum(spent.values()) * 1000 if self._before else None

    def _read(self):
        """{process id: seconds of processor time} of Odoo's processes and the backends."""
        seconds = {}
        for process in psutil.process_iter():
            try:
                if self._is_odoo(process):
                    seconds[process.pid] = sum(process.cpu_times()[:2])
            except psutil.Error:
                continue
        for pid in self._backends():
            try:
                seconds[pid] = sum(psutil.Process(pid).cpu_times()[:2])
            except psutil.Error:
                # A server on another machine: only half of the cost could be seen, so none is told.
                return {}
        return seconds

    def _is_odoo(self, process):
        words = process.cmdline()
        return "--http-port" in words and words[words.index("--http-port") + 1] == self._port


def backends_of(cr):
    """A function that returns the process ids of the backends of `cr`'s database, other than its own."""

    def read():
        cr.rollback()
        cr.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
            " AND application_name LIKE 'odoo-%%'"
        )
        return [pid for (pid,) in cr.fetchall()]

    return read
