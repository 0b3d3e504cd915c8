"""The mini-program host: /cgi-bin, /sns and /wxa. Answers HTTP 200 with errcode, as WeChat does."""

import json
import secrets
from functools import partial

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import wxacode
from .clock import DAY_SECONDS
from .envelope import random_text
from .errors import ApiError
from .keyring import LETTERS_AND_DIGITS
from .replies import CutShort, after_effect, before_effect

LONGEST_TEXT = 2500
LONGEST_LINK_DAYS = 30
OK = {"errcode": 0, "errmsg": "ok"}


async def _payload(request):
    """The JSON object in the body. Raises ApiError 47001."""
    try:
        payload = json.loads(await request.body())
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        raise ApiError(47001, "data format error")
    return payload


def _text(payload, name, errcode=47001):
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(errcode, f"data format error: {name}")
    return value


def _check_app(world, appid, secret):
    if appid != world.keyring.appid:
        raise ApiError(40013, "invalid appid")
    if not secrets.compare_digest(str(secret).encode(), world.keyring.app_secret.encode()):
        raise ApiError(40125, "invalid appsecret")


def _check_openid(world, openid):
    if not isinstance(openid, str) or not world.users.is_openid(openid):
        raise ApiError(40003, "invalid openid")
    return openid


async def stable_token(world, request):
    payload = await _payload(request)
    if payload.get("grant_type") != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    _check_app(world, payload.get("appid"), payload.get("secret"))
    return world.tokens.stable(bool(payload.get("force_refresh")))


async def token(world, request):
    query = request.query_params
    if query.get("grant_type") != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    _check_app(world, query.get("appid"), query.get("secret"))
    return world.tokens.plain()


async def code2session(world, request):
    query = request.query_params
    if query.get("grant_type") != "authorization_code":
        raise ApiError(40002, "invalid grant_type")
    _check_app(world, query.get("appid"), query.get("secret"))
    if not query.get("js_code"):
        raise ApiError(41008, "missing code")
    user = world.users.redeem_login(query["js_code"])
    session_key = secrets.token_urlsafe(16)[:22] + "=="
    return {"openid": world.users.openid(user), "session_key": session_key}


async def phone(world, request):
    record = world.users.redeem_phone(_text(await _payload(request), "code", 40029))
    watermark = {"timestamp": int(world.clock.now()), "appid": world.keyring.appid}
    info = {
        "phoneNumber": record.phone,
        "purePhoneNumber": record.phone,
        "countryCode": "86",
        "watermark": watermark,
    }
    return {**OK, "phone_info": info}


async def wxacode_unlimited(world, request):
    payload = await _payload(request)
    wxacode.check_request(payload, world.settings.pages)
    return Response(wxacode.draw(world.keyring.appid, payload), media_type="image/png")


async def subscribe_send(world, request):
    payload = await _payload(request)
    _check_openid(world, payload.get("touser"))
    _text(payload, "template_id", 40037)
    page = payload.get("page")
    if page is not None:
        wxacode.check_page(str(page).partition("?")[0], world.settings.pages)
    world.subscriptions.send(payload)
    return OK


async def sec_check(world, request):
    payload = await _payload(request)
    if payload.get("version") != 2 or payload.get("scene") not in (1, 2, 3, 4):
        raise ApiError(40097, "invalid args: version must be 2 and scene 1 to 4")
    content = _text(payload, "content", 44002)
    if len(content) > LONGEST_TEXT:
        raise ApiError(45002, "content size out of limit")
    openid = _check_openid(world, payload.get("openid"))
    if not world.users.visited_recently(openid):
        raise ApiError(61010, "user has not visited the app in the last two hours")
    risky = [word for word in world.settings.risky_words if word in content]
    suggest, label = ("risky", 20006) if risky else ("pass", 100)
    detail = [{"strategy": "keyword", "errcode": 0, "keyword": word, "label": label,
               "suggest": suggest} for word in risky]  # fmt: skip
    result = {"suggest": suggest, "label": label}
    return {**OK, "detail": detail, "trace_id": random_text(16), "result": result}


async def upload_shipping(world, request):
    world.shipping.upload(await _payload(request))
    return OK


async def shipping_order(world, request):
    state = world.shipping.state(await _payload(request))
    return {**OK, "order": {"order_state": state}}


async def trade_managed(world, request):
    if (await _payload(request)).get("appid") != world.keyring.appid:
        raise ApiError(40013, "invalid appid")
    return {**OK, "is_trade_managed": world.settings.trade_managed}


async def url_link(world, request):
    payload = await _payload(request)
    path = payload.get("path")
    try:
        wxacode.check_page(path or None, world.settings.pages)
    except ApiError:
        raise ApiError(40165, "invalid weapp pagepath") from None
    if not isinstance(payload.get("query", ""), str) or len(payload.get("query", "")) > 1024:
        raise ApiError(40212, "invalid query")
    if payload.get("env_version", "release") not in wxacode.ENV_VERSIONS:
        raise ApiError(40097, "invalid args: env_version")
    _check_expiry(world, payload)
    return {**OK, "url_link": "https://wxaurl.cn/" + random_text(11, LETTERS_AND_DIGITS)}


def _check_expiry(world, payload):
    """A link lives at most 30 days, by moment (type 0) or by days (type 1)."""
    now = world.clock.now()
    if payload.get("expire_type", 0) == 1:
        days = payload.get("expire_interval")
        good = isinstance(days, int) and 1 <= days <= LONGEST_LINK_DAYS
    else:
        moment = payload.get("expire_time", now + 1)
        good = isinstance(moment, int | float)
        good = good and now < moment <= now + LONGEST_LINK_DAYS * DAY_SECONDS
    if not good:
        raise ApiError(85401, "expire time must be within 30 days")


async def _serve(handler, call, needs_token, request):
    world = request.app.state.world
    world.tick()
    fault = world.faults.take(call)
    try:
        if fault:
            await before_effect(fault, request)
            if fault.fault == "errcode":
                raise ApiError(fault.errcode, "switched on by the control plane")
        if needs_token:
            world.tokens.check(request.query_params.get("access_token"))
        answer = await handler(world, request)
        if fault:
            await after_effect(fault, request)
    except ApiError as error:
        rid = f" rid: {random_text(8, '0123456789abcdef')}"
        return JSONResponse({"errcode": error.errcode, "errmsg": error.errmsg + rid})
    except CutShort as cut:
        return cut.response
    return answer if isinstance(answer, Response) else JSONResponse(answer)


def _route(method, path, handler, call, needs_token=True):
    return Route(path, partial(_serve, handler, call, needs_token), methods=[method])


routes = [
    _route("POST", "/cgi-bin/stable_token", stable_token, "stable_token", needs_token=False),
    _route("GET", "/cgi-bin/token", token, "token", needs_token=False),
    _route("GET", "/sns/jscode2session", code2session, "code2session", needs_token=False),
    _route("POST", "/wxa/business/getuserphonenumber", phone, "phone"),
    _route("POST", "/wxa/getwxacodeunlimit", wxacode_unlimited, "wxacode"),
    _route("POST", "/cgi-bin/message/subscribe/send", subscribe_send, "subscribe"),
    _route("POST", "/wxa/msg_sec_check", sec_check, "sec_check"),
    _route("POST", "/wxa/sec/order/upload_shipping_info", upload_shipping, "shipping"),
    _route("POST", "/wxa/sec/order/get_order", shipping_order, "shipping"),
    _route("POST", "/wxa/sec/order/is_trade_managed", trade_managed, "shipping"),
    _route("POST", "/wxa/generate_urllink", url_link, "urllink"),
]
