"""The control plane: /_control. Plays the people, the consoles and the clock around WeChat."""

import dataclasses
from functools import partial

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import control_schemas as schemas
from . import keyring, paysheet
from .clock import parse_time, rfc3339
from .control_notices import handlers as notice_handlers
from .errors import ControlError


def _merchant(world, mchid=None):
    """Raises ControlError 404."""
    merchant = world.merchants.get(mchid) if mchid else world.merchants.first()
    if merchant is None:
        raise ControlError(404, "MERCHANT_NOT_EXIST", "商户不存在。", "There is no such merchant.")
    return merchant


def _credentials(world, merchant, request):
    base_url = str(request.base_url).rstrip("/")
    keys = world.keyring
    return {
        "appid": keys.appid,
        "app_secret": keys.app_secret,
        "mchid": merchant.mchid,
        "merchant_name": merchant.name,
        "merchant_serial": merchant.serial,
        "merchant_private_key": merchant.private_key_pem,
        "apiv3_key": merchant.apiv3_key,
        "platform_public_key_id": keys.platform_public_key_id,
        "platform_public_key": keyring.public_pem(keys.platform_key.public_key()),
        "pay_base_url": base_url,
        "api_base_url": base_url,
        "templates": world.subscriptions.templates(),
    }


async def credentials(world, request):
    merchant = _merchant(world, request.query_params.get("mchid"))
    return _credentials(world, merchant, request)


async def add_merchant(world, request, body: schemas.NewMerchant):
    return _credentials(world, world.merchants.add(body.name), request)


async def login_code(world, request, body: schemas.LoginCode):
    return {"code": world.users.login_code(body.user), "openid": world.users.openid(body.user)}


async def phone_code(world, request, body: schemas.PhoneCode):
    return {"code": world.users.phone_code(body.user, body.phone)}


async def users(world, request):
    return {"users": world.users.all()}


async def block_user(world, request, body: schemas.Blocking):
    openid = world.users.openid(body.user)
    (world.users.blocked.add if body.blocked else world.users.blocked.discard)(body.user)
    return {"user": body.user, "openid": openid, "blocked": body.blocked}


async def subscribe(world, request, body: schemas.Consent):
    openid = world.users.openid(body.user)
    answer = world.subscriptions.grant(openid, body.template_ids, body.accept)
    return {**answer, "errMsg": "requestSubscribeMessage:ok"}


async def templates(world, request):
    return {"templates": world.subscriptions.templates()}


async def add_template(world, request, body: schemas.NewTemplate):
    try:
        return world.subscriptions.add_template(body.title, body.keys)
    except ValueError as error:
        raise ControlError(422, "BAD_TEMPLATE", "模板字段类型不存在。", f"{error}.") from None


async def messages(world, request):
    return {"messages": world.subscriptions.messages}


async def shipments(world, request):
    return {"shipments": world.shipping.uploads}


def _order_view(world, order):
    merchant = world.merchants.get(order.mchid)
    return {
        **order.transaction(),
        "trade_type": order.trade_type,
        "description": order.request.description,
        "merchant_name": merchant.name,
        "notify_url": order.request.notify_url,
        "prepay_id": order.prepay_id,
        "prepay_expires_at": rfc3339(order.prepay_expires_at),
        "code_url": order.code_url,
        "payer_openid": order.payer_openid,
        "amount_fen": order.total_fen,
        "fee_fen": order.fee_fen,
        "refunded_fen": order.refunded_fen,
    }


async def orders(world, request):
    return {"orders": [_order_view(world, order) for order in world.orders.all()]}


async def one_order(world, request):
    order = world.orders.find(out_trade_no=request.path_params["number"])
    return _order_view(world, order)


async def order_state(world, request, body: schemas.OrderState):
    order = world.orders.find(out_trade_no=request.path_params["number"])
    world.orders.set_state(order, body.trade_state)
    return _order_view(world, order)


async def refunds(world, request):
    return {"refunds": [refund.view() for refund in world.refunds.all()]}


async def refund_state(world, request, body: schemas.RefundState):
    refund = world.refunds.find(request.path_params["number"])
    world.refunds.end(refund, body.status, world.clock.now())
    return refund.view()


async def ledger(world, request):
    book = world.ledger
    problems = book.check(world.orders.all(), world.refunds.all())
    return {
        "accounts": book.accounts(),
        "transfers": [transfer.view() for transfer in book.transfers],
        "check": {"ok": not problems, "problems": problems},
    }


async def deposit(world, request, body: schemas.Deposit):
    merchant = _merchant(world, body.mchid)
    world.ledger.deposit(world.clock.now(), merchant.mchid, body.amount_fen)
    return {"accounts": world.ledger.accounts()[merchant.mchid]}


async def clock(world, request):
    now = world.clock.now()
    return {"now": now, "time": rfc3339(now), "rate": world.clock.rate}


async def set_clock(world, request, body: schemas.SetClock):
    if body.now is not None:
        _set_now(world, body.now)
    if body.rate is not None:
        world.clock.set_rate(body.rate)
    if body.advance_seconds:
        world.clock.advance(body.advance_seconds)
    world.wake()
    return await clock(world, request)


def _set_now(world, moment):
    try:
        moment = parse_time(moment)
    except ValueError as error:
        raise ControlError(422, "BAD_TIME", "时间格式不正确。", f"The time is {error}.") from None
    if moment >= world.clock.now():
        world.clock.set(moment)
    elif world.pristine:
        world.set_back(moment)
    else:
        raise ControlError(
            409,
            "TIME_GOES_FORWARD",
            "已有订单，时间不能倒退；请先重置。",
            "There are orders: time cannot go back. Reset first.",
        )


async def faults(world, request):
    return {"faults": world.faults.all()}


async def add_fault(world, request, body: schemas.NewFault):
    return world.faults.add(**body.model_dump()).view()


async def remove_faults(world, request):
    world.faults.remove(request.path_params.get("fault_id"))
    return {"faults": world.faults.all()}


async def settings(world, request):
    return dataclasses.asdict(world.settings)


async def change_settings(world, request, body: schemas.ChangeSettings):
    for name in body.model_fields_set:
        setattr(world.settings, name, getattr(body, name))
    return dataclasses.asdict(world.settings)


async def reset(world, request):
    world.reset()
    return {"ok": True}


async def _serve(handler, schema, request: Request):
    world = request.app.state.world
    world.tick()
    try:
        if schema is None:
            answer = await handler(world, request)
        else:
            body = schema.model_validate_json(await request.body() or b"{}")
            answer = await handler(world, request, body)
    except ControlError as error:
        return JSONResponse(error.body, error.status)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        message = f"请求参数不正确：{where}。 Bad request at {where}: {first['msg']}."
        return JSONResponse({"code": "BAD_REQUEST", "message": message}, 422)
    return answer if isinstance(answer, Response) else JSONResponse(answer)


def _route(method, path, handler):
    schema = handler.__annotations__.get("body")
    return Route("/_control" + path, partial(_serve, handler, schema), methods=[method])


routes = [
    _route(method, path, handler)
    for method, path, handler in (
        ("GET", "/credentials", credentials),
        ("POST", "/merchants", add_merchant),
        ("POST", "/login-code", login_code),
        ("POST", "/phone-code", phone_code),
        ("GET", "/users", users),
        ("POST", "/users", block_user),
        ("POST", "/subscribe", subscribe),
        ("GET", "/templates", templates),
        ("POST", "/templates", add_template),
        ("GET", "/messages", messages),
        ("GET", "/shipments", shipments),
        ("GET", "/orders", orders),
        ("GET", "/orders/{number}", one_order),
        ("POST", "/orders/{number}/state", order_state),
        ("GET", "/refunds", refunds),
        ("POST", "/refunds/{number}/state", refund_state),
        ("GET", "/ledger", ledger),
        ("POST", "/deposit", deposit),
        ("GET", "/clock", clock),
        ("POST", "/clock", set_clock),
        ("GET", "/faults", faults),
        ("POST", "/faults", add_fault),
        ("DELETE", "/faults", remove_faults),
        ("DELETE", "/faults/{fault_id:int}", remove_faults),
        ("GET", "/settings", settings),
        ("POST", "/settings", change_settings),
        ("POST", "/reset", reset),
        *paysheet.handlers,
        *notice_handlers,
    )
]
