"""The one door that changes a wallet: locked, checked, written with its entry and its digest.

Three statements a change: the wallet is locked, its lots are read as they are under the lock, and wallet, lots and
entry are written together. Whoever repeats a key gets the entry that it wrote.
"""

from dataclasses import astuple, replace
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import NamedTuple

from odoo import SUPERUSER_ID, fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_base.sql import execute_together, insertion
from odoo.addons.dining_rules import stored_value
from odoo.addons.dining_rules.ledger import Entry, digest_of
from odoo.addons.dining_rules.money import tax_in
from odoo.addons.dining_rules.stored_value import Lot, Share
from psycopg2.extras import Json

from ..models.dining_wallet_lot import TERMS, terms_text

#: A clock that was set back by less than this dates an entry as the one before it; by more, nothing is written.
CLOCK_SLACK = timedelta(seconds=5)

_LOCK = """
SELECT w.id, w.uuid, w.state, w.principal_fen, w.bonus_fen, w.held_fen, w.sequence, w.last_digest, w.last_at,
       c.dining_wallet_policy AS policy, (c.dining_wallet_max * 100)::int AS most_fen,
       c.dining_wallet_vat_permille AS vat_permille, c.dining_wallet_invoice_policy AS invoice_policy,
       c.dining_wallet_cooling_off_days AS cooling_off_days
  FROM dining_wallet w JOIN res_company c ON c.id = w.company_id
 WHERE w.id = %s FOR UPDATE OF w
"""
_UNDER_LOCK = """
SELECT (SELECT jsonb_agg(jsonb_build_array(id, principal_fen, bonus_fen, principal_left_fen, bonus_left_fen,
                                            vat_permille) ORDER BY id)
          FROM dining_wallet_lot WHERE wallet_id = %(wallet_id)s) AS lots,
       (SELECT array_agg(lot_id) FROM dining_wallet_hold
         WHERE wallet_id = %(wallet_id)s AND state = 'open' AND lot_id IS NOT NULL) AS reserved,
       (SELECT jsonb_build_object('id', id, 'kind', kind, 'principal_fen', principal_fen, 'bonus_fen', bonus_fen,
                                  'source', source, 'shares', shares)
          FROM dining_wallet_entry WHERE wallet_id = %(wallet_id)s AND key = %(key)s) AS written
"""
_SPEND_LEFT = """
SELECT e.sequence, e.shares AS taken, coalesce(jsonb_agg(r.shares) FILTER (WHERE r.id IS NOT NULL), '[]') AS returned
  FROM dining_wallet_entry e LEFT JOIN dining_wallet_entry r ON r.reverses_id = e.id
 WHERE e.wallet_id = %s AND e.id = %s AND e.kind = 'spend' GROUP BY e.id
"""
_REVERSIBLE = """
SELECT e.sequence, e.shares, (SELECT id FROM dining_wallet_entry WHERE reverses_id = e.id) AS reversed_by
  FROM dining_wallet_entry e WHERE e.wallet_id = %s AND e.id = %s AND e.kind IN ('topup', 'refund')
"""


class Written(NamedTuple):
    """An entry as it was written; `shares` are changes of the lots, negative where they were taken."""

    id: int
    kind: str
    principal_fen: int
    bonus_fen: int
    shares: tuple[Share, ...]


class Account:
    """A wallet that nobody else changes until the transaction ends.

    :param key: the client's or WeChat's name of what is about to be done, unique in the wallet
    :param source: what causes it, such as an order's receipt number
    :raises Refused: wallet_unknown
    """

    def __init__(self, env, wallet_id, *, key, source):
        self.env = env
        self.cr = env.cr
        self.key = key
        self.source = source
        self.now = fields.Datetime.now()
        env.flush_all()
        self.cr.execute(_LOCK, (wallet_id,))
        self.wallet = self.cr.dictfetchone()
        if not self.wallet:
            raise Refused("wallet_unknown")
        self.cr.execute(_UNDER_LOCK, {"wallet_id": wallet_id, "key": key})
        lots, reserved, written = self.cr.fetchone()
        #: Lots that are being refunded: no spend takes anything of them.
        self.reserved = frozenset(reserved or ())
        self.lots = [Lot(i, p, b, p - pl, b - bl, vat) for i, p, b, pl, bl, vat in lots or []]
        self.written = written and Written(
            **{name: written[name] for name in ("id", "kind", "principal_fen", "bonus_fen")},
            shares=tuple(Share(*share) for share in written["shares"]),
        )
        self._source_written = written and written["source"]

    @property
    def available_fen(self):
        wallet = self.wallet
        return wallet["principal_fen"] + wallet["bonus_fen"] - wallet["held_fen"]

    # -- money in and out ------------------------------------------------------

    def top_up(self, principal_fen, bonus_fen, reason, offer=""):
        """Add a lot, at the company's terms of today.

        :param offer: what was chosen, in words
        :raises Refused: wallet_amount, wallet_full, wallet_closed, wallet_clock, idempotency_key_reused
        """
        check_amount(principal_fen)
        if type(bonus_fen) is not int or bonus_fen < 0:
            raise Refused("wallet_amount")
        if self.repeated("topup", changes=(principal_fen, bonus_fen)):
            return self.written
        self.check_open()
        wallet = self.wallet
        if wallet["principal_fen"] + principal_fen > wallet["most_fen"]:
            raise Refused("wallet_full", max_fen=wallet["most_fen"])
        self.cr.execute("SELECT nextval('dining_wallet_lot_id_seq')")
        terms = {name: offer if name == "offer" else wallet[name] for name in TERMS}
        lot = {
            "id": self.cr.fetchone()[0],
            "wallet_id": wallet["id"],
            "bought_at": self._moment(),
            "principal_fen": principal_fen,
            "bonus_fen": bonus_fen,
            "principal_left_fen": principal_fen,
            "bonus_left_fen": bonus_fen,
            "is_closed": False,
            **terms,
        }
        share = Share(lot["id"], principal_fen, bonus_fen, tax_in(principal_fen, wallet["vat_permille"]))
        new_lot = insertion("dining_wallet_lot", [lot])
        return self._write("topup", (share,), reason, new_lot=new_lot, terms=terms_text(terms))

    def spend(self, amount_fen, reason):
        """Take an amount, of each lot as the company's policy says.

        :raises Refused: wallet_amount, wallet_too_little, wallet_closed, wallet_clock, idempotency_key_reused
        """
        check_amount(amount_fen)
        if self.repeated("spend", amount_fen=-amount_fen):
            return self.written
        self.check_available(amount_fen)
        free = [lot for lot in self.lots if lot.id not in self.reserved]
        taken = stored_value.spend(free, amount_fen, self.wallet["policy"])
        return self._write("spend", self._changes(_negative(share) for share in taken), reason)

    def give_back(self, entry_id, amount_fen, reason):
        """Return an amount of a spend to the lots that it came from.

        :raises Refused: wallet_amount, wallet_entry_unknown, wallet_returned (more than is still spent),
            wallet_clock, idempotency_key_reused
        """
        check_amount(amount_fen)
        if self.repeated("return", amount_fen=amount_fen):
            return self.written
        self.cr.execute(_SPEND_LEFT, (self.wallet["id"], entry_id))
        row = self.cr.fetchone()
        if not row:
            raise Refused("wallet_entry_unknown")
        sequence, *changes = row
        spent = _still_spent(*changes)
        left = sum(share.amount_fen for share in spent)
        if amount_fen > left:
            raise Refused("wallet_returned", max_fen=left)
        back = stored_value.give_back(self.lots, spent, amount_fen)
        return self._write("return", self._changes(back), reason, reverses=(entry_id, sequence))

    def refund(self, lot_id, bought, today, reason, *, diners_fault=False):
        """Close a lot at once; what it comes to is paid to the member by the caller. Where that takes time,
        `services.refunds` sets the lot aside first.

        :return: (Written, dining_rules.stored_value.Refund)
        :raises Refused: wallet_lot_unknown, wallet_held, balance_refund_open, wallet_clock, idempotency_key_reused
        """
        lot = next((lot for lot in self.lots if lot.id == lot_id), None)
        if not lot:
            raise Refused("wallet_lot_unknown")
        if self.written:
            if self.written.kind != "refund" or [share.lot_id for share in self.written.shares] != [lot_id]:
                raise Refused("idempotency_key_reused")
            [share] = self.written.shares
            lot = lot.after(share)
        due = stored_value.refund(lot, bought, today, diners_fault=diners_fault)
        if self.written:
            return self.written, due
        self.check_refundable(lot)
        return self.take_refund(lot_id, due.principal_fen, due.bonus_fen, reason), due

    def take_refund(self, lot_id, principal_fen, bonus_fen, reason):
        """Write that so much has left a lot for good; the caller has checked that it may."""
        share = Share(lot_id, -principal_fen, -bonus_fen)
        return self._write("refund", self._changes([share]), reason)

    def reverse(self, entry_id, reason):
        """Take back a top-up of which nothing was spent, or a refund: a further entry, which names the one it reverses.

        :raises Refused: wallet_entry_unknown (or neither of both, or reversed before), wallet_spent, wallet_held,
            balance_refund_open, wallet_clock, idempotency_key_reused
        """
        self.cr.execute(_REVERSIBLE, (self.wallet["id"], entry_id))
        row = self.cr.fetchone()
        if not row:
            raise Refused("wallet_entry_unknown")
        sequence, taken, reversed_by = row
        if self.written and self.written.id == reversed_by:
            return self.written
        if self.written:
            raise Refused("idempotency_key_reused")
        if reversed_by:
            raise Refused("wallet_entry_unknown")
        shares = tuple(_negative(Share(*share)) for share in taken)
        lots = {lot.id: lot for lot in self.lots}
        if any(lots[share.lot_id].left_fen + share.amount_fen < 0 for share in shares):
            raise Refused("wallet_spent")
        if any(share.lot_id in self.reserved and share.amount_fen < 0 for share in shares):
            raise Refused("balance_refund_open")
        if -sum(share.amount_fen for share in shares) > self.available_fen:
            raise Refused("wallet_held", held_fen=self.wallet["held_fen"])
        return self._write("reversal", shares, reason, reverses=(entry_id, sequence))

    def set_held(self, change_fen):
        """Set aside so much more, or free it where it is negative."""
        self.cr.execute(
            "UPDATE dining_wallet SET held_fen = held_fen + %s WHERE id = %s", (change_fen, self.wallet["id"])
        )
        self.wallet["held_fen"] += change_fen
        self.env["dining.wallet"].invalidate_model(flush=False)

    # -- what must hold ----------------------------------------------------------

    def repeated(self, kind, changes=None, amount_fen=None):
        """Whether this key has written this very entry.

        :raises Refused: idempotency_key_reused, where it has written another
        """
        if not self.written:
            return False
        told = (self.written.principal_fen, self.written.bonus_fen)
        same = told == changes if changes else sum(told) == amount_fen
        if self.written.kind != kind or self._source_written != self.source or not same:
            raise Refused("idempotency_key_reused")
        return True

    def check_open(self):
        if self.wallet["state"] != "open":
            raise Refused("wallet_closed")

    def check_refundable(self, lot):
        """:raises Refused: wallet_lot_unknown, balance_refund_open, wallet_held"""
        if not lot.left_fen:
            raise Refused("wallet_lot_unknown")
        if lot.id in self.reserved:
            raise Refused("balance_refund_open")
        if lot.left_fen > self.available_fen:
            raise Refused("wallet_held", held_fen=self.wallet["held_fen"])

    def check_available(self, amount_fen):
        self.check_open()
        if amount_fen > self.available_fen:
            raise Refused("wallet_too_little", available_fen=self.available_fen)

    # -- writing -----------------------------------------------------------------

    def _changes(self, shares):
        """Changes of lots, negative where they are taken, with the VAT within each."""
        lots = {lot.id: lot for lot in self.lots}
        return tuple(_negative(stored_value.with_vat(lots[share.lot_id], _negative(share))) for share in shares)

    def _write(self, kind, shares, reason, *, new_lot=None, terms="", reverses=(None, None)):
        entry = self._entry(kind, shares, reason, terms, reverses[1])
        row = {
            **{name: getattr(entry, name) for name in _OF_THE_ENTRY},
            "wallet_id": self.wallet["id"],
            "reverses_id": reverses[0],
            "shares": Json(entry.shares),
            # Not the superuser that a phone's request runs as: each entry would lock that one row.
            "user_id": None if self.env.uid == SUPERUSER_ID else self.env.uid,
        }
        text, values = insertion("dining_wallet_entry", [row])
        changes = [self._wallet_update(entry), new_lot or _lots_update(shares, kind), (f"{text} RETURNING id", values)]
        execute_together(self.cr, changes)
        [entry_id] = self.cr.fetchone()
        for name in ("dining.wallet", "dining.wallet.lot"):
            self.env[name].invalidate_model(flush=False)
        self.written = Written(entry_id, kind, entry.principal_fen, entry.bonus_fen, tuple(shares))
        self._source_written = self.source
        return self.written

    def _entry(self, kind, shares, reason, terms, reverses):
        wallet, shares = self.wallet, tuple(map(astuple, shares))
        principal, bonus = (sum(share[part] for share in shares) for part in (1, 2))
        entry = Entry(
            account=wallet["uuid"],
            sequence=wallet["sequence"] + 1,
            at=self._moment(),
            kind=kind,
            principal_fen=principal,
            bonus_fen=bonus,
            principal_after_fen=wallet["principal_fen"] + principal,
            bonus_after_fen=wallet["bonus_fen"] + bonus,
            reason=reason,
            source=self.source,
            key=self.key,
            shares=shares,
            terms=terms,
            reverses=reverses,
            previous=wallet["last_digest"],
        )
        return replace(entry, digest=digest_of(entry))

    def _moment(self):
        last = self.wallet["last_at"]
        if last and self.now < last - CLOCK_SLACK:
            raise Refused("wallet_clock")
        return max(self.now, last or self.now)

    def _wallet_update(self, entry):
        told = {
            "principal_fen": entry.principal_after_fen,
            "bonus_fen": entry.bonus_after_fen,
            "sequence": entry.sequence,
            "last_digest": entry.digest,
            "last_at": entry.at,
        }
        self.wallet.update(told)
        names = ", ".join(f"{name} = %s" for name in told)
        return f"UPDATE dining_wallet SET {names} WHERE id = %s", [*told.values(), self.wallet["id"]]  # noqa: S608


#: Fields of `dining_rules.ledger.Entry` that are columns.
_OF_THE_ENTRY = tuple(
    field.name for field in dataclass_fields(Entry) if field.name not in ("account", "reverses", "shares")
)


def check_amount(amount_fen):
    """:raises Refused: wallet_amount, where it is no positive whole number of fen"""
    if type(amount_fen) is not int or amount_fen <= 0:
        raise Refused("wallet_amount")


def _lots_update(shares, kind):
    rows = ", ".join(["(%s, %s, %s)"] * len(shares))
    text = (
        "UPDATE dining_wallet_lot l SET principal_left_fen = l.principal_left_fen + v.principal,"  # noqa: S608
        " bonus_left_fen = l.bonus_left_fen + v.bonus,"
        " is_closed = %s AND l.principal_left_fen + l.bonus_left_fen + v.principal + v.bonus = 0"
        f" FROM (VALUES {rows}) AS v (id, principal, bonus) WHERE l.id = v.id"
    )
    return text, [kind == "refund", *(value for share in shares for value in astuple(share)[:3])]


def _negative(share):
    return Share(share.lot_id, -share.principal_fen, -share.bonus_fen, -share.vat_fen)


def _still_spent(taken, returned):
    """A spend's shares, positive, less what was returned of each."""
    left = {lot_id: [-principal, -bonus] for lot_id, principal, bonus, _vat in taken}
    for lot_id, principal, bonus, _vat in (share for shares in returned for share in shares):
        left[lot_id][0] -= principal
        left[lot_id][1] -= bonus
    return [Share(lot_id, *parts) for lot_id, parts in left.items()]
