"""The restaurant that ``./manage run`` opens: its database, kept in ``.data``."""

import contextlib
import fcntl
import json
import os
import shutil

from . import addons, paths
from .console import Problem, step
from .odoo import Instance, options
from .postgres import Cluster, external
from .templates import LANGUAGES

DATABASE = "diancan"
STAMP = paths.DATA / "installed.json"
LOCK = paths.DATA / "run.lock"


@contextlib.contextmanager
def alone():
    """Hold the restaurant; refuse when another ./manage has it open."""
    paths.DATA.mkdir(exist_ok=True)
    with LOCK.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(
                "The restaurant of this checkout is open already.", "stop the other ./manage run with Ctrl-C first"
            ) from None
        yield


@contextlib.contextmanager
def server():
    """The server of the restaurant's database, running."""
    there = external(options())
    if there:
        yield there
        return
    with Cluster(paths.DATA / "postgres", durable=True) as own:
        yield own


def database():
    name = options().get("db_name", "").strip()
    return DATABASE if name.lower() in {"", "false"} else name


def instance(on, **settings):
    """Odoo on the restaurant's database."""
    return Instance(on, database(), paths.DATA / "odoo", paths.DATA / "conf", **settings)


def prepare(odoo):
    """Install the addons, or update those that changed.

    :returns: true when something was done
    """
    if addons.APPLICATION not in addons.ours():
        raise Problem(
            f"This checkout is not whole: addons/{addons.APPLICATION} is missing.", "check out the whole project again"
        )
    now = {name: addons.content_hash([name]) for name in addons.closure([addons.APPLICATION])}
    then = _installed()
    if odoo.database not in odoo.server.databases():
        odoo.server.create(odoo.database)
        then = {}
    if now == then:
        return False
    if then:
        changed = [name for name in now if name in then and now[name] != then[name]]
        added = [name for name in now if name not in then]
        _update(odoo, changed, added)
    else:
        step("installing Odoo and our addons (about three minutes, once) ...")
        odoo.install([*addons.BASELINE, addons.APPLICATION], f"--load-language={LANGUAGES}", strict=False)
    STAMP.write_text(json.dumps(now, indent=1))
    return True


def _update(odoo, changed, added):
    step(f"updating {', '.join(changed + added)} ...")
    arguments = [*(["-u", ",".join(changed)] if changed else []), *(["-i", ",".join(added)] if added else [])]
    odoo.run("server", *arguments, "--stop-after-init", "--no-http", doing="Updating our addons", strict=False)


def _installed():
    return json.loads(STAMP.read_text()) if STAMP.exists() else {}


def drop():
    """Drop the restaurant's data: database, files, what the simulators kept."""
    there = external(options())
    if there:
        there.drop(database())
    elif os.path.isdir(paths.DATA / "postgres"):
        with server() as own:
            own.drop(database())
    for entry in paths.DATA.iterdir():
        if entry.is_dir() and entry.name != "postgres":
            shutil.rmtree(entry)
        elif entry.suffix == ".json":
            entry.unlink()
