"""The pay host: /v3. Every answer is signed, but for downloads and a gateway's own pages."""

import json
from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from . import envelope, schemas
from .errors import PayError
from .keyring import LETTERS_AND_DIGITS
from .replies import CutShort, after_effect, before_effect

STALE_SECONDS = 2 * envelope.TOLERANCE_SECONDS


def _system_error():
    return PayError(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用")


def _too_often():
    return PayError(429, "FREQUENCY_LIMITED", "请求频率超限，请降低频率后重试")


async def jsapi(world, merchant, request):
    body = schemas.parse(schemas.JsapiOrder, await request.body())
    order = world.orders.create(merchant, "JSAPI", body)
    return 200, {"prepay_id": order.prepay_id}


async def native(world, merchant, request):
    body = schemas.parse(schemas.NativeOrder, await request.body())
    order = world.orders.create(merchant, "NATIVE", body)
    return 200, {"code_url": order.code_url}


async def query_by_number(world, merchant, request):
    schemas.check_mchid(merchant, schemas.parse_query(request.query_params, ["mchid"])["mchid"])
    return 200, world.orders.by_number(merchant, request.path_params["number"]).transaction()


async def query_by_id(world, merchant, request):
    schemas.check_mchid(merchant, schemas.parse_query(request.query_params, ["mchid"])["mchid"])
    order = world.orders.by_transaction_id(merchant, request.path_params["transaction_id"])
    return 200, order.transaction()


async def close(world, merchant, request):
    body = schemas.parse(schemas.CloseRequest, await request.body())
    schemas.check_mchid(merchant, body.mchid)
    world.orders.close(merchant, request.path_params["number"])
    return 204, None


async def refund(world, merchant, request):
    body = schemas.parse(schemas.RefundRequest, await request.body())
    accepted = world.refunds.create(merchant, body)
    world.wake()
    return 200, accepted.view()


async def query_refund(world, merchant, request):
    schemas.parse_query(request.query_params)
    return 200, world.refunds.get(merchant, request.path_params["number"]).view()


def _with_url(request, link):
    token = link.pop("token")
    return 200, {**link, "download_url": f"{request.base_url}v3/billdownload/file?token={token}"}


def _fault_of(request):
    fault = getattr(request.state, "fault", None)
    return fault and fault.fault


async def trade_bill(world, merchant, request):
    query = schemas.parse_query(request.query_params, ["bill_date"], ["bill_type", "tar_type"])
    return _with_url(request, world.bills.trade(merchant, query, _fault_of(request)))


async def fund_flow_bill(world, merchant, request):
    query = schemas.parse_query(request.query_params, ["bill_date"], ["account_type", "tar_type"])
    return _with_url(request, world.bills.fund_flow(merchant, query, _fault_of(request)))


async def download(world, merchant, request):
    token = schemas.parse_query(request.query_params, ["token"])["token"]
    content = world.bills.download(merchant, token)
    return 200, Response(content, 200, media_type="text/plain;charset=utf-8")


async def certificates(world, merchant, request):
    raise PayError(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请使用微信支付公钥验签")


async def unknown(world, merchant, request):
    raise PayError(404, "RESOURCE_NOT_EXISTS", "接口不存在，或请求方法不正确")


class Answer:
    """Signs answers with the platform key, and spoils signatures where a fault wants it."""

    def __init__(self, world):
        self._world = world

    def __call__(self, status, payload, fault=None):
        body = b"" if payload is None else json.dumps(payload, ensure_ascii=False).encode()
        headers = {"Request-ID": envelope.random_text(24) + "-0"}
        if fault != "unsigned":
            headers.update(self._signature(body, fault))
        media_type = "application/json" if body else None
        return Response(body, status, headers, media_type)

    def _signature(self, body, fault):
        keyring = self._world.keyring
        timestamp = int(self._world.clock.wall())
        if fault == "stale_timestamp":
            timestamp -= STALE_SECONDS
        serial = keyring.platform_public_key_id
        if fault == "unknown_serial":
            serial = "PUB_KEY_ID_02" + envelope.random_text(36, "0123456789")
        nonce = envelope.random_text(32, LETTERS_AND_DIGITS)
        signed = body + b" " if fault == "bad_signature" else body
        message = envelope.response_message(timestamp, nonce, signed)
        return {
            "Wechatpay-Timestamp": str(timestamp),
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": serial,
            "Wechatpay-Signature": envelope.sign(keyring.platform_key, message),
            "Wechatpay-Signature-Type": envelope.SCHEME,
        }


async def _before(fault, request):
    await before_effect(fault, request)
    if fault.fault == "error_500_before":
        raise _system_error()
    if fault.fault == "error_429":
        raise _too_often()


async def _after(fault, request):
    await after_effect(fault, request)
    if fault.fault == "error_500_after":
        raise _system_error()


async def _serve(handler, call, request):
    world = request.app.state.world
    world.tick()
    answer = Answer(world)
    fault = None
    try:
        url = request.scope["raw_path"].decode()
        if request.scope["query_string"]:
            url += "?" + request.scope["query_string"].decode()
        merchant = world.gate.check(request.method, url, request.headers, await request.body())
        fault = world.faults.take(call) if call else None
        request.state.fault = fault
        if fault:
            await _before(fault, request)
        status, payload = await handler(world, merchant, request)
        if fault:
            await _after(fault, request)
    except PayError as error:
        status, payload = error.status, error.body
    except CutShort as cut:
        return cut.response
    if isinstance(payload, Response):
        return payload
    return answer(status, payload, fault and fault.fault)


def _route(path, handler, call, method):
    return Route(path, partial(_serve, handler, call), methods=[method])


ORDER = "/v3/pay/transactions"
REFUND = "/v3/refund/domestic/refunds"
routes = [
    _route(f"{ORDER}/jsapi", jsapi, "jsapi", "POST"),
    _route(f"{ORDER}/native", native, "native", "POST"),
    _route(f"{ORDER}/out-trade-no/{{number}}", query_by_number, "query", "GET"),
    _route(f"{ORDER}/id/{{transaction_id}}", query_by_id, "query", "GET"),
    _route(f"{ORDER}/out-trade-no/{{number}}/close", close, "close", "POST"),
    _route(REFUND, refund, "refund", "POST"),
    _route(REFUND + "/{number}", query_refund, "refund_query", "GET"),
    _route("/v3/bill/tradebill", trade_bill, "tradebill", "GET"),
    _route("/v3/bill/fundflowbill", fund_flow_bill, "fundflowbill", "GET"),
    _route("/v3/billdownload/file", download, "billdownload", "GET"),
    _route("/v3/certificates", certificates, None, "GET"),
    Route("/v3/{rest:path}", partial(_serve, unknown, None), methods=["GET", "POST"]),
]
