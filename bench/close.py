"""Closing a register session of 1,000 orders, 30 % of them paid with stored value, against the stock way.

Ours: what members paid is in the session's own entry, two items a member; here every payment is another member's. The
stock way is a payment method with a bank journal that identifies the customer: an entry for each payment, reconciled by
itself. Both close orders of four lines with the rest paid in cash, in the same database, one after the other; the stock
one has 100 orders, for it takes that long. Afterwards wallets and books are compared to the fen.

Usage: ./manage bench close [--json] [--orders N] [--stock-orders N]
"""

import argparse
import json
import os
import sys
import time
from uuid import uuid4

from support import machine, report
from support.database import environment
from support.stores import Restaurant

WALLET_SHARE = 0.3
DISHES = 60
LINES = 4
MEMBERS = 300
PRINCIPAL_FEN, BONUS_FEN = 400_000, 40_000


class Evening:
    """Two stores of one company: ours takes stored value from wallets, the other as a stock payment method."""

    def __init__(self, env):
        self.restaurant = restaurant = Restaurant(env, DISHES)
        self.env, self.company = restaurant.env, restaurant.company
        self.ours, self.stock = restaurant.ours, restaurant._make_store("Stock")
        self.books = self.env["dining.books"]._of(self.company)
        taxes = restaurant.tax.invoice_repartition_line_ids + restaurant.tax.refund_repartition_line_ids
        taxes.filtered(lambda line: line.repartition_type == "tax").account_id = self.books.output_vat_account_id
        self.ours.current_session_id.close_session_from_ui()
        self.ours._dining_accept_wallet()
        self.warm = restaurant._make_store("Warm-up", is_dining=True)
        self.warm._dining_accept_wallet()
        self.stock_method = self._make_stock_method()
        self.stock.payment_method_ids += self.stock_method
        for store in (self.ours, self.stock, self.warm):
            restaurant._open(store)
        self.wallets = self._make_wallets()

    def _make_stock_method(self):
        journal = self.env["account.journal"].create(
            {"name": "Stock", "code": "STK", "type": "bank", "company_id": self.company.id}
        )
        account = self.books.liability_account_id.copy({"name": "Stored value, stock"})
        return self.env["pos.payment.method"].create(
            {
                "name": "Stored value, stock",
                "company_id": self.company.id,
                "journal_id": journal.id,
                "split_transactions": True,
                "outstanding_account_id": account.id,
            }
        )

    def _make_wallets(self):
        from odoo.addons.dining_wallet.services.account import Account

        env = self.env
        partners = env["res.partner"].create([{"name": f"Bench {number:04d}"} for number in range(MEMBERS)])
        members = env["dining.member"].create(
            [{"partner_id": partner.id, "company_id": self.company.id} for partner in partners]
        )
        wallets = [env["dining.wallet"]._of(member) for member in members]
        for wallet in wallets:
            Account(env, wallet.id, key="topup", source="bench").top_up(PRINCIPAL_FEN, BONUS_FEN, "bench")
        return wallets

    # -- orders -----------------------------------------------------------------------

    def fill(self, store, count, pay_with_stored_value):
        """So many paid orders in the store's session; every third or so with stored value."""
        for number in range(count):
            order = self._order(store, number)
            if int((number + 1) * WALLET_SHARE) > int(number * WALLET_SHARE):
                pay_with_stored_value(order, number)
            else:
                self._pay(order, store.payment_method_ids.filtered("is_cash_count"))
            if (number + 1) % 100 == 0:
                self.env.flush_all()
                self.env.invalidate_all()
                print(f"{store.name}: {number + 1} of {count} orders", file=sys.stderr, flush=True)

    def pay_by_wallet(self, order, number):
        order._dining_pay_by_wallet(self.wallets[int(number * WALLET_SHARE) % MEMBERS], str(uuid4()))

    def pay_the_stock_way(self, order, number):
        order.partner_id = self.wallets[int(number * WALLET_SHARE) % MEMBERS].member_id.partner_id
        self._pay(order, self.stock_method)

    def _order(self, store, number):
        session = store.current_session_id
        lines = [self._line(number * LINES + place) for place in range(LINES)]
        gross, net = (sum(line[name] for line in lines) for name in ("price_subtotal_incl", "price_subtotal"))
        return self.env["pos.order"].create(
            {
                "session_id": session.id,
                "company_id": self.company.id,
                "lines": [(0, 0, line) for line in lines],
                "amount_total": gross,
                "amount_tax": round(gross - net, 2),
                "amount_paid": 0,
                "amount_return": 0,
            }
        )

    def _line(self, number):
        dish = self.restaurant.dishes[number % DISHES]
        amounts = self.restaurant.tax.compute_all(dish.list_price, self.company.currency_id)
        return {
            "product_id": dish.product_variant_id.id,
            "full_product_name": dish.name,
            "qty": 1,
            "price_unit": dish.list_price,
            "tax_ids": [(6, 0, self.restaurant.tax.ids)],
            "price_subtotal": amounts["total_excluded"],
            "price_subtotal_incl": amounts["total_included"],
        }

    def _pay(self, order, method):
        order.add_payment({"pos_order_id": order.id, "amount": order.amount_total, "payment_method_id": method.id})
        order.action_pos_order_paid()

    # -- the close ----------------------------------------------------------------------

    def close(self, store):
        """Close the store's session; what it took and what it wrote."""
        session = store.current_session_id
        in_cash = session.order_ids.payment_ids.filtered(lambda payment: payment.payment_method_id.is_cash_count)
        session.post_closing_cash_details(sum(in_cash.mapped("amount")))
        session.update_closing_control_state_session("")
        self.env.flush_all()
        self.env.invalidate_all()
        before, began, spent = self.env.cr.sql_log_count, time.monotonic(), time.process_time()
        answer = session.close_session_from_ui()
        self.env.flush_all()
        seconds, statements = time.monotonic() - began, self.env.cr.sql_log_count - before
        processor = time.process_time() - spent
        if not answer.get("successful"):
            raise RuntimeError(answer)
        moves = session._get_related_account_moves()
        return {
            "orders": len(session.order_ids),
            "seconds": seconds,
            "python_cpu_seconds": processor,
            "sql": statements,
            "journal_items": len(moves.line_ids),
            "journal_entries": len(moves),
        }


def measure(env, args):
    evening = Evening(env)
    evening.fill(evening.ours, args.orders, evening.pay_by_wallet)
    evening.fill(evening.stock, args.stock_orders, evening.pay_the_stock_way)
    began = time.monotonic()
    evening.books._post_all()
    env.flush_all()
    booking = time.monotonic() - began
    # A small close of ours first: what the first one of a process loads is neither's.
    evening.fill(evening.warm, 10, evening.pay_by_wallet)
    evening.close(evening.warm)
    stock, ours = evening.close(evening.stock), evening.close(evening.ours)
    differences = len(env["dining.reconciliation"]._reconcile(evening.company).line_ids)
    return {**ours, "topups_booked": MEMBERS, "topups_seconds": booking, "stock": stock, "differences": differences}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--orders", type=int, default=1_000)
    parser.add_argument("--stock-orders", type=int, default=100)
    return parser.parse_args()


def main():
    args, stack = arguments(), json.loads(os.environ["DIANCAN_STACK"])
    with environment(stack) as env:
        words = machine.describe(env)
        figures = {**measure(env, args), "machine": words, "load after": f"{os.getloadavg()[0]:.1f}"}
    report.tell(figures, list(lines_of(figures)), args.json)


def lines_of(figures):
    """The page for a person."""
    for name, told in (("ours", figures), ("the stock way", figures["stock"])):
        yield (
            f"{name:<14}{told['orders']:>6} orders {told['seconds']:6.2f} s ({told['python_cpu_seconds']:.2f} CPU)"
            f" {told['sql']:>6} statements {told['journal_items']:>5} items in {told['journal_entries']} entries"
        )
    yield f"{figures['topups_booked']} top-ups booked in {figures['topups_seconds']:.2f} s"
    yield f"{figures['differences']} differences between wallets and books"
    yield from (f"{what}: {how}" for what, how in figures["machine"].items())


if __name__ == "__main__":
    main()
