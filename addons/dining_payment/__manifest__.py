{
    "name": "Diancan Payment",
    "summary": "Paying a table's order by WeChat or with stored value, and guards on what the register pays",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["account_payment", "dining_order", "dining_wallet", "payment_wechatpay", "wechat_app"],
    "data": [
        "security/ir.model.access.csv",
        "security/dining_payment_rules.xml",
        "data/product_data.xml",
        "views/dining_topup_offer_views.xml",
        "views/dining_topup_views.xml",
        "views/payment_transaction_views.xml",
        "wizard/dining_refund_views.xml",
        "views/pos_order_views.xml",
        "views/pos_payment_method_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["dining_payment/static/src/**/*"],
        "web.assets_tests": ["dining_payment/static/tests/tours/**/*"],
    },
}
