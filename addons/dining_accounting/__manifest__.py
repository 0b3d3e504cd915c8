{
    "name": "Diancan Accounting",
    "summary": "Stored value in the books: accounts, entries, and a reconciliation to the fen",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["account", "dining_payment", "dining_wallet", "l10n_cn"],
    "data": [
        "security/ir.model.access.csv",
        "security/dining_accounting_rules.xml",
        "data/ir_cron.xml",
        "views/dining_books_views.xml",
        "views/dining_reconciliation_views.xml",
        "views/dining_reconciliation_line_views.xml",
        "views/dining_wallet_booking_views.xml",
        "views/dining_wallet_rollforward_views.xml",
    ],
}
