"""The same set meal costs the same at the register: its own program is asked."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import SkipTest

from odoo.addons.dining_rules.menu import Menu
from odoo.addons.dining_rules.pricing import CartLine, Component, price_line
from odoo.modules import get_module_path
from odoo.tests import BaseCase, tagged

PROGRAM = """
import { computeComboItems } from "./compute_combo_items.mjs";
import { readFileSync } from "fs";

// The register rounds to the currency's fen, half up, by the integer nearest to the scaled value.
const round = (amount) => Math.round(amount * 100 + 1e-7) / 100;
const answers = JSON.parse(readFileSync(0)).map((meal) => {
    const values = Object.fromEntries(meal.options.map((option) => [option.id, option]));
    const child = (part) => ({
        combo_item_id: {
            id: part.choice,
            extra_price: part.extra,
            combo_id: { id: part.group, base_price: part.base },
        },
        configuration: { attribute_value_ids: part.options },
        qty: 1,
    });
    const items = computeComboItems(
        { getPrice: () => meal.price },
        meal.parts.map(child),
        null,
        [],
        values,
        [],
        { round }
    );
    return items.map((item) => Math.round(item.price_unit * 100));
});
process.stdout.write(JSON.stringify(answers));
"""
MEALS = 400


@tagged("post_install", "-at_install")
class TestRegisterParity(BaseCase):
    def test_random_set_meals(self):
        node = shutil.which("node")
        if not node:
            raise SkipTest("node is not installed: it runs the register's program")
        chance = random.Random(20240506)
        meals = [_meal(chance) for _number in range(MEALS)]
        theirs = self._register(node, [meal["question"] for meal in meals])
        for meal, expected in zip(meals, theirs, strict=True):
            line = price_line(Menu.from_snapshot(meal["snapshot"]), meal["line"])
            self.assertEqual([part.unit_price_fen for part in line.parts], expected, meal["question"])
            self.assertEqual(line.unit_price_fen, sum(expected))

    def _register(self, node, questions):
        source = Path(get_module_path("point_of_sale")) / "static/src/app/models/utils/compute_combo_items.js"
        folder = Path(self.enterContext(TemporaryDirectory(prefix="dining-parity-")))
        (folder / "compute_combo_items.mjs").write_text(source.read_text())
        (folder / "main.mjs").write_text(PROGRAM)
        answer = subprocess.run(
            [node, str(folder / "main.mjs")],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return json.loads(answer.stdout)


def _text(word):
    return {"zh": word, "en": word}


def _meal(chance):
    """A random set meal of 1 to 6 parts, each with one choice and perhaps an option, in both forms."""
    price = chance.randint(600, 40000)
    dishes, sets, components, parts, options = [], [], [], [], []
    for number in range(chance.randint(1, 6)):
        group, choice, dish, option = 100 + number, 200 + number, 300 + number, 400 + number
        base, extra = chance.randint(100, 20000), chance.choice([0, 0, chance.randint(1, 3000)])
        option_fen, with_option = chance.randint(0, 900), chance.random() < 0.5
        dishes.append(
            _dish(
                dish,
                base,
                groups=[
                    {
                        "id": 500 + number,
                        "kind": "extra",
                        "name": _text("加料"),
                        "min": 0,
                        "max": 1,
                        "options": [{"id": option, "name": _text("料"), "price_fen": option_fen}],
                    }
                ],
            )
        )
        sets.append(
            {
                "id": group,
                "name": _text("选"),
                "count": 1,
                "max_count": 1,
                "base_fen": base,
                "choices": [{"id": choice, "dish_id": dish, "name": _text("菜"), "extra_fen": extra}],
            }
        )
        chosen = [option] if with_option else []
        components.append(Component(choice, tuple(chosen)))
        options.append({"id": option, "price_extra": option_fen / 100})
        parts.append({"group": group, "choice": choice, "base": base / 100, "extra": extra / 100, "options": chosen})
    snapshot = {
        "version": 1,
        "store": {"id": 1, "name": _text("店"), "seat_charge_fen": 0, "service_charge_permille": 0},
        "limits": {"max_round_quantity": 99, "max_order_fen": 0},
        "charges": {"seat": None, "service": None},
        "categories": [],
        "dishes": [*dishes, _dish(1, price, sets=sets)],
    }
    return {
        "snapshot": snapshot,
        "line": CartLine("k", 1, components=tuple(components)),
        "question": {"price": price / 100, "parts": parts, "options": options},
    }


def _dish(dish_id, price_fen, **fields):
    return {
        "id": dish_id,
        "product_id": dish_id,
        "name": _text("菜"),
        "price_fen": price_fen,
        "category_ids": [],
        "groups": [],
        "sets": [],
        "hours": [],
        "tax_ids": [],
        "tax_permille": 60,
        "max_quantity": 9,
        "listed": True,
        **fields,
    }
