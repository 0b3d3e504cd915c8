{
    "name": "Payment Provider: WeChat Pay (China)",
    "summary": "WeChat Pay API v3 for merchants in mainland China: mini-program and QR code payments, refunds, bills",
    "version": "19.0.1.0.0",
    "category": "Accounting/Payment Providers",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["payment"],
    "external_dependencies": {"python": ["wechatpayv3", "requests"]},
    "data": [
        "views/payment_provider_views.xml",
        "views/payment_transaction_views.xml",
        "views/payment_wechatpay_templates.xml",
        "data/payment_provider_data.xml",
        "data/ir_cron_data.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
