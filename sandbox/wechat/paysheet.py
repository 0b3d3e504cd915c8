"""The phone's part of a payment: wx.requestPayment, the pay sheet, paying and walking away."""

import html
import string
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from . import control_schemas as schemas
from . import envelope
from .errors import ControlError
from .money import yuan

TEMPLATE = string.Template(Path(__file__).with_name("paysheet.html").read_text("utf-8"))
PACKAGE_PREFIX = "prepay_id="
TEXTS = {
    "zh": {
        "title": "微信支付", "close": "关闭", "goods": "商品",
        "method": "支付方式", "balance": "零钱（模拟）", "pay": "立即支付", "paying": "正在支付…",
        "done": "支付成功", "note": "模拟收银台，不会扣款",
    },
    "en": {
        "title": "WeChat Pay", "close": "Close", "goods": "Item",
        "method": "Pay with", "balance": "Balance (simulated)", "pay": "Pay now",
        "paying": "Paying…", "done": "Paid", "note": "Simulated pay sheet: no money moves",
    },
}  # fmt: skip


def _fail(status, code, zh, en):
    return ControlError(status, code, zh + "。", en, errMsg=f"requestPayment:fail {zh}")


def _check_pay_sign(world, order, body):
    """What WeChat's client checks before it shows the sheet. Raises ControlError."""
    if body.signType != "RSA":
        raise _fail(400, "BAD_SIGN_TYPE", "signType必须为RSA", "signType must be RSA.")
    if not body.timeStamp.isdecimal():
        raise _fail(400, "BAD_TIMESTAMP", "timeStamp必须为秒数", "timeStamp must be seconds.")
    # The phone knows which app is running; an appId passed along must be that one.
    if body.appId is not None and body.appId != order.request.appid:
        raise _fail(400, "APPID_MISMATCH", "appId与下单的appid不一致", "appId is not the app of the order.")
    message = envelope.pay_message(order.request.appid, body.timeStamp, body.nonceStr, body.package)
    merchant = world.merchants.get(order.mchid)
    if not envelope.verify(merchant.public_key, message, body.paySign):
        raise _fail(400, "BAD_PAY_SIGN", "支付验证签名失败", "paySign does not verify.")


async def request_payment(world, request, body: schemas.RequestPayment):
    if not body.package.startswith(PACKAGE_PREFIX):
        raise _fail(400, "BAD_PACKAGE", "package格式应为prepay_id=…", "package must be prepay_id=….")
    order = world.orders.find(prepay_id=body.package[len(PACKAGE_PREFIX) :])
    _check_pay_sign(world, order, body)
    world.orders.check_payable(order, world.users.openid(body.user))
    query = urlencode({"prepay_id": order.prepay_id, "user": body.user})
    return {
        "prepay_id": order.prepay_id,
        "out_trade_no": order.out_trade_no,
        "amount_fen": order.total_fen,
        "currency": "CNY",
        "merchant_name": world.merchants.get(order.mchid).name,
        "description": order.request.description,
        "paysheet_url": f"{request.base_url}_control/paysheet?{query}",
    }


def _payer(world, order, body):
    if body.openid:
        if not world.users.is_openid(body.openid):
            raise _fail(422, "BAD_OPENID", "无效的openid", "WeChat never issued this openid.")
        return body.openid
    if body.user:
        return world.users.openid(body.user)
    # Somebody walking by scans a Native code; a JSAPI order knows its payer.
    return order.payer_openid or world.users.openid("passer-by")


def _which(body):
    return {"prepay_id": body.prepay_id, "out_trade_no": body.out_trade_no,
            "code_url": body.code_url}  # fmt: skip


async def pay(world, request, body: schemas.Pay):
    order = world.orders.find(**_which(body))
    world.orders.pay(order, _payer(world, order, body), body.after_close)
    return {
        "errMsg": "requestPayment:ok",
        "out_trade_no": order.out_trade_no,
        "transaction_id": order.transaction_id,
        "trade_state": order.state,
        "payer_openid": order.payer_openid,
        "amount_fen": order.total_fen,
    }


async def cancel(world, request, body: schemas.Which):
    """Closing the sheet: the order stays as payable as it was."""
    order = world.orders.find(**_which(body))
    if order.state == "USERPAYING":
        world.orders.set_state(order, "NOTPAY")
    return {
        "errMsg": "requestPayment:fail cancel",
        "out_trade_no": order.out_trade_no,
        "trade_state": order.state,
    }


async def show(world, request):
    query = request.query_params
    order = world.orders.find(prepay_id=query.get("prepay_id"), code_url=query.get("code_url"))
    lang = "en" if query.get("lang", "zh").startswith("en") else "zh"
    facts = {
        **TEXTS[lang],
        "lang": "zh-CN" if lang == "zh" else "en",
        "merchant": world.merchants.get(order.mchid).name,
        "description": order.request.description,
        "amount": yuan(order.total_fen),
        "prepay_id": order.prepay_id,
        "user": query.get("user", ""),
    }
    return HTMLResponse(TEMPLATE.substitute({name: html.escape(text) for name, text in facts.items()}))


handlers = (
    ("POST", "/request-payment", request_payment),
    ("POST", "/pay", pay),
    ("POST", "/cancel", cancel),
    ("GET", "/paysheet", show),
)
