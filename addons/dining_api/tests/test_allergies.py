from uuid import uuid4

from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestAllergies(ApiCase):
    """What a guest must not eat, over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea.dining_allergen_ids = cls.env.ref("dining_menu.allergen_milk")
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def say(self, path, *codes, user=None):
        user = user or self.alice
        after = self.get(path, user).json().get("allergies_rev", 0)
        return self.post(path + "/allergies", {"allergens": list(codes), "after": after}, user)

    def test_said_shown_and_taken_back(self):
        _answer, path = self.join_by_phone()
        self.join_by_phone(self.bob)
        said = self.say(path, "sesame", "milk")
        self.assertAnswered(said, 200)
        self.assertEqual(said.json()["me"]["allergens"], ["milk", "sesame"], "in the store's order")
        shown = self.get(path, self.bob).json()
        self.assertEqual([guest["allergens"] for guest in shown["guests"]], [["milk", "sesame"], []])
        self.assertEqual(self.say(path).json()["me"]["allergens"], [])

    def test_the_menu_names_allergens(self):
        menu = self.get(f"/stores/{self.store.id}/menu").json()
        self.assertEqual(menu["allergens"][0]["code"], "peanut")
        tea = next(dish for dish in menu["dishes"] if dish["id"] == self.tea.id)
        self.assertEqual(tea["allergens"], ["milk"])

    def test_a_clash_must_be_confirmed_when_the_round_is_placed(self):
        answer, path = self.join_by_phone()
        self.join_by_phone(self.bob)
        line = self.line(self.tea)
        self.post(path + "/cart", line, self.alice)
        self.say(path, "milk", user=self.bob)
        seen = self.get(path, self.alice).json()["cart"]["lines"]
        self.assertEqual([item["allergens"] for item in seen], [["milk"]])
        place = {"menu_version": answer["menu_version"]}
        key = str(uuid4())
        refused = self.assertRefusedOverHttp(
            409, "allergy_unconfirmed", self.post, path + "/rounds", place, self.alice, key=key
        )
        self.assertEqual(refused["data"]["key"], line["key"])
        other = {**place, "clashes_seen": {str(uuid4()): {"milk": [2]}}}
        self.assertRefusedOverHttp(409, "allergy_unconfirmed", self.post, path + "/rounds", other, self.alice)
        for seen in ({}, {"milk": []}, {"milk": [1]}, {"egg": [2]}):
            other = {**place, "clashes_seen": {line["key"]: seen}}
            self.assertRefusedOverHttp(409, "allergy_unconfirmed", self.post, path + "/rounds", other, self.alice)
        confirmed = {**place, "clashes_seen": {line["key"]: {"milk": [2]}}}
        self.assertAnswered(self.post(path + "/rounds", confirmed, self.alice, key=key), 200)

    def test_what_is_refused(self):
        _answer, path = self.join_by_phone()
        self.say(path, "milk")
        refused = (400, "allergen_unknown", self.say, path, "milk", "kryptonite")
        self.assertEqual(self.assertRefusedOverHttp(*refused)["data"], {"codes": ["kryptonite"]})
        for body in (
            {},
            {"allergens": ["milk"]},
            {"allergens": "milk", "after": 1},
            {"allergens": [1], "after": 1},
            {"allergens": ["x" * 33], "after": 1},
            {"allergens": ["x"] * 51, "after": 1},
            {"allergens": ["milk"], "after": -1},
        ):
            with self.subTest(body):
                self.assertRefusedOverHttp(400, "bad_request", self.post, path + "/allergies", body, self.alice)
        self.assertRefusedOverHttp(404, "table_session_unknown", self.say, path, "milk", user=self.bob)
        self.env["dining.table.session"].search([("table_id", "=", self.table.id)]).action_close()
        self.assertRefusedOverHttp(410, "table_session_closed", self.say, path, "egg")
