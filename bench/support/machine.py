"""What the figures were measured on, in words."""

import os
import platform
from pathlib import Path


def describe(env=None):
    """{what: words} of the machine and, with an environment, of the database."""
    words = {
        "processor": f"{os.cpu_count()} × {_line('/proc/cpuinfo', 'model name') or platform.processor()}",
        "memory": f"{int((_line('/proc/meminfo', 'MemTotal') or '0').split()[0]) / 2**20:.0f} GB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
    if env is not None:
        env.cr.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'),"
            " current_setting('synchronous_commit'), current_setting('shared_buffers')"
        )
        version, fsync, commit, buffers = env.cr.fetchone()
        words["PostgreSQL"] = f"{version}, fsync {fsync}, synchronous_commit {commit}, shared_buffers {buffers}"
    return words


def _line(file, name):
    lines = Path(file).read_text().splitlines() if Path(file).exists() else ()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)
