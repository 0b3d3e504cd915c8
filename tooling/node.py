"""Node programs: their packages, installed when the lock file changes."""

import hashlib
import re

from . import paths
from .console import Problem, step
from .locks import exclusive
from .shell import run, which

OLDEST = 20
STAMP = ".installed"


def version():
    """Node's major version, or None where there is no node."""
    if not which("node"):
        return None
    return int(re.match(r"v(\d+)", run(["node", "--version"], doing="Asking node its version"))[1])


def require():
    """Refuse to go on without node and npm."""
    found = version()
    if found is None or found < OLDEST or not which("npm"):
        have = f"this machine has node {found}" if found else "this machine has none"
        raise Problem(
            f"node {OLDEST} or newer with npm is needed; {have}.",
            f"install Node.js {OLDEST} or newer (Debian 12's own package is older)",
        )


def ensure_packages(folder):
    """Install a folder's node packages exactly as its lock file says."""
    require()
    lock = folder / "package-lock.json"
    if not lock.exists():
        raise Problem(f"{lock.relative_to(paths.ROOT)} is missing.", f"cd {folder} && npm install")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / "node_modules" / STAMP
    if _is(stamp, wanted):
        return
    key = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    with exclusive(paths.locks() / f"npm-{key}", "installing node packages"):
        if not _is(stamp, wanted):
            step(f"installing the node packages of {folder.relative_to(paths.ROOT)} ...")
            run(
                ["npm", "ci", "--no-audit", "--no-fund"],
                cwd=folder,
                doing=f"Installing the node packages of {folder.name}",
            )
            stamp.write_text(wanted)


def _is(stamp, wanted):
    return stamp.exists() and stamp.read_text() == wanted
