"""The control plane's part for notices: look, send, replay, probe, forge."""

from . import control_schemas as schemas
from .errors import ControlError
from .faults import NOTICE_CONTENT_FAULTS


def _check_fault(fault):
    if fault is not None and fault not in NOTICE_CONTENT_FAULTS:
        choices = ", ".join(NOTICE_CONTENT_FAULTS)
        raise ControlError(
            422, "UNKNOWN_FAULT", f"没有这种故障，可选：{choices}。", f"There is no such fault; choose of: {choices}."
        )


async def notices(world, request):
    return {"notices": [notice.view() for notice in world.delivery.all()]}


async def one_notice(world, request):
    return world.delivery.get(request.path_params["notice_id"]).view()


async def send_notice(world, request, body: schemas.SendNotice):
    _check_fault(body.fault)
    notice = world.delivery.get(request.path_params["notice_id"])
    return {"results": await world.delivery.send(notice, **body.model_dump())}


async def probe_notice(world, request):
    return await world.delivery.probe(world.delivery.get(request.path_params["notice_id"]))


async def forge_notice(world, request, body: schemas.ForgeNotice):
    _check_fault(body.fault)
    merchant = world.merchants.get(body.mchid) if body.mchid else world.merchants.first()
    if merchant is None:
        raise ControlError(404, "MERCHANT_NOT_EXIST", "商户不存在。", "There is no such merchant.")
    if body.fault == "wrong_amount" and "amount" not in body.resource:
        raise ControlError(
            422, "BAD_REQUEST", "wrong_amount 需要 resource.amount。", "wrong_amount needs resource.amount."
        )
    results = await world.delivery.forge(
        merchant,
        body.url,
        body.event_type,
        body.resource,
        copies=body.copies,
        concurrent=body.concurrent,
        fault=body.fault,
    )
    return {"results": results}


handlers = (
    ("GET", "/notices", notices),
    ("POST", "/notices/forge", forge_notice),
    ("GET", "/notices/{notice_id}", one_notice),
    ("POST", "/notices/{notice_id}/send", send_notice),
    ("POST", "/notices/{notice_id}/probe", probe_notice),
)
