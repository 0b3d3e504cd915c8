{
    "name": "Diancan Wallet",
    "summary": "Stored value: accounts, lots, holds and an append-only ledger whose entries are chained",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["account", "dining_member", "mail", "point_of_sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/dining_wallet_rules.xml",
        "data/ir_cron.xml",
        "report/wallet_statement.xml",
        "views/dining_wallet_entry_views.xml",
        "views/dining_wallet_views.xml",
        "views/dining_member_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
