"""R2 and R3: what WeChat's bills of a day say, against our records and the books."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from odoo import fields
from odoo.addons.dining_rules.bills import Ours, Theirs, compare, sums
from odoo.addons.dining_rules.money import fen
from odoo.addons.payment_wechatpay.bill_lines import REFUND_CLOSED

from .posting import CHINA, day_of
from .reconciling import Difference

#: What a fund-flow bill's line must be for its money to be what guests paid, or got back.
MOVED = ("trade", "refund", "refund_back")


class Matched(NamedTuple):
    """Sums of a day in fen: what is expected, what the bill says, and of the first what is booked on another day."""

    expected_fen: int
    found_fen: int
    timing_fen: int
    differences: tuple[Difference, ...]


def providers_of(env, company):
    """The merchants that a company's guests pay."""
    return env["payment.provider"].search(
        [("code", "=", "wechatpay"), ("state", "in", ("enabled", "test")), ("company_id", "=", company.id)]
    )


def bills_of(env, company, day, kind):
    return env["wechatpay.bill"].search(
        [("provider_id", "in", providers_of(env, company).ids), ("day", "=", day), ("kind", "=", kind)]
    )


def match_trades(env, company, day):
    """R2: our payments and refunds against the trade bill."""
    bills = [bill._read_lines() for bill in bills_of(env, company, day, "trade")]
    lines = [line for bill in bills for line in bill.lines]
    theirs = [Theirs(line.own_number, 0 if line.refund_state == REFUND_CLOSED else line.signed_fen) for line in lines]
    theirs, transactions = _without_others(env, company, day, theirs)
    told = compare(day, _ours(transactions), theirs, _elsewhere(env, company, day))
    differences = _linked(told, transactions)
    return Matched(*sums(day, _ours(transactions), theirs), 0, (*differences, *_wrong_sums(bills)))


def match_funds(env, company, day):
    """R3: the fund-flow bill against the clearing account, and what was paid out against the bank."""
    bills = [bill._read_lines() for bill in bills_of(env, company, day, "flow")]
    lines = [line for bill in bills for line in bill.lines]
    theirs = [Theirs(line.number, line.gross_fen, line.kind) for line in lines if line.kind in MOVED]
    theirs, transactions = _without_others(env, company, day, theirs)
    ours = _ours(transactions)
    differences = _linked(compare(day, ours, theirs), transactions)
    counted = transactions.filtered(lambda tx: _is_done(tx) and _day(tx) == day)
    attached = {tx: _attached_fen(tx) for tx in counted}
    differences += _not_attached(attached)
    items_fen, explained_fen, by_hand = _clearing_items(env, company, day)
    timing_fen = sum(attached.values()) - explained_fen
    differences += [*by_hand, *_payouts(env, company, day, lines), *_wrong_sums(bills)]
    found_fen = sum(line.amount_fen for line in theirs)
    return Matched(items_fen + timing_fen, found_fen, timing_fen, tuple(differences))


def _linked(told, transactions):
    """Differences of `dining_rules.bills` with the transaction that each is about."""
    ids = {tx.reference: tx.id for tx in transactions}
    return [
        Difference(each.kind, None, None, each.expected_fen, each.found_fen, each.number, ids.get(each.number))
        for each in told
    ]


# -- our records ---------------------------------------------------------------------------


def _without_others(env, company, day, theirs):
    """The bill's lines without those of other companies at the same merchant, and our transactions: those that the
    bill names, and those of the day."""
    providers = providers_of(env, company)
    numbers = [line.number for line in theirs]
    since = datetime.combine(day, time(), CHINA).astimezone(UTC).replace(tzinfo=None)
    until = since + timedelta(days=1)
    model = env["payment.transaction"]
    transactions = model.search(
        [
            ("provider_id", "in", providers.ids),
            "|",
            ("reference", "in", numbers),
            "|",
            *("&", "&", ("operation", "!=", "refund"), "&"),
            *(("wechatpay_paid_at", ">=", since), ("wechatpay_paid_at", "<", until), ("state", "=", "done")),
            *("&", "&", ("operation", "=", "refund"), ("create_date", ">=", since), ("create_date", "<", until)),
        ]
    )
    unknown = set(numbers) - set(transactions.mapped("reference"))
    others = model.search([("reference", "in", list(unknown)), ("provider_id", "not in", providers.ids)])
    names = set(others.mapped("reference"))
    return [line for line in theirs if line.number not in names], transactions


def _ours(transactions):
    return [Ours(tx.reference, _signed_fen(tx), _is_done(tx), _day(tx)) for tx in transactions]


def _is_done(tx):
    """A refund leaves the merchant's account when WeChat accepts it."""
    return tx.state == "done" or bool(tx.operation == "refund" and tx.state == "pending" and tx.provider_reference)


def _day(tx):
    """The bill has a refund on the day on which it was asked for."""
    return day_of(tx.create_date if tx.operation == "refund" else tx.wechatpay_paid_at or tx.create_date)


def _signed_fen(tx):
    return -tx._wechatpay_fen() if tx.operation == "refund" else tx._wechatpay_fen()


def _elsewhere(env, company, day):
    """{number: day} in the bills of the days before and after."""
    found = {}
    for other in (fields.Date.add(day, days=-1), fields.Date.add(day, days=1)):
        for bill in bills_of(env, company, other, "trade"):
            found.update((line.own_number, other) for line in bill._read_lines().lines)
    return found


# -- the books -----------------------------------------------------------------------------


def _attached_fen(tx):
    """What of a transaction is a payment on an order or in a wallet, so that it is, or will be, in the books."""
    if tx.dining_topup_id:
        return _signed_fen(tx) if tx.dining_topup_id.state == "credited" else 0
    if tx.operation != "refund":
        return fen(tx.dining_payment_id.amount)
    payments = tx.env["pos.payment"].search([("payment_ref_no", "=", tx.reference), ("amount", "<", 0)])
    return sum(fen(payment.amount) for payment in payments if payment.payment_method_id.dining_is_wechat)


def _not_attached(attached):
    """Payments that, with their refunds of the day, are not what stands on orders and in wallets."""
    sums_by_source = defaultdict(lambda: [0, 0])
    for tx, amount in attached.items():
        pair = sums_by_source[tx.source_transaction_id or tx]
        pair[0] += amount
        pair[1] += _signed_fen(tx)
    return [
        Difference("not_attached", None, None, expected, found, tx.reference, tx.id)
        for tx, (expected, found) in sums_by_source.items()
        if expected != found
    ]


def _clearing_items(env, company, day):
    """(what the clearing account's items of the day come to, what payments explain of it, the rest as differences).

    Payouts, which have a reconciliation of their own, are not among them.
    """
    books = env["dining.books"]._of(company)
    methods = env["pos.payment.method"].search([("dining_provider_id", "in", providers_of(env, company).ids)])
    accounts = books.clearing_account_id | methods.outstanding_account_id
    env.flush_all()
    items = env["account.move.line"].search(
        [
            ("account_id", "in", accounts.ids),
            ("date", "=", day),
            ("parent_state", "=", "posted"),
            ("company_id", "=", company.id),
        ]
    )
    settlements = env["dining.settlement"].search([("company_id", "=", company.id)])
    items = items.filtered(lambda line: line.move_id not in (settlements.move_id | settlements.reversal_move_id))
    total = explained_total = 0
    differences = []
    for move, lines in items.grouped("move_id").items():
        amount, explained = sum(fen(line.balance) for line in lines), _explained_fen(move, accounts)
        total, explained_total = total + amount, explained_total + explained
        if amount != explained:
            differences.append(Difference("by_hand", None, None, explained, amount, move.name, None))
    return total, explained_total, differences


def _explained_fen(move, accounts):
    """What payments on orders and changes of wallets make this entry's items on the clearing account."""
    explained = 0
    for payment in move.origin_payment_id.filtered("pos_session_id"):
        own = payment.pos_session_id._get_closed_orders().payment_ids
        explained += sum(fen(each.amount) for each in own if each.payment_method_id == payment.pos_payment_method_id)
    for entry in move.env["dining.wallet.booking"].search([("move_id", "=", move.id)]).entry_id:
        if _has_payment(entry) and entry._dining_counter_account() in accounts:
            explained += entry._dining_paid_fen()
    return explained


def _has_payment(entry):
    """A top-up on the clearing account that nobody paid at WeChat is told."""
    return entry.kind in ("refund", "reversal") or (
        entry.kind == "topup" and bool(entry.env["dining.topup"].search([("entry_id", "=", entry.id)]).transaction_ids)
    )


def _payouts(env, company, day, lines):
    """What WeChat says it paid out, or moved for another reason, that the books do not."""
    booked = env["dining.settlement"].search(
        [("company_id", "=", company.id), ("day", "=", day), ("state", "=", "booked")]
    )
    booked_fen = sum(fen(each.net) for each in booked)
    paid = [line for line in lines if line.kind == "payout"]
    paid_fen = -sum(line.amount_fen for line in paid)
    if paid_fen != booked_fen:
        number = ", ".join(line.wechat_number for line in paid)
        yield Difference("payout", None, None, booked_fen, paid_fen, number, None)
    for line in lines:
        if line.kind not in (*MOVED, "fee", "payout"):
            yield Difference("other_flow", None, None, 0, line.amount_fen, line.wechat_number, None)


def _wrong_sums(bills):
    """One line for each sum of a bill that is not its lines'; a wrong count comes to nothing in money."""
    for bill in bills:
        for name, lines, summary in bill.wrong:
            if name == "count":
                yield Difference("summary", None, None, 0, 0, f"count {lines} / {summary}")
            else:
                yield Difference("summary", None, None, summary, lines, name)
