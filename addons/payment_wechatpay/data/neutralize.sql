-- a copy of the database must not act for the real merchant
UPDATE payment_provider
   SET wechatpay_mchid = NULL,
       wechatpay_appid = NULL,
       wechatpay_serial = NULL,
       wechatpay_private_key = NULL,
       wechatpay_apiv3_key = NULL,
       wechatpay_public_key_id = NULL,
       wechatpay_public_key = NULL,
       wechatpay_gateway = NULL,
       wechatpay_notify_base = NULL;
UPDATE payment_transaction
   SET wechatpay_next_query = NULL,
       wechatpay_prepay_id = NULL,
       wechatpay_code_url = NULL;
