"""Starting Odoo on one database."""

import configparser
import os
import shutil

from . import odoo_source, paths, venv
from .console import Problem
from .odoo_log import read_log
from .shell import run


def options():
    """{option: value} of the project's odoo.conf."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(paths.ODOO_CONF)
    return dict(parser["options"]) if parser.has_section("options") else {}


class Instance:
    """Odoo on one database: its configuration file and its command lines.

    :param server: the PostgreSQL server
    :param database: name of the database
    :param data: Odoo's data folder, which holds the filestore
    :param scratch: folder for the configuration and the log
    :param settings: further options of odoo.conf
    """

    def __init__(self, server, database, data, scratch, **settings):
        self.server = server
        self.database = database
        self.data = data
        self.scratch = scratch
        self.log = scratch / "odoo.log"
        self.conf = scratch / "odoo.conf"
        self.python = venv.ensure()
        self._odoo = odoo_source.ensure()
        self.addons_path = ",".join(str(path) for path in (paths.ADDONS, *self._odoo.addons))
        self._write(
            {
                **options(),
                "addons_path": self.addons_path,
                "data_dir": str(data),
                "db_host": server.host,
                "db_port": str(server.port),
                "db_user": server.user,
                **({"db_password": server.password} if server.password else {}),
                "db_name": database,
                "http_interface": "127.0.0.1",
                **settings,
            }
        )

    def environ(self):
        """Variables for a program that imports Odoo."""
        return {
            "PYTHONPATH": f"{self._odoo.library}{os.pathsep}{paths.ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "TZ": "UTC",
        }

    def command(self, name, *arguments):
        """The command line of ``odoo NAME`` on this database."""
        return [self.python, "-m", "odoo", name, "-c", self.conf, *arguments]

    def run(self, name, *arguments, doing, script=None, strict=True):
        """Run an Odoo command to its end.

        :param script: text for its standard input
        :param strict: take a WARNING in its log for a failure
        :returns: its standard output
        :raises Problem: when it fails, or logs what nobody allowed
        """
        self.log.unlink(missing_ok=True)
        command = self.command(name, "--logfile", self.log, *arguments)
        try:
            out = run(command, env=self.environ(), doing=doing, script=script)
        except Problem as problem:
            # Odoo tells the reason in its log.
            told = [str(entry) for entry in read_log(self.log)]
            raise Problem("\n".join([problem.what, *told]), problem.remedy) from None
        bad = read_log(self.log) if strict else []
        if bad:
            raise Problem(f"{doing} logged what must not be there:\n" + "\n".join(map(str, bad)))
        return out

    def install(self, modules, *arguments, strict=True):
        """Install modules in the database."""
        self.run(
            "server",
            "-i",
            ",".join(modules),
            "--stop-after-init",
            "--no-http",
            *arguments,
            doing=f"Installing {', '.join(modules)}",
            strict=strict,
        )

    def shell(self, script, *, doing, strict=True):
        """Run a script with ``env`` in it; give back what it printed."""
        return self.run("shell", "--no-http", doing=doing, script=script, strict=strict)

    def _write(self, values):
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        parser = configparser.ConfigParser(interpolation=None)
        parser["options"] = values
        with self.conf.open("w") as file:
            parser.write(file)


def copy_filestore(data, source, target):
    """Give a copied database its files; they never change, so links will do."""
    origin = data / "filestore" / source
    if origin.exists():
        shutil.copytree(origin, data / "filestore" / target, copy_function=os.link)


def drop_filestore(data, database):
    shutil.rmtree(data / "filestore" / database, ignore_errors=True)
