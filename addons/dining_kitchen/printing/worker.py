"""The print worker: the engine over one database's own jobs."""

from ..diancan_agent.engine import Engine
from .source import SqlSource

APPLICATION_NAME = "dining_print_worker"


class Worker:
    """Prints the jobs of the printers that the server itself serves."""

    def __init__(self, dbname):
        self.dbname = dbname
        self._source = SqlSource(dbname, name=APPLICATION_NAME)
        self._engine = Engine(self._source)

    def stop(self):
        """End after the tickets that are being printed; may be called from a signal handler."""
        self._engine.stop()

    def run(self, on_ready=lambda: None):
        """Work until `stop`; waits for a database that is away."""
        self._engine.run(on_ready)
        self._source.close()
