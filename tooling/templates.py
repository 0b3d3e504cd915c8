"""Databases ready to copy, so that a test run need not install Odoo.

Two levels: stock modules alone, then our addons on top. A template is named
after a hash of what is in it and is never changed, so several ./manage can
copy it at once. For the tests of one addon only that addon and those below it
are installed, the ones below as a template of their own: after an edit only
the addon itself is installed again.
"""

import contextlib
import hashlib
import os
import secrets
import shutil

from . import addons, odoo_source, paths
from .console import step
from .locks import Users, exclusive, is_used
from .odoo import Instance, copy_filestore, drop_filestore, options
from .postgres import Cluster, external

# The first is the default.
LANGUAGES = "en_US,zh_CN"
# How many of each kind are kept, those used last.
KEEP = {"stock-": 4, "addons-": 16}


@contextlib.contextmanager
def open_store(durable=False):
    """The databases for tests and experiments, their server running.

    :param durable: a server that waits for the disk, for honest measurements
    """
    server = external(options())
    if server:
        name = hashlib.sha256(repr(server.place()).encode()).hexdigest()[:12]
        yield Store(server, paths.cache() / f"server-{name}")
        return
    home = paths.cache() / ("bench" if durable else "test")
    with Cluster(home, durable) as own:
        yield Store(own, home)


class Store:
    """Templates and their copies on one server.

    :param server: the PostgreSQL server
    :param home: folder for what belongs to its databases
    """

    def __init__(self, server, home):
        self.server = server
        self._data = home / "odoo"
        self._stamps = home / "templates"
        self._runs = home / "runs"
        self._stamps.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def copy(self, names):
        """A database of one's own with these addons; dropped at the end.

        :param names: addons to install (with those below them)
        :returns: an Instance on it
        """
        database = f"run-{os.getpid()}-{secrets.token_hex(3)}"
        scratch = self._runs / database
        users = Users(self._stamps / f"{database}.lock")
        users.enter()
        try:
            self.make(database, names)
            yield Instance(self.server, database, self._data, scratch)
        finally:
            self.drop(database)
            users.leave()
            shutil.rmtree(scratch, ignore_errors=True)

    def make(self, database, names):
        """Create a database as a copy of the template with these addons."""
        with self._template(addons.closure(names), apart=len(names) == 1) as template:
            self._copy(template, database)

    def drop(self, database):
        self.server.drop(database)
        drop_filestore(self._data, database)
        (self._stamps / f"{database}.lock").unlink(missing_ok=True)
        shutil.rmtree(self._runs / database, ignore_errors=True)

    def instance(self, database, **settings):
        """An Instance on a database that is kept."""
        return Instance(self.server, database, self._data, self._runs / database, **settings)

    def _copy(self, template, database):
        self.server.create(database, template)
        copy_filestore(self._data, template, database)

    @contextlib.contextmanager
    def _template(self, names, apart=False, modules=None):
        """The template with these addons (lowest first), kept while in use.

        :param apart: install the last one on a template with those below it
        :param modules: stock modules to have; what the addons need if absent
        """
        modules = modules or addons.stock(names)
        version = odoo_source.ensure().version
        key = hashlib.sha256(
            repr((version, modules, LANGUAGES, addons.content_hash(sorted(names)))).encode()
        ).hexdigest()[:12]
        name = f"addons-{key}" if names else f"stock-{key}"
        users = Users(self._stamps / f"{name}.lock")
        users.enter()
        try:
            if not self._exists(name):
                with exclusive(self._stamps / f"{name}.build", f"building the template {name}"):
                    if not self._exists(name):
                        self._build(name, names, modules, apart)
                self._prune()
            os.utime(self._stamps / name)
            yield name
        finally:
            users.leave()

    def _exists(self, name):
        return (self._stamps / name).exists() and name in self.server.databases()

    def _build(self, name, names, modules, apart):
        self.drop_template(name)
        scratch = self._runs / name
        building = f"build-{name}"
        self.server.drop(building)
        drop_filestore(self._data, building)
        if names:
            below = names[:-1] if apart else []
            with self._template(below, modules=modules) as template:
                self._copy(template, building)
            wanted, extra = names[len(below) :], []
            step(f"installing our {', '.join(wanted)} in a template ...")
        else:
            self.server.create(building)
            wanted, extra = modules, [f"--load-language={LANGUAGES}"]
            step(f"installing Odoo's {', '.join(modules)} in a template (about two minutes) ...")
        instance = Instance(self.server, building, self._data, scratch)
        instance.install(wanted, *extra)
        self.server.sql(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
        filestore = self._data / "filestore" / building
        if filestore.exists():
            filestore.rename(filestore.with_name(name))
        shutil.rmtree(scratch, ignore_errors=True)
        (self._stamps / name).touch()

    def drop_template(self, name):
        (self._stamps / name).unlink(missing_ok=True)
        self.server.drop(name)
        drop_filestore(self._data, name)

    def _prune(self):
        """Drop templates not used lately, and what crashed runs left."""
        with exclusive(self._stamps / "prune", "dropping old templates"):
            self._drop_unused()

    def _drop_unused(self):
        for kind, keep in KEEP.items():
            stamps = [path for path in self._stamps.glob(f"{kind}*") if not path.suffix]
            stamps.sort(key=lambda path: path.stat().st_mtime, reverse=True)
            for stamp in stamps[keep:]:
                if not is_used(self._stamps / f"{stamp.name}.lock"):
                    self.drop_template(stamp.name)
        for name in self.server.databases():
            template = name.removeprefix("build-")
            lock = f"{template}.build" if template != name else f"{name}.lock"
            if name.startswith(("run-", "build-")) and not is_used(self._stamps / lock):
                self.drop(name)
