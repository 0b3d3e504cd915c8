"""The demo's top-up offers."""

from . import name_records, read, translate


def create_offers(env, company):
    """What members may top up, and what is given with it."""
    entries = read("restaurant")["topup_offers"]
    offers = {
        key: env["dining.topup.offer"].create(
            {
                "name": entry["en"],
                "company_id": company.id,
                "sequence": number,
                "price": entry["price"],
                "bonus": entry["bonus"],
                "first_only": entry.get("first_only", False),
            }
        )
        for number, (key, entry) in enumerate(entries.items(), 1)
    }
    for key, offer in offers.items():
        translate(offer, "name", entries[key])
    name_records(env, "topup_offer", offers)
