{
    "name": "Diancan Orders",
    "summary": "Table sessions, the shared cart, rounds and placement into the register's orders",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["dining_menu", "wechat_app"],
    "data": [
        "security/ir.model.access.csv",
        "security/dining_order_security.xml",
        "views/dining_table_session_views.xml",
        "views/dining_round_views.xml",
        "views/restaurant_table_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["dining_order/static/src/register/**/*"],
    },
}
