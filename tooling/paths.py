"""Where things lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
REQUIREMENTS = ROOT / "requirements.txt"
ODOO_CONF = ROOT / "odoo.conf"
DATA = ROOT / ".data"
LOGS = DATA / "logs"


def cache():
    """The folder for everything that can be fetched or built again."""
    chosen = os.environ.get("DIANCAN_CACHE")
    folder = Path(chosen).expanduser() if chosen else Path.home() / ".cache" / "diancan"
    return folder.absolute()


def locks():
    return cache() / "locks"


def open_to_others(path):
    """Tell whether another user of the machine can walk down to ``path``."""
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())
