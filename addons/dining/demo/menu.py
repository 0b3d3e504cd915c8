"""The demo's menu: categories, options, dishes and set meals."""

import base64

from odoo.fields import Command

from . import PICTURES, name_records, read, translate

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def create_menu(env, tax):
    """Create everything that is sold.

    :param tax: the VAT inside every price
    :return: {key: product.template} of dishes and set meals
    """
    env = env(context={**env.context, "lang": "en_US", "tracking_disable": True})
    data = read("dishes")
    # They come with Odoo's loyalty and would stand among the first dishes of the register.
    for product in ("loyalty.gift_card_product_50", "loyalty.ewallet_product_50"):
        env.ref(product).available_in_pos = False
    categories = _categories(env, data["categories"])
    tags = _named(env, "product.tag", "tag", data["tags"], lambda entry: {})
    attributes = _attributes(env)
    dishes = _dishes(env, data["dishes"], categories, tags, attributes, tax)
    meals = _set_meals(env, read("set_meals"), dishes, categories["sets"], tags, tax)
    return {**dishes, **meals}


def limit_portions(env, store, dishes):
    """What is scarce today."""
    env["dining.dish.stock"].create(
        [
            {
                "config_id": store.id,
                "product_tmpl_id": dishes[key].id,
                "limited": True,
                "remaining": entry["remaining"],
            }
            for key, entry in read("dishes")["dishes"].items()
            if "remaining" in entry
        ]
    )


def _named(env, model, kind, entries, values):
    """Create one record an entry, in both languages: {key: record}."""
    records = env[model].create(
        [{"name": entry["en"], "sequence": number, **values(entry)} for number, entry in enumerate(entries.values(), 1)]
    )
    by_key = dict(zip(entries, records, strict=True))
    for key, record in by_key.items():
        translate(record, "name", entries[key])
    name_records(env, kind, by_key)
    return by_key


def _categories(env, entries):
    colours = dict(zip(entries, range(1, 13), strict=False))
    by_key = _named(env, "pos.category", "category", entries, lambda entry: {"dining_course": entry.get("course", 1)})
    for key, category in by_key.items():
        category.color = colours[key] % 12
    return by_key


def _attributes(env):
    """{key: (attribute, entry)} of the options that dishes share."""
    entries = read("options")
    by_key = _named(
        env,
        "product.attribute",
        "option",
        entries,
        lambda entry: {
            "create_variant": "no_variant",
            "display_type": "multi" if entry.get("several") else "pills",
            "dining_kind": entry["kind"],
            "value_ids": [
                Command.create(
                    {
                        "name": en,
                        "default_extra_price": price,
                        "sequence": number,
                        "dining_allergen_ids": _allergens(env, codes),
                    }
                )
                for number, (_key, _zh, en, price, *codes) in enumerate(entry["values"], 1)
            ],
        },
    )
    for key, attribute in by_key.items():
        for value, (_key, zh, en, *_more) in zip(attribute.value_ids, entries[key]["values"], strict=True):
            translate(value, "name", {"zh": zh, "en": en})
    return {key: (attribute, entries[key]) for key, attribute in by_key.items()}


def _dishes(env, entries, categories, tags, attributes, tax):
    return _templates(
        env,
        "dish",
        entries,
        tags,
        tax,
        lambda entry: {
            "type": "service",
            "pos_categ_ids": [Command.set(categories[entry["category"]].ids)],
            "attribute_line_ids": [
                Command.create(_attribute_line(number, *attributes[key]))
                for number, key in enumerate(entry.get("options", ()), 1)
            ],
        },
        # Set meals stand before them.
        first=100,
    )


def _attribute_line(number, attribute, entry):
    values = {
        "sequence": number,
        "attribute_id": attribute.id,
        "value_ids": [Command.set(attribute.value_ids.ids)],
    }
    if entry.get("most"):
        values["dining_max"] = entry["most"]
    return values


def _set_meals(env, entries, dishes, category, tags, tax):
    meals = _templates(
        env,
        "meal",
        entries,
        tags,
        tax,
        lambda entry: {
            "type": "combo",
            "pos_categ_ids": [Command.set(category.ids)],
            "combo_ids": [
                Command.create(
                    {
                        "name": part["en"],
                        "sequence": number,
                        "qty_free": part["count"],
                        "qty_max": part["count"],
                        "combo_item_ids": [
                            Command.create(
                                {
                                    "product_id": dishes[key].product_variant_id.id,
                                    "extra_price": extra[0] if extra else 0,
                                }
                            )
                            for key, *extra in part["of"]
                        ],
                    }
                )
                for number, part in enumerate(entry["parts"], 1)
            ],
        },
    )
    for key, meal in meals.items():
        for combo, part in zip(meal.combo_ids.sorted("sequence"), entries[key]["parts"], strict=True):
            translate(combo, "name", part)
    return meals


def _templates(env, kind, entries, tags, tax, values, first=0):
    records = env["product.template"].create(
        [
            {
                "name": entry["en"],
                "description_sale": entry["en_note"],
                "list_price": entry["price"],
                "pos_sequence": first + number,
                "available_in_pos": True,
                "purchase_ok": False,
                "taxes_id": [Command.set(tax.ids)],
                "product_tag_ids": [Command.set([tags[tag].id for tag in entry.get("tags", ())])],
                "dining_spicy": str(entry.get("spicy", 0)),
                "dining_serves": entry["serves"],
                "dining_allergen_ids": _allergens(env, entry.get("allergens", ())),
                "dining_hours_ids": [Command.create(_hours(hours)) for hours in entry.get("hours", ())],
                "image_1920": base64.b64encode((PICTURES / f"{key}.jpg").read_bytes()),
                **values(entry),
            }
            for number, (key, entry) in enumerate(entries.items(), 1)
        ]
    )
    by_key = dict(zip(entries, records, strict=True))
    for key, record in by_key.items():
        translate(record, "name", entries[key])
        translate(record, "description_sale", entries[key], "zh_note", "en_note")
    name_records(env, kind, by_key)
    return by_key


def _allergens(env, codes):
    """Those that the addon brings along, by their codes."""
    return [Command.set([env.ref(f"dining_menu.allergen_{code}").id for code in codes])]


def _hours(hours):
    days = hours.get("weekdays", range(7))
    return {
        "start": hours["start"],
        "end": hours["end"],
        **{day: number in days for number, day in enumerate(WEEKDAYS)},
    }
