"""./manage run"""

import json

from . import browser, odoo_source, paths, restaurant, stack, venv
from .console import say, step
from .supervisor import Supervisor

LOADED = paths.DATA / "loaded.json"


def add_arguments(parser):
    parser.add_argument("--no-phone", action="store_true", help="leave the phone out")


def main(args):
    browser.ensure(to_run=True)
    odoo_source.ensure()
    venv.ensure()
    # Left in reverse order: first the children stop, then the database.
    with restaurant.alone(), restaurant.server() as server, Supervisor(paths.LOGS) as supervisor:
        return _open(supervisor, server, args)


def _open(supervisor, server, args):
    instance = restaurant.instance(server)
    changed = restaurant.prepare(instance)
    stack.fetch_packages(phone=not args.no_phone)
    # Last, so that a port which is free now is still free when it is used.
    ports = stack.choose_ports()
    running = stack.Stack(supervisor, instance, paths.DATA, ports)
    known = json.loads(LOADED.read_text()) if LOADED.exists() else {}
    fresh = changed or known.get("addresses") != running.addresses
    running.logins = known.get("logins", [])
    running.start(load=fresh, phone=not args.no_phone)
    LOADED.write_text(json.dumps({"addresses": running.addresses, "logins": running.logins}))
    _announce(running)
    supervisor.watch()
    return 0


def _announce(running):
    place = running.addresses
    step("open for business")
    say(f"""
点餐已开门营业  The restaurant is open

  手机 phone               {place["phone"]}
  后台 back office         {place["odoo"]}/odoo
  收银台 register          {place["odoo"]}/pos/ui
  厨房小票 kitchen's paper  {place["paper"]}
  微信模拟器 WeChat         {place["wechat"]}/

登录 logins""")
    for zh, en, login, password in running.logins:
        say(f"  {zh} {en:<12} {login} / {password}")
    say(f"\n日志 logs: {paths.LOGS}\nCtrl-C 关店  Ctrl-C closes it\n")
