"""Phones without a screen: clients of the API, logged in through the WeChat simulator."""

import xmlrpc.client
from uuid import uuid4

import requests

BASE = "/diancan/v1"


class Back:
    """Odoo's back office over its external API, as a user with a password."""

    def __init__(self, stack, login, password):
        address = stack["odoo"]
        self._database = stack["database"]
        self._password = password
        common = xmlrpc.client.ServerProxy(f"{address}/xmlrpc/2/common")
        self._uid = common.authenticate(self._database, login, password, {})
        assert self._uid, f"{login} cannot log in"
        self._models = xmlrpc.client.ServerProxy(f"{address}/xmlrpc/2/object", allow_none=True)

    def call(self, model, method, *args, **kwargs):
        """`env[model].method(*args, **kwargs)`"""
        return self._models.execute_kw(self._database, self._uid, self._password, model, method, list(args), kwargs)

    def read(self, model, domain, names, **kwargs):
        """search_read"""
        return self.call(model, "search_read", domain, names, **kwargs)

    def table(self, name):
        """The id and code of a table by the name that people call it."""
        [table] = self.read("restaurant.table", [("dining_name", "=", name)], ["dining_code", "floor_id"])
        return table


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
        return self.http.request(
            method, self.stack["odoo"] + BASE + path, json=body, headers=headers, timeout=60
        )

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
        options = [
            option["id"] for group in dish["groups"] for option in group["options"][: group["min"]]
        ]
        line = {"key": str(uuid4()), "dish_id": dish["id"], "option_ids": options, "quantity": quantity, **more}
        return self.call("POST", self.path + "/cart", line, key)

    def place(self, menu_version, key=None):
        return self.call("POST", self.path + "/rounds", {"menu_version": menu_version}, key)

    def begin_payment(self, order_id, key=None):
        return self.call("POST", f"/orders/{order_id}/payments", {}, key)
