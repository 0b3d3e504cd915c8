from . import dining_consent, dining_member, wechat_user
