"""How printing is done where nobody thought of failure: the control of the kitchen's benchmark.

The oldest ticket is sent; where the connection reports an error it is sent again a second later; what the
socket took is printed. No lease, no question to the printer, no word on the paper. Lives here only.
"""

import socket
import threading
import time

from odoo.addons.dining_kitchen.printing.page import page
from odoo.sql_db import db_connect

LOOK_SECONDS = 0.2
RETRY_SECONDS = 1.0
CONNECT_SECONDS = 3.0

_PRINTERS = "SELECT id, host, port FROM dining_printer WHERE agent_id = %s AND active"
_NEXT = """
SELECT job.id, ticket.layout FROM dining_print_job job JOIN dining_ticket ticket ON ticket.id = job.ticket_id
 WHERE job.printer_id = %s AND job.state = 'queued' ORDER BY job.id LIMIT 1
"""
_DONE = "UPDATE dining_print_job SET state = 'done' WHERE id = %s"


class Naive:
    """Sends what is queued, one thread a printer, until it is killed."""

    def __init__(self, dbname, agent_id):
        self._dbname, self._agent_id = dbname, agent_id

    def run(self):
        printers = self._ask(_PRINTERS, self._agent_id)
        threads = [threading.Thread(target=self._serve, args=printer) for printer in printers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _serve(self, printer_id, host, port):
        while True:
            waiting = self._ask(_NEXT, printer_id)
            if not waiting:
                time.sleep(LOOK_SECONDS)
            for job_id, layout in waiting:
                self._send(job_id, layout, (host, port))

    def _send(self, job_id, layout, address):
        data = page(layout, "tcp", "80")
        try:
            with socket.create_connection(address, CONNECT_SECONDS) as line:
                line.sendall(data)
        except OSError:
            time.sleep(RETRY_SECONDS)
            return
        self._ask(_DONE, job_id)

    def _ask(self, statement, *values):
        with db_connect(self._dbname).cursor() as cr:
            cr.execute(statement, values)
            return cr.fetchall() if cr.description else []
