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
    if restaurant.prepare(instance):
        LOADED.unlink(missing_ok=True)
    stack.fetch_packages(phone=not args.no_phone)
    # Last, so that a port which is free now is still free when it is used.
    running = stack.Stack(supervisor, instance, paths.DATA, stack.choose_ports())
    known = json.loads(LOADED.read_text()) if LOADED.exists() else {}
    fresh = known.get("addresses") != running.addresses or "demo" not in known
    if not fresh:
        running.demo = known["demo"]
    running.start(load=fresh, phone=not args.no_phone)
    LOADED.write_text(json.dumps({"addresses": running.addresses, "demo": running.demo}))
    _announce(running)
    supervisor.watch()
    return 0


def _announce(running):
    place = running.addresses
    table = f"{place['phone']}?scene={running.demo['scene']}&user="
    step("open for business")
    say(f"""
点餐已开门营业  The restaurant is open

  手机（B12 桌）phone at table B12        {table}diner-a
  同桌另一部手机 a second phone there      {table}diner-b
  厨房小票 the kitchen's paper            {place["paper"]}
  后台 back office                       {place["odoo"]}/odoo
  收银台 register                        {place["odoo"]}/pos/ui
  微信模拟器 WeChat simulator             {place["wechat"]}/

登录 logins""")
    for zh, en, login, password in running.demo["logins"]:
        say(f"  {zh} {en}: {login} / {password}")
    say(f"\n日志 logs: {paths.LOGS}\nCtrl-C 关店  Ctrl-C closes the restaurant\n")
