"""The demo restaurant: data in YAML, and what makes Odoo records of it."""

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
PICTURES = FOLDER.parent / "static/demo"


def read(name):
    """The content of one of the YAML files here."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def xmlid(kind, key):
    return f"dining.{kind}_{key}_demo"


def name_records(env, kind, records):
    """Give records external ids: `records` is {key: record}."""
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": xmlid(kind, key), "record": record, "noupdate": True} for key, record in records.items()]
    )


def translate(record, field, entry, zh="zh", en="en"):
    """Write both languages of one field; the English is in the database already."""
    if entry.get(zh):
        record.update_field_translations(field, {"zh_CN": entry[zh], "en_US": entry[en]})
