"""WeChat's bills, read into values."""

from datetime import datetime

from odoo.addons.payment_wechatpay.bill_lines import CHINA, BillUnreadable, Flow, Trade, read_flow_bill, read_trade_bill
from odoo.tests import BaseCase, tagged

TRADE_HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
    "货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,"
    "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
PAID = (
    "`2030-03-04 12:30:00,`wx,`190,`0,`,`420001,`T1,`o1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`590.00,`0.00,`0,`0,`0.00,`0.00,"
    "`,`,`鱼,虾 B12桌,`,`3.54000,`0.60%,`590.00,`0.00,`"
)
REFUND = (
    "`2030-03-04 12:32:00,`wx,`190,`0,`,`420001,`T1,`o1,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`503001,`R1,`10.00,"
    "`0.00,`ORIGINAL,`SUCCESS,`鱼,虾 B12桌,`,`-0.06000,`0.60%,`0.00,`10.00,`"
)
TRADE_SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
TRADE_SUMS = "`2.0,`590.0,`10.0,`0.0,`3.48,`590.0,`10.0"
FLOW_HEADER = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,"
    "备注,业务凭证号"
)
FLOWS = (
    "`2030-03-04 12:30:00,`420001,`1,`交易,`交易,`收入,`590.00,`590.00,`system,`结算总金额590.00元;含手续费3.54元,`T1",
    "`2030-03-04 12:30:00,`420001,`2,`交易,`扣除交易手续费,`支出,`3.54,`586.46,`system,`,`T1",
    "`2030-03-04 12:32:00,`503001,`3,`退款,`退款,`支出,`9.94,`576.52,`190API,`退款总金额10.00元;含手续费0.06元,`R1",
    "`2030-03-04 13:00:00,`9,`4,`提现,`提现,`支出,`76.52,`500.00,`system,`T+1,`9",
)
FLOW_SUMMARY = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
FLOW_SUMS = "`4,`1,`590.00,`3,`90.00"


def file(*lines):
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


@tagged("standard")
class TestBillLines(BaseCase):
    def test_trade_bill(self):
        bill = read_trade_bill(file(TRADE_HEADER, PAID, REFUND, TRADE_SUMMARY, TRADE_SUMS))
        self.assertEqual(
            bill.lines,
            (
                Trade(datetime(2030, 3, 4, 12, 30, tzinfo=CHINA), "T1", "420001", 59_000, 354),
                Trade(
                    datetime(2030, 3, 4, 12, 32, tzinfo=CHINA), "T1", "420001", 0, -6, "R1", "503001", 1_000, "SUCCESS"
                ),
            ),
        )
        self.assertEqual(bill.wrong, ())
        self.assertEqual([(line.own_number, line.signed_fen) for line in bill.lines], [("T1", 59_000), ("R1", -1_000)])

    def test_flow_bill(self):
        bill = read_flow_bill(file(FLOW_HEADER, *FLOWS, FLOW_SUMMARY, FLOW_SUMS))
        self.assertEqual(bill.wrong, ())
        self.assertEqual(
            [(line.kind, line.number, line.amount_fen, line.gross_fen, line.balance_fen) for line in bill.lines],
            [
                ("trade", "T1", 59_000, 59_000, 59_000),
                ("fee", "T1", -354, -354, 58_646),
                ("refund", "R1", -994, -1_000, 57_652),
                ("payout", "9", -7_652, -7_652, 50_000),
            ],
        )
        self.assertIsInstance(bill.lines[0], Flow)

    def test_a_summary_that_is_not_its_lines(self):
        missing = read_trade_bill(file(TRADE_HEADER, PAID, TRADE_SUMMARY, TRADE_SUMS))
        self.assertEqual(missing.wrong, (("count", 1, 2), ("refunded", 0, 1_000), ("fee", 354, 348)))
        doubled = read_flow_bill(file(FLOW_HEADER, FLOWS[0], *FLOWS, FLOW_SUMMARY, FLOW_SUMS))
        self.assertEqual(doubled.wrong, (("count", 5, 4), ("income", 118_000, 59_000)))

    def test_what_is_no_bill(self):
        for content in (
            b"",
            b"\xff\xfe",
            b"<html>502</html>",
            file(TRADE_HEADER, PAID),
            file(TRADE_HEADER, PAID.replace("`T1,", ""), TRADE_SUMMARY, TRADE_SUMS),
            file(TRADE_HEADER, PAID.replace("590.00", "x"), TRADE_SUMMARY, TRADE_SUMS),
            file(TRADE_HEADER, PAID.replace("2030-03-04", "4 March"), TRADE_SUMMARY, TRADE_SUMS),
        ):
            with self.assertRaises(BillUnreadable):
                read_trade_bill(content)
        with self.assertRaises(BillUnreadable):
            read_flow_bill(file(FLOW_HEADER, FLOWS[0].replace("收入", "其他"), FLOW_SUMMARY, FLOW_SUMS))
