from odoo.addons.dining_api.contract.menu import MenuOut
from odoo.tests import tagged

from .common import ApiCase


@tagged("post_install", "-at_install")
class TestStores(ApiCase):
    def test_stores_are_listed_without_a_login(self):
        [store] = [view for view in self.get("/stores").json()["stores"] if view["id"] == self.store.id]
        self.assertEqual(store["name"], {"zh": "翠湖店", "en": "Green Lake"})
        self.assertTrue(store["open"])

    def test_the_menu_is_read_without_a_login_and_revalidated(self):
        response = self.get(f"/stores/{self.store.id}/menu")
        self.assertAnswered(response, 200)
        menu = MenuOut.model_validate(response.json())
        self.assertEqual(
            {dish.name.en: dish.price_fen for dish in menu.dishes},
            {"Crossing-bridge noodles": 3800, "Steam-pot chicken": 8800, "Pu'er tea": 1250, "Lunch set": 8999},
        )
        etag = response.headers["ETag"]
        again = self.get(f"/stores/{self.store.id}/menu", headers={"If-None-Match": etag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        for tag in (f"W/{etag}", f'"another", {etag}', f'W/"another", W/{etag}'):
            with self.subTest(tag):
                self.assertEqual(
                    self.get(f"/stores/{self.store.id}/menu", headers={"If-None-Match": tag}).status_code, 304
                )
        self.tea.list_price = 14
        self.env.flush_all()
        self.env.cr.precommit.run()
        changed = self.get(f"/stores/{self.store.id}/menu", headers={"If-None-Match": etag})
        self.assertEqual(changed.status_code, 200)
        self.assertEqual(changed.json()["version"], menu.version + 1)

    def test_a_store_that_is_none_has_no_menu(self):
        shop = self.env["pos.config"].create({"name": "A shop", "company_id": self.company.id})
        for store_id in (shop.id, 2**30):
            with self.subTest(store_id):
                self.assertAnswered(self.get(f"/stores/{store_id}/menu"), 404, "store_unknown")

    def test_what_is_left(self):
        self.env["dining.dish.stock"]._ensure_rows(self.store, self.tea + self.chicken)
        self.tea.dining_stock_ids.write({"limited": True, "remaining": 3})
        self.chicken.dining_stock_ids.sold_out = True
        answer = self.get(f"/stores/{self.store.id}/availability").json()
        self.assertEqual(answer, {"remaining": {str(self.tea.id): 3, str(self.chicken.id): 0}})

    def test_a_picture_that_is_not_there(self):
        self.assertAnswered(self.get(f"/images/{self.tea.id}/0123456789abcdef.jpg"), 404, "not_found")
        self.assertAnswered(self.get(f"/images/{2**30}/x.jpg"), 404, "not_found")
