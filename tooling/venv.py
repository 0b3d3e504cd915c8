"""The virtual environment, one for each content of requirements.txt."""

import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

from . import paths
from .console import step
from .locks import exclusive
from .shell import run

KEEP_DAYS = 7


def folder():
    """The environment's folder, named after what is in it."""
    lines = sorted(line for line in paths.REQUIREMENTS.read_text().split() if "==" in line)
    content = repr((lines, sys.version, sys.base_prefix)).encode()
    return paths.cache() / "venv" / hashlib.sha256(content).hexdigest()[:12]


def find():
    """The environment's python if it is complete, else None."""
    here = folder()
    return here / "bin/python" if (here / "complete").exists() else None


def ensure():
    """The python of the environment, built if need be."""
    if not find():
        with exclusive(paths.locks() / "venv", "installing Python packages"):
            if not find():
                _build(folder())
                _prune()
    os.utime(folder() / "complete")
    return find()


def site_packages():
    """Where the environment keeps its packages."""
    return next(Path(folder()).glob("lib/python3*/site-packages"))


def _build(here):
    shutil.rmtree(here, ignore_errors=True)
    step("making the virtual environment ...")
    run([sys.executable, "-m", "venv", here], doing="Making a virtual environment")
    step("installing Python packages (two minutes the first time) ...")
    run(
        [
            here / "bin/python",
            "-m",
            "pip",
            "install",
            "-q",
            "--no-input",
            "--no-deps",
            "--disable-pip-version-check",
            "-r",
            paths.REQUIREMENTS,
        ],
        doing="Installing requirements.txt",
    )
    run([here / "bin/python", "-m", "pip", "check"], doing="Checking the installed packages")
    (here / "complete").touch()


def _prune():
    """Remove environments that nobody has used for a while."""
    old = time.time() - KEEP_DAYS * 86400
    for stamp in (paths.cache() / "venv").glob("*/complete"):
        if stamp.stat().st_mtime < old:
            shutil.rmtree(stamp.parent, ignore_errors=True)
