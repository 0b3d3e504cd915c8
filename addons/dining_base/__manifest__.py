{
    "name": "Diancan Base",
    "summary": "Stores, named refusals and after-commit notices for restaurant ordering",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["pos_restaurant", "dining_rules"],
    "external_dependencies": {"python": ["qrcode"]},
    "data": [
        "views/pos_config_views.xml",
    ],
}
