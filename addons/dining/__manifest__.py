{
    "name": "Diancan",
    "summary": "Restaurant ordering for China: stores, menu, table codes and a demo restaurant",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "application": True,
    "depends": ["dining_api", "l10n_cn"],
    "external_dependencies": {"python": ["PyYAML"]},
    "data": [
        "security/ir.model.access.csv",
        "report/table_code_report.xml",
        "wizard/dining_open_store_views.xml",
        "views/pos_config_views.xml",
        "views/restaurant_floor_views.xml",
        "views/dining_menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["dining/static/tests/tours/**/*"],
    },
}
