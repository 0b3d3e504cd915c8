"""Wallet entries as journal items: those of a register session in its own entry, the others in one a day."""

from collections import defaultdict
from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.addons.dining_rules.bookkeeping import COUNTER, DEFERRED_VAT, LIABILITY, stored_value
from odoo.addons.dining_rules.money import yuan

#: A day is China's, wherever the server stands and whoever books.
CHINA = ZoneInfo("Asia/Shanghai")
_WAITING = """
SELECT e.id FROM dining_wallet_entry e
  JOIN dining_wallet w ON w.id = e.wallet_id
  LEFT JOIN dining_wallet_booking b ON b.entry_id = e.id
 WHERE w.company_id = %s AND b.id IS NULL AND e.kind IN ('topup', 'refund', 'reversal') AND e.at <= %s
 ORDER BY e.id
"""


def post_entries(env, company, until=None):
    """Book every top-up, refund of a balance and reversal that is not booked yet, one journal entry a day.

    Those who do so at once wait for each other: each entry is booked once.

    :param until: Datetime in UTC; None for now
    :return: the account.move records, posted
    """
    books = env["dining.books"]._of(company)
    # The first to write goes first; a second one begins anew with what that one left.
    books.posted_at = until = until or fields.Datetime.now()
    env.flush_all()
    env.cr.execute(_WAITING, (company.id, until))
    entries = books.env["dining.wallet.entry"].browse(row[0] for row in env.cr.fetchall())
    days = entries.grouped(lambda entry: day_of(entry.at))
    return env["account.move"].union(*(_post_day(books, day, days[day]) for day in sorted(days)))


def day_of(at):
    """The day, in China, of a moment in UTC."""
    return at.replace(tzinfo=UTC).astimezone(CHINA).date()


def _post_day(books, day, entries):
    told = {entry: entry._dining_entry() for entry in entries}
    told = {entry: amounts for entry, amounts in told.items() if amounts}
    if not told:
        return books.env["account.move"]
    company = books.company_id
    words = books.with_context(lang=company.partner_id.lang or books.env.lang).env
    move = books.env["account.move"].create(
        {
            "journal_id": books.journal_id.id,
            "date": _open_day(books, day),
            "ref": words._("Stored value of %s", day),
        }
    )
    lines = _Lines(move)
    for entry, amounts in told.items():
        lines.add(entry, amounts, books)
    lines.write_all()
    move.action_post()
    return move


def _open_day(books, day):
    """The day itself, or the first that is not locked."""
    locks = books.company_id._get_violated_lock_dates(day, True, books.journal_id)
    return fields.Date.add(max(lock[0] for lock in locks), days=1) if locks else day


class _Lines:
    """The items of several wallet entries in one journal entry, and the links to them."""

    def __init__(self, move):
        self._move, self._env = move, move.env
        self._values, self._places = [], defaultdict(dict)

    def add(self, entry, amounts, books):
        for role, amount in amounts.items():
            account = entry._dining_counter_account() if role == COUNTER else books._account(role)
            self._places[entry][role] = len(self._values)
            name = f"{entry.reason} {entry.source}"
            self._values.append(item(self._move, account, amount, entry.member_id.partner_id, name))

    def write_all(self):
        # Nothing here is an invoice, whose items Odoo would keep in step with each other.
        lines = self._env["account.move.line"].with_context(skip_invoice_sync=True).create(self._values)
        link(
            self._move,
            {entry: {role: lines[place] for role, place in own.items()} for entry, own in self._places.items()},
        )


def item(move, account, amount_fen, partner, name):
    """Values of a journal item; debits are positive."""
    return {
        "move_id": move.id,
        "account_id": account.id,
        "partner_id": partner.id,
        "name": name,
        "currency_id": move.company_id.currency_id.id,
        "amount_currency": yuan(amount_fen),
        "balance": yuan(amount_fen),
    }


def spent_by_partner(entries):
    """{res.partner: {role: fen}} of what left wallets, or came back to them, on orders."""
    return {
        partner: stored_value(sum(own.mapped("principal_fen")), sum(entry._dining_vat_fen() for entry in own))
        for partner, own in entries.sorted("id").grouped(lambda entry: entry.member_id.partner_id).items()
    }


def spent_items(books, move, entries, name):
    """Values of the items of what was spent, for each member of the liability and of the deferred VAT."""
    return [
        item(move, books._account(role), amount, partner, name)
        for partner, amounts in spent_by_partner(entries).items()
        for role, amount in amounts.items()
    ]


def link_spent(books, move, entries, lines):
    """Keep where each of the entries stands among `lines`."""
    by_partner = lines.grouped(lambda line: (line.partner_id, line.account_id))
    link(
        move,
        {
            entry: {
                role: by_partner.get((entry.member_id.partner_id, books._account(role)), lines.browse())
                for role in (LIABILITY, DEFERRED_VAT)
            }
            for entry in entries
        },
    )


def link(move, places):
    """:param places: {dining.wallet.entry: {role: account.move.line}}"""
    nothing = move.env["account.move.line"]
    move.env["dining.wallet.booking"].sudo().create(  # sudo: the links are the server's alone
        [
            {
                "entry_id": entry.id,
                "company_id": move.company_id.id,
                "move_id": move.id,
                "liability_line_id": lines.get(LIABILITY, nothing).id,
                "vat_line_id": lines.get(DEFERRED_VAT, nothing).id,
            }
            for entry, lines in places.items()
        ]
    )
