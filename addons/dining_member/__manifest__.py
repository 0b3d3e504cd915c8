{
    "name": "Diancan Member",
    "summary": "Members of a restaurant: who joined, by which phone, and what they agreed to",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["dining_base", "wechat_app"],
    "data": [
        "security/ir.model.access.csv",
        "security/dining_member_rules.xml",
        "views/dining_member_views.xml",
    ],
}
