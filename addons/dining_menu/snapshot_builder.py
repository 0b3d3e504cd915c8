"""Building a store's menu from Odoo's records."""

import re

from odoo.addons.dining_rules.money import fen

from .picture import HASH_LENGTH

IMAGE_PATH = "/diancan/v1/images/{dish_id}/{hash}.jpg"
CHARGE_PRODUCTS = {"seat": "dining_menu.product_seat_charge", "service": "dining_menu.product_service_charge"}


class SnapshotBuilder:
    """Builds the snapshots of one company's stores; what they share is read once.

    :param env: superuser environment: what a menu shows does not depend on who changed it
    """

    def __init__(self, env, company):
        self._env = env(context={"active_test": True})
        self._company = company.with_env(self._env)
        installed = {code for code, _name in self._env["res.lang"].get_installed()}
        self._langs = {
            "zh": "zh_CN" if "zh_CN" in installed else None,
            "en": "en_US" if "en_US" in installed else None,
        }
        self._names = {}
        self._dishes = {}
        self._load()

    def snapshot(self, config):
        """The store's snapshot, its version left 0; see `dining_rules.menu`."""
        categories = self._categories_of(config)
        listed = {category: self._listed_in(category) for category in categories}
        on_menu = {dish["id"] for dishes in listed.values() for dish in dishes}
        needed = on_menu | self._parts_of(on_menu)
        return {
            "version": 0,
            "store": {
                "id": config.id,
                "name": {"zh": config.name, "en": config.dining_name_en or config.name},
                "seat_charge_fen": fen(config.dining_seat_charge),
                "service_charge_permille": config._dining_service_permille(),
            },
            "limits": {
                "max_round_quantity": config.dining_max_round_quantity,
                "max_order_fen": fen(config.dining_max_order_yuan),
            },
            "charges": {kind: self._charge_product(xmlid) for kind, xmlid in CHARGE_PRODUCTS.items()},
            "categories": [
                {
                    "id": category.id,
                    "name": self._text(category, "name"),
                    "dish_ids": [dish["id"] for dish in dishes],
                }
                for category, dishes in listed.items()
                if dishes
            ],
            "allergens": [
                {"code": allergen.code, "name": self._text(allergen, "name"), "retired": not allergen.active}
                for allergen in self._allergens
            ],
            "dishes": [
                {
                    **dish,
                    "max_quantity": config.dining_max_dish_quantity,
                    "category_ids": [category for category in dish["category_ids"] if category in categories.ids],
                    "listed": dish["id"] in on_menu,
                    "course": self._courses[dish["id"]] if config.dining_by_course else 0,
                }
                for dish in self._dishes.values()
                if dish["id"] in needed
            ],
        }

    # -- reading -------------------------------------------------------------
    def _load(self):
        templates = (
            self._env["product.template"]
            .with_company(self._company)
            .search(
                [
                    *self._env["product.template"]._check_company_domain(self._company),
                    ("available_in_pos", "=", True),
                    ("sale_ok", "=", True),
                ],
                order="pos_sequence, id",
            )
        )
        sellable = templates.filtered(lambda dish: not dish._dining_unsellable())
        self._read_texts(sellable, ("name", "description_sale"))
        self._read_texts(sellable.attribute_line_ids.attribute_id, ("name",))
        self._read_texts(sellable.attribute_line_ids.value_ids, ("name",))
        self._read_texts(sellable.combo_ids, ("name",))
        self._read_texts(sellable.product_tag_ids, ("name",))
        self._read_texts(self._env["pos.category"].search([]), ("name",))
        # What is no longer listed is in the dishes all the same, and whoever has said it must hear of it.
        self._allergens = self._env["dining.allergen"].with_context(active_test=False).search([])
        self._read_texts(self._allergens, ("name",))
        hashes = self._picture_hashes(sellable)
        for dish in sellable.filtered(lambda dish: dish.type != "combo"):
            self._dishes[dish.id] = self._dish(dish, hashes)
        self._courses = {dish.id: dish._dining_course() for dish in sellable}
        # Set meals last: they are made of the dishes above.
        for meal in sellable.filtered(lambda dish: dish.type == "combo"):
            sets = self._sets(meal)
            if sets:
                self._dishes[meal.id] = {**self._dish(meal, hashes), "sets": sets}

    def _dish(self, dish, hashes):
        taxes = dish._dining_taxes(self._company)
        picture = hashes.get(dish.id)
        return {
            "id": dish.id,
            "product_id": dish.product_variant_id.id,
            "name": self._text(dish, "name"),
            "description": self._text(dish, "description_sale") if dish.description_sale else None,
            "image": picture and IMAGE_PATH.format(dish_id=dish.id, hash=picture),
            "price_fen": fen(dish.list_price),
            "category_ids": dish.pos_categ_ids.ids,
            "spicy": int(dish.dining_spicy),
            "serves": dish.dining_serves or None,
            "tags": [self._text(tag, "name") for tag in dish.product_tag_ids],
            "allergens": self._contents(dish),
            "hours": self._hours(dish),
            "groups": [group for line in dish.attribute_line_ids if (group := self._group(line))],
            "sets": [],
            "tax_ids": taxes.ids,
            "tax_permille": taxes._dining_permille(),
        }

    def _group(self, line):
        options = line._dining_options()
        if line.attribute_id.create_variant != "no_variant" or not options:
            return None
        least, most = line._dining_range()
        return {
            "id": line.id,
            "kind": line.dining_kind,
            "name": self._text(line.attribute_id, "name"),
            "min": least,
            "max": most,
            "options": [
                {
                    "id": option.id,
                    "name": self._text(option.product_attribute_value_id, "name"),
                    "price_fen": fen(option.price_extra),
                    "allergens": self._contents(option.product_attribute_value_id),
                }
                for option in options
            ],
        }

    def _contents(self, record):
        """Codes of the allergens in a dish or an option."""
        return record.with_context(active_test=False).dining_allergen_ids.mapped("code")

    def _sets(self, meal):
        groups = []
        for combo in meal.combo_ids.filtered("qty_free"):
            choices = [
                {
                    "id": item.id,
                    "dish_id": item.product_id.product_tmpl_id.id,
                    "name": self._text(item.product_id.product_tmpl_id, "name"),
                    "extra_fen": fen(item.extra_price),
                }
                for item in combo.combo_item_ids
                if item.product_id.product_tmpl_id.id in self._dishes
            ]
            if not choices:
                return []
            groups.append(
                {
                    "id": combo.id,
                    "name": self._text(combo, "name"),
                    "count": combo.qty_free,
                    "max_count": combo.qty_max,
                    "base_fen": fen(combo.base_price),
                    "choices": choices,
                }
            )
        return groups

    def _hours(self, dish):
        """The dish's own hours, else those of its categories; a category without hours sells all day."""
        if dish.dining_hours_ids:
            return [hours._snapshot() for hours in dish.dining_hours_ids]
        spans = [category._dining_hours() for category in dish.pos_categ_ids]
        return [span for hours in spans for span in hours] if all(spans) else []

    def _charge_product(self, xmlid):
        product = self._env.ref(xmlid, raise_if_not_found=False)
        if not product:
            return None
        self._read_texts(product, ("name",))
        taxes = product.product_tmpl_id._dining_taxes(self._company)
        permille = taxes._dining_permille()
        return (
            None
            if permille is None
            else {
                "product_id": product.id,
                "name": self._text(product, "name"),
                "tax_ids": taxes.ids,
                "tax_permille": permille,
            }
        )

    # -- what a store shows --------------------------------------------------
    def _categories_of(self, config):
        if config.limit_categories:
            allowed = config.iface_available_categ_ids.with_env(self._env)
            return self._env["pos.category"].search([("id", "child_of", allowed.ids)])
        return self._env["pos.category"].search([])

    def _listed_in(self, category):
        return [dish for dish in self._dishes.values() if category.id in dish["category_ids"]]

    def _parts_of(self, dish_ids):
        return {
            choice["dish_id"]
            for dish_id in dish_ids
            for group in self._dishes[dish_id]["sets"]
            for choice in group["choices"]
        }

    # -- words and pictures --------------------------------------------------
    def _read_texts(self, records, fields):
        """Read translated fields in both languages, one statement a model and language."""
        for language, lang in self._langs.items():
            for values in records.with_context(lang=lang).read(fields):
                for field in fields:
                    self._names[records._name, values["id"], field, language] = values[field]

    def _text(self, record, field):
        """The field in both languages; where one is missing the other stands in."""
        zh, en = (self._names.get((record._name, record.id, field, language)) for language in ("zh", "en"))
        return {"zh": _plain(zh or en), "en": _plain(en or zh)}

    def _picture_hashes(self, dishes):
        self._env.flush_all()
        pictures = self._env["ir.attachment"].search_read(
            [
                ("res_model", "=", "product.template"),
                ("res_field", "=", "dining_picture"),
                ("res_id", "in", dishes.ids),
            ],
            ["res_id", "checksum"],
        )
        return {picture["res_id"]: picture["checksum"][:HASH_LENGTH] for picture in pictures}


def _plain(words):
    return re.sub(r"\s+", " ", words or "").strip()
