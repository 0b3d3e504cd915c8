"""Phones without a screen: clients of the API, logged in through the WeChat simulator."""

from uuid import uuid4

import requests

BASE = "/diancan/v1"
TERRACE = "露台"


class Back:
    """Odoo's back office as a user with a password, by the calls that its own web client makes."""

    def __init__(self, stack, login, password):
        self._address = stack["odoo"]
        self._http = requests.Session()
        session = self._send(
            "/web/session/authenticate", {"db": stack["database"], "login": login, "password": password}
        )
        assert session["uid"], f"{login} cannot log in"

    def _send(self, path, params):
        answer = self._http.post(self._address + path, json={"jsonrpc": "2.0", "params": params}, timeout=120).json()
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """`env[model].method(*args, **kwargs)`; ids come first where the method is a record's"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._send(f"/web/dataset/call_kw/{model}/{method}", params)

    def read(self, model, domain, names, **kwargs):
        """search_read"""
        return self.call(model, "search_read", domain, names, **kwargs)

    def table(self, name):
        """The id and code of a table by the name that people call it."""
        [table] = self.read("restaurant.table", [("dining_name", "=", name)], ["dining_code", "floor_id"])
        return table

    def new_table(self, name, seats=8):
        """A table that no other test orders at, on a floor of such tables; its id and code."""
        floors = self.read("restaurant.floor", [], ["name"], order="id")
        terrace = next((floor["id"] for floor in floors if floor["name"] == TERRACE), None)
        if not terrace:
            registers = self.call("pos.config", "search", [("module_pos_restaurant", "=", True)])
            values = {"name": TERRACE, "pos_config_ids": [(6, 0, registers)]}
            [terrace] = self.call("restaurant.floor", "create", [values])
        number = len(self.call("restaurant.table", "search", [("floor_id", "=", terrace)]))
        place = {"position_h": 20 + 160 * number, "position_v": 20, "width": 130, "height": 85}
        values = {"floor_id": terrace, "dining_name": name, "table_number": number + 1, "seats": seats, **place}
        self.call("restaurant.table", "create", [values])
        return self.table(name)


class Phone:
    """One diner's phone: logs in, joins a table, adds to the cart, places and pays."""

    def __init__(self, stack, user):
        self.stack = stack
        self.user = user
        self.http = requests.Session()
        credentials = requests.get(f"{stack['wechat']}/_control/credentials", timeout=10).json()
        code = requests.post(f"{stack['wechat']}/_control/login-code", json={"user": user}, timeout=10).json()["code"]
        login = self.call("POST", "/auth/login", {"appid": credentials["appid"], "code": code})
        assert login.status_code == 200, login.text
        self.http.headers["Authorization"] = f"Bearer {login.json()['token']}"

    def call(self, method, path, body=None, key=None):
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self.http.request(method, self.stack["odoo"] + BASE + path, json=body, headers=headers, timeout=60)

    def get(self, path):
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def join(self, code, guests=None):
        """Scan a table's code; afterwards `path` names the table session."""
        scan = self.get(f"/scan?scene={code}")
        self.store_id = scan["store_id"]
        body = {"scene": code} | ({"guests": guests} if guests else {})
        answer = self.call("POST", f"/stores/{self.store_id}/table-sessions", body)
        assert answer.status_code == 200, answer.text
        self.path = f"/stores/{self.store_id}/table-sessions/{answer.json()['token']}"
        return answer.json()

    def view(self):
        return self.get(self.path)

    def menu(self):
        return self.get(f"/stores/{self.store_id}/menu")

    def add(self, dish, quantity=1, key=None, **more):
        """Put a dish of the menu into the cart, with the first options of each required group."""
        options = [option["id"] for group in dish["groups"] for option in group["options"][: group["min"]]]
        line = {"key": str(uuid4()), "dish_id": dish["id"], "option_ids": options, "quantity": quantity, **more}
        return self.call("POST", self.path + "/cart", line, key)

    def place(self, menu_version, key=None):
        return self.call("POST", self.path + "/rounds", {"menu_version": menu_version}, key)

    def begin_payment(self, order_id, key=None):
        return self.call("POST", f"/orders/{order_id}/payments", {}, key)
