from datetime import timedelta
from uuid import uuid4

from odoo import Command
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_payment.services import payments
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import DiningPayCase


@tagged("post_install", "-at_install")
class TestPaying(DiningPayCase):
    """What phones may do, and what is refused."""

    def refusal_of(self, function, *args, **kwargs):
        """The refusal of a call that has changed something before it."""
        try:
            function(*args, **kwargs)
        except Refused as refusal:
            self.env.invalidate_all()
            return refusal
        return self.fail("nothing was refused")

    def test_a_diner_pays(self):
        order = self.order(self.chicken, self.tea)
        payment = self.begin(order)
        self.assertEqual((payment["order_id"], payment["amount_fen"], payment["state"]), (order.uuid, 10050, "pending"))
        sheet = self.control(
            "request-payment", {"appId": self.provider.wechatpay_appid, "user": "diner-a", **payment["request"]}
        )
        self.assertEqual((sheet["amount_fen"], sheet["out_trade_no"]), (10050, payment["id"]))
        self.assertEqual(sheet["description"], f"翠湖店 B12 {order.tracking_number}")
        self.control("pay", {"prepay_id": sheet["prepay_id"], "user": "diner-a"})
        self.wait_for(lambda: order.state == "paid")
        self.assertEqual(
            [(line.payment_method_id, line.amount, line.payment_ref_no) for line in order.payment_ids],
            [(self.wechat_method, 100.5, payment["id"])],
        )
        tx = self.tx(payment)
        self.assertEqual(
            (tx.dining_payment_id, tx.payment_id.id, tx.is_post_processed), (order.payment_ids, False, True)
        )
        self.assertEqual(order.payment_ids.transaction_id, tx.provider_reference)
        self.assertEqual(self.table_session.state, "closed")
        self.assertEqual(self.show(payment)["state"], "done")
        self.assertIsNone(self.show(payment)["request"])

    def test_the_same_key_is_the_same_payment(self):
        order, key = self.order(), str(uuid4())
        first = self.begin(order, key=key)
        again = self.begin(order, key=key)
        self.assertEqual((again["id"], again["amount_fen"]), (first["id"], first["amount_fen"]))
        self.pay_at_wechat(first)
        self.wait_for(lambda: order.state == "paid")
        self.assertEqual(self.begin(order, key=key)["state"], "done")
        self.assertEqual(len(order._dining_transactions()), 1)

    def test_the_same_key_for_another_order(self):
        order, key = self.order(), str(uuid4())
        self.begin(order, key=key)
        other = self.env["dining.table.session"].sudo()._join(self.store.id, self.other_table.dining_code, self.alice)
        self.add(other, self.tea)
        second = self.env["pos.order"].browse(self.place(other).order_id)
        self.refused("idempotency_key_reused", self.begin, second, key=key)

    def test_asking_again_with_another_key_is_the_same_payment(self):
        order = self.order()
        self.assertEqual(self.begin(order)["id"], self.begin(order)["id"])

    def test_one_payment_at_a_time_for_two_phones(self):
        order = self.order()
        first = self.begin(order)
        self.refused("payment_in_progress", self.begin, order, self.bob)
        self.assertEqual(self.tx(first).state, "pending")

    def test_the_database_knows_it_too(self):
        order = self.order()
        tx = self.tx(self.begin(order))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            tx.copy({"reference": "ta-second", "state": "pending", "dining_client_key": False})

    def test_another_guest_takes_over_from_a_phone_that_is_gone(self):
        order = self.order()
        first = self.begin(order)
        tx = self.tx(first)
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
            (tx.create_date - timedelta(seconds=61), tx.id),
        )
        tx.invalidate_recordset()
        second = self.begin(order, self.bob)
        self.assertNotEqual(second["id"], first["id"])
        self.assertEqual((tx.state, self.control(f"orders/{first['id']}")["trade_state"]), ("cancel", "CLOSED"))
        self.pay_at_wechat(second, "diner-b")
        self.wait_for(lambda: order.state == "paid")

    def test_taking_over_finds_it_paid(self):
        order = self.order()
        first = self.begin(order)
        tx = self.tx(first)
        self.env.cr.execute(
            "UPDATE payment_transaction SET create_date = %s WHERE id = %s",
            (tx.create_date - timedelta(seconds=61), tx.id),
        )
        tx.invalidate_recordset()
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        self.pay_at_wechat(first)
        self.assertEqual(self.refusal_of(self.begin, order, self.bob).code, "order_not_open")
        self.assertEqual((order.state, tx.state), ("paid", "done"))

    def test_the_amount_follows_the_order(self):
        order = self.order(self.chicken)
        first = self.begin(order)
        self.order(self.tea, user=self.bob)
        second = self.begin(order)
        self.assertEqual((first["amount_fen"], second["amount_fen"]), (8800, 10050))
        self.assertEqual(self.tx(first).state, "cancel")

    def test_cancel(self):
        order = self.order()
        payment = self.begin(order)
        self.assertEqual(self.cancel(payment)["state"], "cancelled")
        self.assertEqual(self.cancel(payment)["state"], "cancelled")
        self.assertEqual(self.control(f"orders/{payment['id']}")["trade_state"], "CLOSED")
        self.assertNotEqual(self.begin(order)["id"], payment["id"])

    def test_cancel_finds_it_paid(self):
        order = self.order()
        payment = self.begin(order)
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        self.pay_at_wechat(payment)
        self.assertEqual(self.cancel(payment)["state"], "done")
        self.assertEqual(order.state, "paid")

    def test_only_the_payer_cancels(self):
        payment = self.begin(self.order())
        self.refused("payment_unknown", self.cancel, payment, self.bob)
        self.assertEqual(self.show(payment, self.bob)["state"], "pending")
        self.assertIsNone(self.show(payment, self.bob)["request"], "the pay sheet is the payer's")

    def test_a_stranger_sees_nothing(self):
        order = self.order()
        payment = self.begin(order)
        stranger = self.env["wechat.user"].create({"app_id": self.app.id, "openid": "o-stranger-0000000000000"})
        self.refused("order_unknown", self.begin, order, stranger)
        self.refused("payment_unknown", self.show, payment, stranger)
        self.refused("payment_unknown", self.cancel, payment, stranger)
        self.refused("payment_unknown", self.show, {"id": "ta000000000000"})

    def test_a_lost_notice_is_asked_for(self):
        order = self.order()
        payment = self.begin(order)
        self.control("faults", {"call": "notice", "fault": "never_sent", "times": None})
        self.pay_at_wechat(payment)
        tx = self.tx(payment)
        self.assertEqual(self.show(payment)["state"], "pending", "asked a moment ago")
        tx.wechatpay_asked_at -= timedelta(seconds=5)
        self.assertEqual(self.show(payment)["state"], "done")
        self.assertEqual(order.state, "paid")

    def test_wechat_does_not_answer(self):
        order, key = self.order(), str(uuid4())
        self.control("faults", {"call": "jsapi", "fault": "error_500_after"})
        refusal = self.refusal_of(self.begin, order, key=key)
        self.assertEqual((refusal.code, refusal.http_status), ("payment_uncertain", 503))
        self.assertEqual(self.begin(order, key=key)["state"], "pending")
        self.assertEqual(len(order._dining_transactions()), 1)

    def test_wechat_refuses(self):
        order = self.order()
        self.alice.openid = "not an openid of this app"
        self.assertEqual(self.refusal_of(self.begin, order).code, "payment_refused")
        self.assertEqual(order._dining_transactions().state, "error")

    # -- refused, and nothing changed ----------------------------------------------------
    def test_nothing_due(self):
        order = self.order()
        order.lines.discount = 100
        order.lines._compute_amount_line_all()
        order.lines.write({"price_subtotal": 0, "price_subtotal_incl": 0})
        self.refused("payment_nothing_due", self.begin, order)

    def test_order_that_has_ended(self):
        order = self.order()
        self.sync(self.paid_at_register(order, 88.0))
        self.refused("order_not_open", self.begin, order)

    def test_first_round_waits_for_the_staff(self):
        self.store.dining_confirm_first = True
        order = self.order()
        self.refused("round_waiting", self.begin, order)

    def test_store_that_takes_no_phone_payments(self):
        order = self.order()
        self.provider.state = "disabled"
        self.refused("payment_unavailable", self.begin, order)

    def test_user_of_another_mini_program(self):
        order = self.order()
        self.app.appid = "wxanother000000000"
        self.refused("payment_unavailable", self.begin, order)

    def test_tampered_price(self):
        order = self.order()
        order.write({"lines": [Command.update(order.lines.id, {"price_unit": 0.01, "price_subtotal_incl": 0.01})]})
        self.refused("order_price_changed", self.begin, order)

    def test_view_is_the_contract(self):
        payment = self.begin(self.order())
        self.assertEqual(set(payment), {"id", "order_id", "amount_fen", "state", "request"})
        self.assertEqual(set(payment["request"]), {"timeStamp", "nonceStr", "package", "signType", "paySign"})
        self.assertEqual(payments._view(self.env(su=True), self.tx(payment).id, self.bob.id)["request"], None)
