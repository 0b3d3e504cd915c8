"""`odoo dining_print_worker -c odoo.conf -d DATABASE`: prints the kitchen's tickets until SIGTERM."""

import logging
import signal
import sys
import threading

import odoo
from odoo.cli import Command
from odoo.sql_db import close_all, db_connect
from odoo.tools import config


class DiningPrintWorker(Command):
    """Print the kitchen's tickets as they are queued, in a process of its own"""

    name = "dining_print_worker"

    def run(self, cmdargs):
        config.parser.prog = self.prog
        config.parse_config(cmdargs, setup_logging=True)
        databases = config["db_name"]
        if not databases:
            sys.exit("dining_print_worker: name the database with -d DATABASE or db_name in the configuration.")
        from odoo.addons.dining_kitchen.printing.worker import Worker  # noqa: PLC0415 - wants the addons path

        # python-escpos tells the root logger of every connection it opens and closes.
        logging.getLogger().addFilter(lambda record: record.module not in ("network", "serial", "usb"))
        workers = [Worker(name) for name in databases if self._installed(name)]
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: [worker.stop() for worker in workers])
        threads = [threading.Thread(target=worker.run, args=(self._ready,)) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_all()

    def _installed(self, database):
        """The database has a kitchen; ends the program in words where it has not."""
        with db_connect(database).cursor() as cr:
            cr.execute("SELECT to_regclass('dining_print_job')")
            if cr.fetchone()[0]:
                return True
        sys.exit(f"dining_print_worker: dining_kitchen is not installed in the database {database}.")

    def _ready(self):
        print(f"print worker ready, odoo {odoo.release.version}", flush=True)
