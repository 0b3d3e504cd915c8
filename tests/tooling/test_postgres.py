"""A cluster runs while somebody uses it, whatever happens to its users."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from tooling import paths, postgres
from tooling.console import Problem
from tooling.postgres import Cluster, Server


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    yield folder
    shutil.rmtree(Cluster(folder, durable=False)._data.parent, ignore_errors=True)


def answers(server):
    try:
        return server.sql("SELECT 1") == [["1"]]
    except Problem:
        return False


def test_the_last_user_stops_it(base):
    first, second = Cluster(base, durable=False), Cluster(base, durable=False)
    with first as server:
        with second:
            assert answers(server)
        assert answers(server)
    assert not answers(server)


def test_a_copy_has_what_the_template_had(base):
    with Cluster(base, durable=False) as server:
        server.create("origin")
        server.sql("CREATE TABLE dish (name text)", "origin")
        server.sql("INSERT INTO dish VALUES ('过桥米线')", "origin")
        server.create("copy", "origin")
        assert server.sql("SELECT name FROM dish", "copy") == [["过桥米线"]]
        server.drop("copy")
        server.drop("origin")
        assert {"origin", "copy"} & server.databases() == set()


def test_a_killed_server_is_started_again(base):
    with Cluster(base, durable=False) as server:
        pid = int((Cluster(base, durable=False)._data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while answers(server):
            time.sleep(0.1)
        with Cluster(base, durable=False) as again:
            assert answers(again)


def test_a_pid_file_that_names_another_program_is_no_hindrance(base):
    with Cluster(base, durable=False):
        pass
    (Cluster(base, durable=False)._data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    with Cluster(base, durable=False) as server:
        assert answers(server)


def test_a_killed_user_does_not_keep_it_running(base):
    program = textwrap.dedent(f"""
        import pathlib, sys, time
        sys.path.insert(0, {str(paths.ROOT)!r})
        from tooling.postgres import Cluster
        with Cluster(pathlib.Path({str(base)!r}), durable=False):
            print("in", flush=True)
            time.sleep(60)
    """)
    user = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert user.stdout.readline() == "in\n"
    with Cluster(base, durable=False) as server:
        user.kill()
        user.wait()
        assert answers(server)
    assert not answers(server)


def test_wrong_sql_is_a_problem_with_the_servers_words(base):
    with (
        Cluster(base, durable=False) as server,
        pytest.raises(Problem, match='relation "nothing" does not exist'),
    ):
        server.sql("SELECT * FROM nothing")


def test_a_long_path_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("x" * 120)
    assert len(str(postgres._socket_folder(deep))) < 85


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://me:se%40cret@db.example:5433/", Server("db.example", 5433, "me", "se@cret")),
        ("postgres://me@localhost/", Server("localhost", 5432, "me")),
        ("postgresql://me@/?host=/run/postgresql", Server("/run/postgresql", 5432, "me")),
    ],
)
def test_database_url(monkeypatch, address, expected):
    monkeypatch.setenv("DATABASE_URL", address)
    assert postgres.external({"db_host": "ignored"}) == expected


def test_a_wrong_database_url_is_explained(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://me@localhost/")
    with pytest.raises(Problem, match="DATABASE_URL is not an address of PostgreSQL"):
        postgres.external({})


def test_odoo_conf_names_a_server(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    conf = {"db_host": "db.example", "db_port": "5433", "db_user": "odoo", "db_password": "False"}
    assert postgres.external(conf) == Server("db.example", 5433, "odoo")
    assert postgres.external({"db_host": "False"}) is None
    assert postgres.external({}) is None
