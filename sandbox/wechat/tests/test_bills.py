"""Trade and fund-flow bills: their hour, their links, and every cell of them."""

import gzip
import hashlib

import pytest

from .client import Merchant

DAY = "2030-03-04"
HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"


@pytest.fixture
def day(control, merchant):
    """Two orders on the day, one of them refunded in part; one order the day after."""
    control.post("/clock", now=f"{DAY}T12:30:00+08:00", rate=0)
    first = merchant.paid(control, attach="B12")
    control.post("/clock", advance_seconds=60)
    second = merchant.paid(control, "diner-b", amount={"total": 1, "currency": "CNY"})
    control.post("/clock", advance_seconds=60)
    refund = merchant.refund(first, 1000)[1]
    control.post("/clock", now="2030-03-05T00:00:00+08:00")
    merchant.paid(control)
    control.post("/clock", now="2030-03-05T10:00:00+08:00")
    return first, second, refund


def ask(merchant, kind="tradebill", **query):
    query = {"bill_date": DAY, **query}
    url = f"/v3/bill/{kind}?" + "&".join(f"{name}={value}" for name, value in query.items())
    return merchant.call("GET", url)


def download(merchant, answer):
    path = answer["download_url"].removeprefix(merchant.credentials["pay_base_url"])
    return merchant.raw("GET", path)


def bill(merchant, kind="tradebill", **query):
    """The lines of a bill, after its digest was checked."""
    status, answer = ask(merchant, kind, **query)
    assert (status, answer["hash_type"]) == (200, "SHA1")
    content = download(merchant, answer).content
    if "tar_type" in query:
        content = gzip.decompress(content)
    assert hashlib.sha1(content, usedforsecurity=False).hexdigest() == answer["hash_value"]
    text = content.decode("utf-8")
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    return text.removeprefix("\ufeff").removesuffix("\r\n").split("\r\n")


def test_trade_bill(control, merchant, day):
    first, second, refund = day
    order, other = control.order(first), control.order(second)
    base = f"{merchant.appid},`{merchant.mchid},`0,`"
    a, b = control.openid("diner-a"), control.openid("diner-b")
    paid = (
        f"`2030-03-04 12:30:00,`{base},`{order['transaction_id']},`{first},`{a},`JSAPI,`SUCCESS,"
        "`OTHERS,`CNY,`59.00,`0.00,`0,`0,`0.00,`0.00,`,`,`滇味小馆 B12桌,`B12,`0.35000,`0.60%,"
        "`59.00,`0.00,`"
    )
    one_fen = (
        f"`2030-03-04 12:31:00,`{base},`{other['transaction_id']},`{second},`{b},`JSAPI,`SUCCESS,"
        "`OTHERS,`CNY,`0.01,`0.00,`0,`0,`0.00,`0.00,`,`,`滇味小馆 B12桌,`,`0.00000,`0.60%,"
        "`0.01,`0.00,`"
    )
    refunded = (
        f"`2030-03-04 12:32:00,`{base},`{order['transaction_id']},`{first},`{a},`JSAPI,`REFUND,"
        f"`OTHERS,`CNY,`0.00,`0.00,`{refund['refund_id']},`{refund['out_refund_no']},`10.00,`0.00,"
        "`ORIGINAL,`SUCCESS,`滇味小馆 B12桌,`B12,`-0.06000,`0.60%,`0.00,`10.00,`"
    )
    summary = "`3.0,`59.01,`10.0,`0.0,`0.29,`59.01,`10.0"
    assert bill(merchant) == [HEADER, paid, one_fen, refunded, SUMMARY, summary]


def test_success_and_refund_bills(merchant, day):
    paid = bill(merchant, bill_type="SUCCESS")
    assert "退款" not in paid[0] and paid[0].count(",") == 19
    assert len(paid) == 5 and paid[-1] == "`2.0,`59.01,`0.0,`0.0,`0.35,`59.01,`0.0"
    refunds = bill(merchant, bill_type="REFUND")
    assert refunds[0].count(",") == 28
    assert "`2030-03-04 12:32:00,`2030-03-04 12:32:03,`" in refunds[1]
    assert len(refunds) == 4 and refunds[-1] == "`1.0,`0.0,`10.0,`0.0,`-0.06,`0.0,`10.0"


def test_bill_is_a_snapshot(control, merchant, day):
    first = day[0]
    before = bill(merchant)
    merchant.refund(first, 100)
    assert bill(merchant) == before


def test_gzip(merchant, day):
    assert bill(merchant, tar_type="GZIP") == bill(merchant)


def test_fund_flow_bill(control, merchant, day):
    first, second, refund = day
    order = control.order(first)
    lines = bill(merchant, "fundflowbill")
    assert lines[0] == (
        "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
        "资金变更提交申请人,备注,业务凭证号"
    )
    cells = [[cell.removeprefix("`") for cell in line.split(",")] for line in lines[1:-2]]
    short = [[row[i] for i in (0, 3, 4, 5, 6, 7)] for row in cells]
    assert short == [
        ["2030-03-04 12:30:00", "交易", "交易", "收入", "59.00", "59.00"],
        ["2030-03-04 12:30:00", "交易", "扣除交易手续费", "支出", "0.35", "58.65"],
        ["2030-03-04 12:31:00", "交易", "交易", "收入", "0.01", "58.66"],
        ["2030-03-04 12:32:00", "退款", "退款", "支出", "9.94", "48.72"],
    ]
    assert cells[0][1] == order["transaction_id"] and cells[0][10] == first
    assert cells[2][10] == second
    assert cells[3][1] == refund["refund_id"] and cells[3][10] == refund["out_refund_no"]
    assert cells[3][9] == "退款总金额10.00元;含手续费0.06元"
    assert len({row[2] for row in cells}) == len(cells)
    assert lines[-2] == "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
    assert lines[-1] == "`4,`2,`59.01,`2,`10.29"


def test_fund_flow_of_the_settlement(control, merchant, day):
    control.post("/clock", now="2030-03-06T10:00:00+08:00")
    lines = bill(merchant, "fundflowbill", bill_date="2030-03-05")
    rows = [line for line in lines if "提现" in line]
    assert len(rows) == 1
    assert "`2030-03-05 08:00:00" in rows[0] and ",`支出,`48.72,`58.65,`" in rows[0]


def test_fees_account(merchant, day):
    lines = bill(merchant, "fundflowbill", account_type="FEES")
    assert lines[-1] == "`2,`1,`0.35,`1,`0.06"
    status, answer = ask(merchant, "fundflowbill", account_type="OPERATION")
    assert (status, answer["code"]) == (400, "NO_STATEMENT_EXIST")


@pytest.mark.parametrize("kind", ["tradebill", "fundflowbill"])
def test_ready_at_ten(control, merchant, kind):
    control.post("/clock", now=f"{DAY}T12:00:00+08:00", rate=0)
    merchant.paid(control)
    for now, expected in (
        (None, "INVALID_REQUEST"),
        ("2030-03-05T09:59:59+08:00", "STATEMENT_CREATING"),
        ("2030-03-05T10:00:00+08:00", None),
        ("2030-07-05T10:00:00+08:00", "INVALID_REQUEST"),
    ):
        if now:
            control.post("/clock", now=now)
        assert ask(merchant, kind)[1].get("code") == expected, now


@pytest.mark.parametrize("kind", ["tradebill", "fundflowbill"])
@pytest.mark.parametrize(
    "query",
    [
        {"bill_date": "20300304"},
        {"bill_date": "04.03.2030"},
        {"bill_date": ""},
        {"tar_type": "ZIP"},
        {"bill_type": "RECHARGE_REFUND", "account_type": "x"},
    ],
)
def test_bad_query(merchant, day, kind, query):
    status, answer = ask(merchant, kind, **query)
    assert (status, answer["code"]) == (400, "PARAM_ERROR")


def test_empty_day(merchant, day):
    status, answer = ask(merchant, bill_date="2030-03-03")
    assert (status, answer["code"]) == (400, "NO_STATEMENT_EXIST")


@pytest.mark.parametrize("kind", ["tradebill", "fundflowbill"])
def test_spoiled_content(control, merchant, day, kind):
    """Each fault hits once, with the right SHA1 and the true summary; the next bill is true."""
    true = bill(merchant, kind)
    control.post("/faults", call=kind, fault="missing_line")
    assert bill(merchant, kind) == [true[0], *true[2:]]
    control.post("/faults", call=kind, fault="doubled_line")
    assert bill(merchant, kind) == [*true[:2], *true[1:]]
    assert bill(merchant, kind) == true


def test_changed_amount_of_a_trade(control, merchant, day):
    true = bill(merchant)
    control.post("/faults", call="tradebill", fault="changed_amount")
    assert bill(merchant) == [true[0], true[1].replace("`59.00,", "`60.00,"), *true[2:]]


def test_changed_amount_of_a_flow(control, merchant, day):
    true = bill(merchant, "fundflowbill")
    control.post("/faults", call="fundflowbill", fault="changed_amount")
    assert bill(merchant, "fundflowbill") == [true[0], true[1].replace("`59.00,`59.00", "`60.00,`59.00"), *true[2:]]


@pytest.mark.parametrize("kind", ["tradebill", "fundflowbill"])
def test_bad_checksum(control, merchant, day, kind):
    control.post("/faults", call=kind, fault="bad_checksum")
    answer = ask(merchant, kind)[1]
    content = download(merchant, answer).content
    assert hashlib.sha1(content, usedforsecurity=False).hexdigest() != answer["hash_value"]
    bill(merchant, kind)


@pytest.mark.parametrize("kind", ["tradebill", "fundflowbill"])
@pytest.mark.parametrize(
    ("fault", "code"), [("not_ready", "STATEMENT_CREATING"), ("no_statement", "NO_STATEMENT_EXIST")]
)
def test_no_bill_on_demand(control, merchant, day, kind, fault, code):
    control.post("/faults", call=kind, fault=fault)
    assert merchant.refused("GET", f"/v3/bill/{kind}?bill_date={DAY}") == (400, code)
    bill(merchant, kind)


def test_link_lives_thirty_seconds(control, merchant, day):
    answer = ask(merchant)[1]
    control.post("/clock", advance_seconds=29)
    assert download(merchant, answer).status_code == 200
    control.post("/clock", advance_seconds=1)
    reply = download(merchant, answer)
    assert (reply.status_code, reply.json()["code"]) == (400, "INVALID_REQUEST")


def test_download_is_not_signed_but_the_request_must_be(control, merchant, day):
    answer = ask(merchant)[1]
    reply = download(merchant, answer)
    assert not [name for name in reply.headers if name.lower().startswith("wechatpay-")]
    path = answer["download_url"].removeprefix(merchant.credentials["pay_base_url"])
    assert merchant.raw("GET", path, headers={"Authorization": None}).status_code == 401
    other = Merchant(control.post("/merchants", name="别家"))
    assert other.refused("GET", path) == (403, "NO_AUTH")


def test_bill_of_another_merchant_is_his(control, merchant, day):
    other = Merchant(control.post("/merchants", name="别家"))
    status, answer = ask(other)
    assert (status, answer["code"]) == (400, "NO_STATEMENT_EXIST")
