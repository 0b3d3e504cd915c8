"""What a running restaurant consists of: one table.

Each program gets every address in ``{braces}``: the ports, ``{state}`` (a
folder for what it keeps), ``{root}`` (this checkout), ``{python}``, ``{conf}``
(Odoo's configuration), ``{addons_path}``. A value may hold spaces, it stays one argument.
The order of the table is the order of starting; Odoo's demo restaurant is
loaded before ``odoo`` starts, when the simulators are up already.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Service:
    """One program.

    :param name: short name; its log is NAME.log
    :param label: what it is, in Chinese and English
    :param command: the command line, a template
    :param ready: how it shows that it is up: ``line TEXT`` (in its log) or ``http URL``
    :param needs: a path in the project without which it cannot run
    :param patience: seconds it may take to get ready
    """

    name: str
    label: str
    command: str
    ready: str
    needs: str
    patience: int = 30


PORTS = {
    "odoo_port": 8069,
    "phone_port": 8070,
    "wechat_port": 8071,
    "gevent_port": 8072,
    "paper_port": 8073,
    "printer_port": 9100,
    "cold_printer_port": 9101,
}

ADDRESSES = {
    "odoo": "http://127.0.0.1:{odoo_port}",
    "phone": "http://127.0.0.1:{phone_port}/",
    "wechat": "http://127.0.0.1:{wechat_port}",
    "paper": "http://127.0.0.1:{paper_port}/",
    "printer_host": "127.0.0.1",
}

SIMULATORS = (
    Service(
        "wechat",
        "微信模拟器 WeChat simulator",
        "{python} -m sandbox.wechat --port {wechat_port} --state-dir {state}/wechat",
        ready="line ready",
        needs="sandbox/wechat/__main__.py",
    ),
    Service(
        "printer",
        "虚拟厨房打印机 virtual kitchen printers",
        "{python} -m sandbox.printer --web-port {paper_port}"
        " --printer hot:{printer_port}:80 --printer cold:{cold_printer_port}:80",
        ready="line ready",
        needs="sandbox/printer/__main__.py",
    ),
)

ODOO = Service(
    "odoo",
    "Odoo",
    "{python} -m odoo server -c {conf} --http-port {odoo_port} --gevent-port {gevent_port}"
    " --workers {workers} --no-database-list",
    ready="http {odoo}/web/health",
    needs="addons/dining/__manifest__.py",
    patience=120,
)

OTHERS = (
    Service(
        "worker",
        "打印任务 print worker",
        "{python} -m odoo --addons-path={addons_path} dining_print_worker -c {conf}",
        ready="line print worker ready",
        needs="addons/dining_kitchen/cli/dining_print_worker.py",
        patience=60,
    ),
    Service(
        "phone",
        "手机 phone",
        "node {root}/sandbox/phone/server.mjs --port {phone_port} --api {odoo} --wechat {wechat}",
        ready="http {phone}",
        needs="sandbox/phone/server.mjs",
        patience=60,
    ),
)
