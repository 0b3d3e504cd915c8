{
    "name": "Diancan API",
    "summary": "The JSON interface of the mini-program",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["dining_kitchen", "dining_payment"],
    "external_dependencies": {"python": ["pydantic"]},
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron.xml",
    ],
}
