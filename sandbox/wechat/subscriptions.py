"""Subscribe messages: templates, one message for each consent, and what was sent."""

import hashlib
import re
from collections import defaultdict

from .clock import rfc3339
from .errors import ApiError

# The kinds of template keys, and what a value of each may be (WeChat's parameter rules).
VALUE_RULES = {
    "thing": r".{1,20}",
    "number": r"[0-9.]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "character_string": r"[\x21-\x7e]{1,32}",
    "time": r"[0-9年月日时分秒:：\-/ ~]{1,40}",
    "date": r"[0-9年月日:：\-/ ~]{1,40}",
    "amount": r"[¥￥$]?[0-9,]{1,10}(\.[0-9]{1,2})?元?",
    "phone_number": r"[0-9+\-]{1,17}",
    "car_number": r"[\w]{1,8}",
    "name": r"[\w·.\s]{1,20}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
}
DEFAULT_TEMPLATES = (
    ("取餐提醒", ("thing1", "character_string2", "time3")),
    ("订单状态通知", ("character_string1", "phrase2", "thing3")),
    ("退款成功通知", ("character_string1", "amount2", "time3")),
)


class Subscriptions:
    def __init__(self, keyring, clock):
        self._keyring = keyring
        self._clock = clock
        self._templates = {}
        self._quota = defaultdict(int)
        self.messages = []
        for title, keys in DEFAULT_TEMPLATES:
            self.add_template(title, keys)

    def add_template(self, title, keys):
        """Register a template; its id depends on the app and the title alone."""
        for key in keys:
            if _kind(key) not in VALUE_RULES:
                raise ValueError(f"unknown kind of template key: {key}")
        seed = f"{self._keyring.appid}\n{title}"
        template_id = hashlib.sha256(seed.encode()).hexdigest()[:43]
        template = {"template_id": template_id, "title": title, "keys": list(keys)}
        self._templates[template_id] = template
        return template

    def templates(self):
        return list(self._templates.values())

    def grant(self, openid, template_ids, accept):
        """What wx.requestSubscribeMessage answers; each consent is good for one message."""
        answer = {}
        for template_id in template_ids:
            known = template_id in self._templates
            if accept and known:
                self._quota[openid, template_id] += 1
            answer[template_id] = ("accept" if accept else "reject") if known else "filter"
        return answer

    def send(self, payload):
        """Send one message. Raises ApiError; then the consent is not used up."""
        openid, template_id = payload["touser"], payload["template_id"]
        template = self._templates.get(template_id)
        if template is None:
            raise ApiError(40037, "invalid template_id")
        _check_data(template, payload.get("data"))
        if not self._quota[openid, template_id]:
            raise ApiError(43101, "user refuse to accept the msg")
        self._quota[openid, template_id] -= 1
        self.messages.append({"at": rfc3339(self._clock.now()), "title": template["title"], **payload})


def _kind(key):
    return key.rstrip("0123456789")


def _check_data(template, data):
    if not isinstance(data, dict) or set(data) != set(template["keys"]):
        raise ApiError(47003, f"argument invalid! data must hold {', '.join(template['keys'])}")
    for key, item in data.items():
        value = item.get("value") if isinstance(item, dict) else None
        if not isinstance(value, str) or not re.fullmatch(VALUE_RULES[_kind(key)], value):
            raise ApiError(47003, f"argument invalid! data.{key}.value invalid")
