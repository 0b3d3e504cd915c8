"""R1: what members have in their wallets is what the books owe them, to the fen."""

from typing import NamedTuple

from .posting import post_entries

_WALLETS = """
SELECT m.partner_id, sum(w.principal_fen)::bigint AS wallets,
       coalesce(sum(e.principal), 0)::bigint AS ledger, coalesce(sum(e.booked), 0)::bigint AS booked
  FROM dining_wallet w
  JOIN dining_member m ON m.id = w.member_id
 CROSS JOIN LATERAL (
    SELECT sum(e.principal_fen) AS principal, sum(e.principal_fen) FILTER (WHERE b.id IS NOT NULL) AS booked
      FROM dining_wallet_entry e LEFT JOIN dining_wallet_booking b ON b.entry_id = e.id
     WHERE e.wallet_id = w.id) e
 WHERE w.company_id = %s GROUP BY m.partner_id
"""
_BOOKS = """
SELECT l.partner_id, -sum(round(l.balance * 100))::bigint AS fen
  FROM account_move_line l
 WHERE l.company_id = %s AND l.account_id IN %s AND l.parent_state = 'posted' GROUP BY l.partner_id
"""
# A spend that was returned before its order was settled needs no booking, nor does its return. `is_open`: it is on
# an order whose register has not been closed.
_UNBOOKED = """
WITH unbooked AS (
    SELECT e.id, e.kind, e.principal_fen, m.partner_id, coalesce(e.reverses_id, e.id) AS origin,
           EXISTS (SELECT FROM pos_payment p
                     JOIN pos_order o ON o.id = p.pos_order_id
                     LEFT JOIN pos_session s ON s.id = o.session_id
                    WHERE p.dining_wallet_entry_id = e.id AND s.state IS DISTINCT FROM 'closed') AS is_open
      FROM dining_wallet_entry e
      JOIN dining_wallet w ON w.id = e.wallet_id
      JOIN dining_member m ON m.id = w.member_id
      LEFT JOIN dining_wallet_booking b ON b.entry_id = e.id
     WHERE w.company_id = %s AND b.id IS NULL AND e.principal_fen != 0),
netted AS (
    SELECT *, sum(principal_fen) FILTER (WHERE NOT is_open) OVER (PARTITION BY origin) AS net FROM unbooked)
SELECT id, kind, principal_fen, partner_id, is_open FROM netted WHERE is_open OR net != 0 ORDER BY id
"""
_NO_ORDER = ("spend", "return")


class Difference(NamedTuple):
    """What does not agree; `kind` as `dining.reconciliation.line` has it.

    `number` is that of a payment, an entry or a sum of a bill.
    """

    kind: str
    partner_id: int | None
    entry_id: int | None
    expected_fen: int
    found_fen: int
    number: str | None = None
    transaction_id: int | None = None


class Found(NamedTuple):
    """The sums of a company, in fen: in wallets, of it spent in open registers, and owed by the books."""

    wallets_fen: int
    open_fen: int
    books_fen: int
    differences: tuple[Difference, ...]

    @property
    def difference_fen(self):
        return self.books_fen - (self.wallets_fen - self.open_fen)


def reconcile(env, company):
    """Book what is not booked yet, then compare.

    Every fen of a difference is told by at least one `Difference`.
    """
    post_entries(env, company)
    env.flush_all()
    books = env["dining.books"]._of(company)
    cr = env.cr
    cr.execute(_WALLETS, (company.id,))
    wallets = {row["partner_id"]: row for row in cr.dictfetchall()}
    accounts = tuple((books.liability_account_id | books.deferred_vat_account_id).ids)
    cr.execute(_BOOKS, (company.id, accounts))
    owed = dict(cr.fetchall())
    cr.execute(_UNBOOKED, (company.id,))
    unbooked = cr.dictfetchall()
    return Found(
        sum(row["wallets"] for row in wallets.values()),
        sum(row["principal_fen"] for row in unbooked if row["is_open"]),
        sum(owed.values()),
        (*_of_members(wallets, owed), *_of_entries(unbooked)),
    )


def _of_members(wallets, owed):
    for partner_id in sorted({*wallets, *owed}, key=lambda key: key or 0):
        row = wallets.get(partner_id) or {"wallets": 0, "ledger": 0, "booked": 0}
        if row["wallets"] != row["ledger"]:
            yield Difference("wallet", partner_id, None, row["ledger"], row["wallets"])
        if row["booked"] != owed.get(partner_id, 0):
            yield Difference("books", partner_id, None, row["booked"], owed.get(partner_id, 0))


def _of_entries(unbooked):
    for row in unbooked:
        if not row["is_open"]:
            kind = "no_order" if row["kind"] in _NO_ORDER else "unbooked"
            yield Difference(kind, row["partner_id"], row["id"], row["principal_fen"], 0)
