from . import wechat_app, wechat_token, wechat_user
