"""What WeChat refuses, in words for a person and without secrets."""

from odoo.exceptions import UserError

CATALOGUE = {
    # code: (http status, Chinese, English)
    "wechat_code_invalid": (
        401,
        "微信登录凭证已失效，请重新进入小程序",
        "The WeChat login code is no longer valid; please reopen the mini-program",
    ),
    "wechat_user_blocked": (
        403,
        "微信提示该账号存在风险，暂时无法登录，请联系服务员点餐",
        "WeChat holds this account back for now; please order with the staff",
    ),
    "wechat_too_often": (429, "操作太频繁，请一分钟后再试", "Too many attempts; please try again in a minute"),
    "wechat_unreachable": (503, "暂时连不上微信，请稍后再试", "WeChat cannot be reached just now; please try again"),
    "wechat_busy": (503, "微信系统繁忙，请稍后再试", "WeChat is busy; please try again"),
    "wechat_misconfigured": (
        503,
        "小程序配置有误，请联系管理员（微信错误码 {errcode}）",
        "The mini-program is not set up correctly; please tell the manager (WeChat error {errcode})",
    ),
    "wechat_failed": (
        502,
        "微信没有完成这次请求（错误码 {errcode}），请稍后再试",
        "WeChat did not complete the request (error {errcode}); please try again",
    ),
    "wechat_scene_invalid": (
        400,
        "小程序码参数最多 32 个字符，只能用字母、数字和常见符号",
        "A mini-program code takes at most 32 letters, digits and plain signs",
    ),
    "wechat_page_invalid": (
        400,
        "小程序页面路径不能以斜杠开头，也不能带参数",
        "A mini-program page has no leading slash and no query",
    ),
}

#: WeChat's errcode → our code. Source: WeChat's global return codes and the
#: pages of code2Session, stable_token and getwxacodeunlimit.
BY_ERRCODE = {
    40029: "wechat_code_invalid",
    40163: "wechat_code_invalid",
    40226: "wechat_user_blocked",
    45011: "wechat_too_often",
    45009: "wechat_busy",
    -1: "wechat_busy",
    40001: "wechat_misconfigured",
    40013: "wechat_misconfigured",
    40125: "wechat_misconfigured",
    40164: "wechat_misconfigured",
    41030: "wechat_misconfigured",
    40243: "wechat_misconfigured",
}


class WeChatRefused(UserError):
    """Something asked of WeChat was refused, or its end is not known, and nothing was changed here.

    :param code: a key of `CATALOGUE`
    :param data: facts for the client, also used to fill the message
    """

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        self.http_status = CATALOGUE[code][0]
        words = self.message_by_language
        super().__init__(f"{words['zh']}\n{words['en']}")

    @classmethod
    def from_errcode(cls, errcode):
        """The refusal for WeChat's `errcode`; None means that no answer came."""
        if errcode is None:
            return cls("wechat_unreachable")
        return cls(BY_ERRCODE.get(errcode, "wechat_failed"), errcode=errcode)

    @property
    def message_by_language(self):
        """`{"zh": str, "en": str}`"""
        _status, zh, en = CATALOGUE[self.code]
        return {"zh": zh.format_map(self.data), "en": en.format_map(self.data)}
