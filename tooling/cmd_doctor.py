"""./manage doctor: what is there, what is missing, what mends it."""

import os
import shutil
import sys

from . import browser, debian, node, odoo_source, paths, postgres, services, shell, venv
from .console import Problem, say
from .odoo import options

NEEDED_GB = 4
OK, LATER, MISSING = "ok", "later", "missing"


def add_arguments(parser):
    """It takes none."""


def main(args):
    """Print one line for each thing; exit code 1 when something must be mended by hand."""
    found = [check for group in CHECKS for check in group()]
    for state, what, remedy in found:
        say(f"{state:8} {what}")
        if remedy:
            say(f"{'':8}   -> {remedy}")
    missing = sum(state == MISSING for state, _, _ in found)
    say()
    say(
        f"{missing} missing: mend them as the arrows say."
        if missing
        else "Nothing is missing. ./manage run opens the restaurant, ./manage test proves it."
    )
    return 1 if missing else 0


def _python():
    yield OK, f"Python {sys.version.split()[0]}", ""
    try:
        import ensurepip  # noqa: F401, PLC0415  Debian splits it off
    except ImportError:
        yield MISSING, "Python's venv module", "sudo apt-get install python3-venv"
    if venv.find():
        yield OK, f"virtual environment {venv.folder()}", ""
    else:
        yield LATER, "virtual environment", "./manage run and ./manage test make it (PyPI must be reachable)"


def _node():
    try:
        node.require()
        yield OK, f"node {node.version()}", ""
    except Problem as problem:
        yield MISSING, problem.what, problem.remedy


def _odoo():
    try:
        found = odoo_source.find()
    except Problem as problem:
        yield MISSING, problem.what, problem.remedy
        return
    if found:
        yield OK, f"Odoo {found.version} in {found.library}", ""
        return
    try:
        debian.own_suite()
    except Problem as problem:
        yield MISSING, problem.what, problem.remedy
    else:
        yield LATER, "Odoo 19", "./manage run and ./manage test fetch it (130 MB from Debian's mirror)"


def _database():
    server = postgres.external(options())
    if not server:
        yield OK, "PostgreSQL: our own, started when needed (DATABASE_URL or odoo.conf name another)", ""
    elif not venv.find():
        yield LATER, f"PostgreSQL at {server.host}", "it is tried once the virtual environment is there"
    else:
        try:
            rows = server.sql(
                "SELECT current_setting('server_version'), rolcreatedb OR rolsuper "
                "FROM pg_roles WHERE rolname = current_user"
            )
        except Problem as problem:
            yield (
                MISSING,
                f"PostgreSQL at {server.host} does not answer: {problem.what}",
                "mend DATABASE_URL or db_* in odoo.conf",
            )
            return
        version, may_create = rows[0]
        yield OK, f"PostgreSQL {version} at {server.host}", ""
        if may_create != "t":
            yield MISSING, f"{server.user} may not create databases", f'psql -c "ALTER ROLE {server.user} CREATEDB"'


def _browser():
    lacking = browser.missing()
    if not lacking:
        yield OK, "browser, Chinese and emoji fonts, PDF printer", ""
        return
    packages = " ".join(part.package for part in lacking)
    what = ", ".join(part.what for part in lacking)
    command = f"apt-get install --no-install-recommends {packages}"
    if os.geteuid():
        yield MISSING, f"{what} (for printed pages and ./manage test)", f"sudo {command}"
    else:
        yield LATER, what, f"./manage run and ./manage test install them: {command}"


def _room():
    folder = paths.cache()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 1e9
    state = OK if free > NEEDED_GB else MISSING
    yield (
        state,
        f"{free:.0f} GB free in {folder}",
        "" if state == OK else f"free some, {NEEDED_GB} GB are needed; or DIANCAN_CACHE=/another/place",
    )


def _ports():
    taken = [str(port) for port in services.PORTS.values() if shell.free_port(port) != port]
    if taken:
        yield OK, f"taken ports: {', '.join(taken)} (./manage run takes the next free ones)", ""
    else:
        yield OK, "all usual ports are free", ""


CHECKS = (_python, _node, _odoo, _database, _browser, _room, _ports)
