{
    "name": "WeChat Mini-Program",
    "summary": "A WeChat mini-program account: login, table codes, one shared access token",
    "version": "19.0.1.0.0",
    "category": "Technical",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["base_setup"],
    "external_dependencies": {"python": ["wechatpy", "requests"]},
    "data": [
        "security/ir.model.access.csv",
        "security/wechat_app_security.xml",
        "views/wechat_app_views.xml",
        "views/wechat_user_views.xml",
    ],
}
