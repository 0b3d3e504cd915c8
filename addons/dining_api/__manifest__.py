{
    "name": "Diancan API",
    "summary": "The JSON interface of the mini-program",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    # pos_self_order comes with pos_restaurant by itself; it is named so that what we mend of it is loaded after it.
    "depends": ["dining_kitchen", "dining_payment", "pos_self_order"],
    "external_dependencies": {"python": ["pydantic"]},
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
    ],
    "assets": {"point_of_sale._assets_pos": ["dining_api/static/src/register/**/*"]},
}
