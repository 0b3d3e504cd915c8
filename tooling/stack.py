"""A running restaurant: simulators, Odoo, print worker and phone on one database.

``./manage run``, the browser tests and the benchmarks all start it from here.
"""

import json

from . import node, services
from .console import Problem, step
from .paths import ROOT
from .shell import free_port

LOAD = """
import json
logins = env["dining.demo"]._load({addresses!r})
env.cr.commit()
table = env.ref("dining.table_b12_demo", raise_if_not_found=False)
print("LOADED " + json.dumps({{"logins": logins, "scene": table.dining_code if table else ""}}))
"""
LOADED = "LOADED "


def choose_ports(anywhere=False):
    """A free port for everything.

    :param anywhere: any free port (tests) instead of the usual or the next one
    :returns: {name: port}
    """
    chosen = {}
    for name, usual in services.PORTS.items():
        others = {*chosen.values(), *services.PORTS.values()} - {usual}
        port = free_port() if anywhere else free_port(usual, taken=others)
        while port in chosen.values():
            port = free_port()
        if not anywhere and port != usual:
            step(f"port {usual} is taken, {name.removesuffix('_port')} uses {port}")
        chosen[name] = port
    return chosen


def addresses(ports):
    """The addresses the parts and a person use, from the ports."""
    built = {name: pattern.format(**ports) for name, pattern in services.ADDRESSES.items()}
    return {**built, "printer_port": ports["printer_port"], "cold_printer_port": ports["cold_printer_port"]}


def fetch_packages(phone=True):
    """Install what the parts need beside Python."""
    if phone:
        node.ensure_packages(ROOT / "sandbox/phone")


class Stack:
    """One running restaurant.

    :param instance: Odoo on its database
    :param state: folder where the simulators keep what they know
    :param ports: {name: port} from ``choose_ports``
    :param workers: Odoo's worker processes; 0 is threads in one process

    ``demo`` is what a person needs of the demo restaurant: ``logins`` as (Chinese,
    English, login, password) and ``scene``, the code on table B12.
    """

    def __init__(self, supervisor, instance, state, ports, workers=0):
        self._supervisor = supervisor
        self._instance = instance
        self.addresses = addresses(ports)
        self.demo = {"logins": [], "scene": ""}
        self._env = instance.environ()
        self._values = {
            **ports,
            **self.addresses,
            "root": str(ROOT),
            "state": str(state),
            "workers": str(workers),
            "python": str(instance.python),
            "conf": str(instance.conf),
            "addons_path": instance.addons_path,
        }

    def start(self, load=True, phone=True):
        """Start everything in order.

        :param load: load the demo restaurant first
        :param phone: start the phone in the browser too
        """
        chosen = [service for service in services.OTHERS if phone or service.name != "phone"]
        _require([*services.SIMULATORS, services.ODOO, *chosen])
        fetch_packages(phone)
        self._supervisor.start(services.SIMULATORS, self._values, self._env)
        if load:
            self.load()
        self._supervisor.start((services.ODOO, *chosen), self._values, self._env)

    def load(self):
        """Load the demo restaurant, or tell it its new addresses."""
        step("loading the demo restaurant ...")
        out = self._instance.shell(LOAD.format(addresses=self.addresses), doing="Loading the demo restaurant")
        answer = next(line for line in out.splitlines() if line.startswith(LOADED))
        self.demo = json.loads(answer.removeprefix(LOADED))

    def describe(self):
        """Everything a test or benchmark needs to know, as plain data."""
        return {
            **self.addresses,
            **self.demo,
            "database": self._instance.database,
            "conf": str(self._instance.conf),
            "python": str(self._instance.python),
            "pythonpath": self._env["PYTHONPATH"],
        }


def _require(chosen):
    missing = [service for service in chosen if not (ROOT / service.needs).exists()]
    if missing:
        lines = "\n".join(f"  {service.needs}: {service.label}" for service in missing)
        raise Problem(
            f"This checkout is not whole, these files are missing:\n{lines}", "check out the whole project again"
        )
