"""The table of services can be carried out."""

import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from tooling import paths, services, stack

EVERY = (*services.SIMULATORS, services.ODOO, *services.OTHERS)


@pytest.fixture
def running(tmp_path):
    instance = SimpleNamespace(
        environ=dict, python="python", conf=tmp_path / "odoo.conf", addons_path="a,b", database="db"
    )
    return stack.Stack(None, instance, tmp_path, stack.choose_ports(anywhere=True))


@pytest.mark.parametrize("service", EVERY, ids=lambda service: service.name)
def test_every_brace_has_a_value(running, service):
    for text in (service.command, service.ready):
        assert "{" not in text.format(**running._values)


@pytest.mark.parametrize("service", EVERY, ids=lambda service: service.name)
def test_what_it_needs_is_in_the_project(service):
    assert Path(paths.ROOT, service.needs).exists()


def test_names_are_unique():
    names = [service.name for service in EVERY]
    assert len(set(names)) == len(names)


def test_every_part_gets_a_port_of_its_own():
    chosen = stack.choose_ports(anywhere=True)
    assert sorted(chosen) == sorted(services.PORTS)
    assert len(set(chosen.values())) == len(chosen)


def test_taken_ports_are_stepped_over(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(services, "PORTS", {"one_port": port, "two_port": port})
        chosen = stack.choose_ports()
    assert port < chosen["one_port"] < chosen["two_port"]
    assert f"port {port} is taken, one uses {chosen['one_port']}" in capsys.readouterr().err


def test_addresses_follow_the_ports():
    ports = {name: 1000 + place for place, name in enumerate(services.PORTS)}
    assert stack.addresses(ports)["odoo"] == f"http://127.0.0.1:{ports['odoo_port']}"
    assert stack.addresses(ports)["printer_port"] == ports["printer_port"]
