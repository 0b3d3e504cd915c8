-- a copy of the database must not act for the real mini-program
UPDATE wechat_app SET secret = NULL, gateway_url = NULL;
DELETE FROM wechat_token;
