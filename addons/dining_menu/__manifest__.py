{
    "name": "Diancan Menu",
    "summary": "Dishes, options, set meals, sale hours and sold-out, in a versioned snapshot",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["dining_base"],
    "data": [
        "security/dining_menu_groups.xml",
        "security/ir.model.access.csv",
        "security/dining_menu_rules.xml",
        "data/product_data.xml",
        "views/dining_dish_stock_views.xml",
        "views/product_attribute_views.xml",
        "views/product_combo_views.xml",
        "views/product_template_views.xml",
        "views/pos_category_views.xml",
        "views/pos_config_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["dining_menu/static/tests/tours/**/*"],
    },
}
