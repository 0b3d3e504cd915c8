"""Rounds to place: table sessions whose carts are full, and the calls that place them as the phone does."""

from uuid import uuid4

from . import load

USERS = 40
BASE = "/diancan/v1"


class Diners:
    """Guests of one store, each order at a table of its own.

    :param restaurant: `stores.Restaurant`
    """

    def __init__(self, restaurant):
        self.restaurant, self.env, self.store = restaurant, restaurant.env, restaurant.ours
        app = self.env["wechat.app"].create({
            "name": "Bench", "appid": f"wx{self.store.id:016x}", "company_id": restaurant.company.id,
        })  # fmt: skip
        self.users = self.env["wechat.user"].create([{"app_id": app.id, "openid": f"o-{n:026d}"} for n in range(USERS)])
        self.tokens = [self.env["dining.api.token"]._issue(user)[0] for user in self.users]

    def calls(self, orders):
        """Fill a cart for each order; returns the calls that place them, in their order.

        :param orders: lists of (dish, options, quantity, note)
        """
        from odoo.addons.dining_order.services import cart

        env, store = self.env, self.store
        tables = self.restaurant.make_tables(store, len(orders))
        env.flush_all()
        env.cr.precommit.run()
        version = store._dining_menu().version
        calls = []
        for number, (lines, table) in enumerate(zip(orders, tables, strict=True)):
            user = self.users[number % USERS]
            session = env["dining.table.session"]._join(store.id, table.dining_code, user, 2)
            env.flush_all()
            for dish, options, quantity, note in lines:
                wanted = {
                    "key": str(uuid4()), "dish_id": dish.id, "option_ids": options.ids, "components": [],
                    "quantity": quantity, "note": note, "rush": False,
                }  # fmt: skip
                cart.add_line(env, store.id, session.access_token, user.id, str(uuid4()), wanted)
            calls.append(
                load.call(
                    "POST",
                    f"{BASE}/stores/{store.id}/table-sessions/{session.access_token}/rounds",
                    body={"menu_version": version},
                    Authorization=f"Bearer {self.tokens[number % USERS]}",
                    Idempotency_Key=str(uuid4()),
                )
            )
        return calls
