from uuid import uuid4

from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestTables(ApiCase):
    def test_an_evening_at_one_table(self):
        scan = self.get(f"/scan?scene={self.table.dining_code}").json()
        self.assertEqual((scan["store_id"], scan["table_name"], scan["open"]), (self.store.id, "B12", True))
        alice, path = self.join_by_phone(guests=2)
        bob, same_path = self.join_by_phone(self.bob)
        self.assertEqual(path, same_path)
        self.assertEqual((alice["me"]["seat"], bob["me"]["seat"]), (1, 2))
        line = self.line(self.noodles, options=[self.large], note="不要香菜", rush=True)
        self.assertAnswered(self.post(path + "/cart", line, self.alice), 200)
        self.assertAnswered(self.post(path + "/cart", self.line(self.tea), self.bob), 200)
        self.assertAnswered(self.post(f"{path}/cart/{line['key']}", {"delta": 1}, self.bob), 200)
        seen = self.get(path, self.alice).json()
        self.assertEqual([(item["quantity"], item["seat"]) for item in seen["cart"]["lines"]], [(2, 1), (1, 2)])
        placed = self.post(path + "/rounds", {"menu_version": seen["menu_version"]}, self.alice)
        self.assertAnswered(placed, 200)
        self.assertEqual(placed.json()["round_number"], 1)
        shown = self.get(path, self.bob).json()
        self.assertEqual(shown["cart"]["lines"], [])
        self.assertEqual(shown["order"]["total_fen"], 2 * 4600 + 1250)
        self.assertEqual(shown["order"]["id"], placed.json()["order_id"])
        [noodles, tea] = shown["order"]["rounds"][0]["lines"]
        self.assertEqual((noodles["note"], noodles["rush"], noodles["seat"], tea["seat"]), ("不要香菜", True, 1, 2))

    def test_an_unchanged_table_is_304(self):
        answer, path = self.join_by_phone()
        self.assertEqual(self.get(f"{path}?rev={answer['rev']}", self.alice).status_code, 304)
        self.post(path + "/cart", self.line(self.tea), self.alice)
        self.assertEqual(self.get(f"{path}?rev={answer['rev']}", self.alice).status_code, 200)

    def test_what_a_client_says_of_prices_is_refused(self):
        answer, path = self.join_by_phone()
        for field in ("price", "price_fen", "unit_price_fen", "total", "amount_fen", "subtotal", "discount"):
            with self.subTest(field):
                self.assertRefusedOverHttp(
                    400, "bad_request", self.post, path + "/cart", {**self.line(self.tea), field: 1}, self.alice
                )
                self.assertRefusedOverHttp(
                    400,
                    "bad_request",
                    self.post,
                    path + "/rounds",
                    {"menu_version": answer["menu_version"], field: 1},
                    self.alice,
                )

    def test_bodies_of_the_wrong_shape_are_refused(self):
        _answer, path = self.join_by_phone()
        good = self.line(self.tea)
        for change in (
            {"quantity": "2"},
            {"quantity": 1.5},
            {"quantity": None},
            {"dish_id": 0},
            {"dish_id": -5},
            {"option_ids": "all"},
            {"note": "x" * 201},
            {"key": "not a uuid"},
            {"rush": "yes"},
            {"components": [{"choice_id": 1, "price_fen": 0}]},
        ):
            with self.subTest(change):
                self.assertRefusedOverHttp(
                    400, "bad_request", self.post, path + "/cart", {**good, **change}, self.alice
                )

    def test_dishes_that_cannot_be_had(self):
        _answer, path = self.join_by_phone()
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.chicken)
        self.chicken.dining_stock_ids.sold_out = True
        unknown = {**self.line(self.tea), "dish_id": 2**30}
        for status, code, line in (
            (404, "dish_unknown", unknown),
            (409, "dish_sold_out", self.line(self.chicken)),
            (400, "option_unknown", self.line(self.tea, options=[self.large])),
            (400, "option_required", self.line(self.noodles)),
            (400, "option_too_many", self.line(self.noodles, options=[self.small, self.large])),
            (400, "quantity_out_of_range", self.line(self.tea, 0)),
            (400, "quantity_out_of_range", self.line(self.tea, 10_000)),
        ):
            with self.subTest(code):
                self.assertRefusedOverHttp(status, code, self.post, path + "/cart", line, self.alice)

    def test_tables_that_are_not_ones_own(self):
        _answer, path = self.join_by_phone()
        token = path.rsplit("/", 1)[1]
        other = self.store.copy({"name": "Other", "floor_ids": False})
        guessed = f"/stores/{self.store.id}/table-sessions/{'x' * 32}"
        elsewhere = f"/stores/{other.id}/table-sessions/{token}"
        for wrong_path, user in ((guessed, self.alice), (elsewhere, self.alice), (path, self.bob)):
            with self.subTest(wrong_path, user=user.openid):
                refused = (404, "table_session_unknown")
                self.assertRefusedOverHttp(*refused, self.get, wrong_path, user)
                self.assertRefusedOverHttp(*refused, self.post, wrong_path + "/cart", self.line(self.tea), user)
                self.assertRefusedOverHttp(*refused, self.post, wrong_path + "/rounds", {"menu_version": 1}, user)

    def test_a_closed_table_takes_nothing_more(self):
        answer, path = self.join_by_phone()
        self.env["dining.table.session"].search([("table_id", "=", self.table.id)]).action_close()
        closed = (410, "table_session_closed")
        self.assertRefusedOverHttp(*closed, self.post, path + "/cart", self.line(self.tea), self.alice)
        self.assertRefusedOverHttp(
            *closed, self.post, path + "/rounds", {"menu_version": answer["menu_version"]}, self.alice
        )

    def test_a_photographed_code_does_not_order_a_truckload(self):
        answer, path = self.join_by_phone()
        self.assertRefusedOverHttp(
            400, "quantity_out_of_range", self.post, path + "/cart", self.line(self.tea, 9990), self.alice
        )
        self.store.dining_max_order_yuan = 500
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.post(path + "/cart", self.line(self.tea, 41), self.alice)
        self.assertRefusedOverHttp(
            409,
            "order_too_large",
            self.post,
            path + "/rounds",
            {"menu_version": answer["menu_version"] + 1},
            self.alice,
        )

    def test_writes_need_a_key_and_a_key_one_body(self):
        answer, path = self.join_by_phone()
        body = self.line(self.tea)
        before = self.facts()
        self.assertAnswered(self.call("POST", path + "/cart", body, user=self.alice), 400, "idempotency_key_missing")
        self.assertAnswered(
            self.call("POST", path + "/cart", body, user=self.alice, key="1"), 400, "idempotency_key_missing"
        )
        self.assertEqual(self.facts(), before)
        key = str(uuid4())
        first = self.post(path + "/cart", body, self.alice, key=key)
        self.assertEqual(self.post(path + "/cart", body, self.alice, key=key).json(), first.json())
        self.assertEqual(self.get(path, self.alice).json()["cart"]["quantity"], 1)
        self.assertRefusedOverHttp(
            409, "idempotency_key_reused", self.post, path + "/cart", {**body, "quantity": 2}, self.alice, key=key
        )
        key, place = str(uuid4()), {"menu_version": answer["menu_version"]}
        first = self.post(path + "/rounds", place, self.alice, key=key)
        again = self.post(path + "/rounds", place, self.alice, key=key)
        self.assertEqual(again.json(), first.json())
        self.assertEqual(self.env["pos.order"].search_count([("table_id", "=", self.table.id)]), 1)

    def test_a_wrong_scene(self):
        self.assertAnswered(self.get("/scan?scene=" + "x" * 20), 404, "table_code_unknown")
        self.assertAnswered(self.get("/scan"), 404, "table_code_unknown")
        for scene in ("x" * 20, "<script>", "短"):
            with self.subTest(scene):
                response = self.post(f"/stores/{self.store.id}/table-sessions", {"scene": scene}, self.alice)
                self.assertIn(response.status_code, (400, 404))
        self.assertFalse(self.env["dining.table.session"].search([("config_id", "=", self.store.id)]))
