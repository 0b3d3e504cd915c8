"""Anything that can happen to two wallets, in any order and number, with crashes in between.

`./manage test --seeds 500` looks at so many other lives.
"""

import os
from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from odoo import fields
from odoo.addons.dining_base.errors import Refused
from odoo.addons.dining_rules.money import tax_in
from odoo.addons.dining_wallet.services import account as account_module
from odoo.addons.dining_wallet.services import holds, refunds
from odoo.addons.dining_wallet.services.account import Account
from odoo.tests import tagged

from .common import WalletCase
from .crashes import Crash, dying

#: How many lives; where somebody says, other ones each time.
SEEDS = os.environ.get("DINING_SEEDS")
WALLETS = st.sampled_from([0, 1])
AMOUNTS = st.one_of(st.integers(1, 30_000), st.sampled_from([1, 3, 333, 11_000]))
#: A statement of a step at which the process dies; mostly it does not.
CRASHES = st.sampled_from([None] * 6 + [1, 2, 3, 4])


class Life(RuleBasedStateMachine):
    """`told` is what each step answered, by (wallet, key); the ledger is held against the sum of these."""

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint(flush=False)
        self.wallets = [self.case.another_wallet(), self.case.another_wallet()]
        self.now = fields.Datetime.now()
        self.told = {}
        self.held = {}
        self.reserved = {}
        self.number = 0

    def teardown(self):
        self.savepoint.close(rollback=True)
        self.case.env.invalidate_all()

    # -- steps ---------------------------------------------------------------------
    def step(self, index, crash, act, key=None):
        """Run a step as one transaction; where the process dies in it, it is sent again with the same key.

        :param act: function(Account) → dining_wallet.services.account.Written
        :return: what it answered; None where it was refused, and nothing has changed
        """
        self.number += 1
        key = key or f"key-{self.number}"
        with suppress(Crash):
            return self.transaction(index, key, act, crash)
        return self.transaction(index, key, act, None)

    def transaction(self, index, key, act, crash):
        wallet, before = self.wallets[index], self.facts()
        try:
            with self.case.env.cr.savepoint(), dying(self.case.env.cr, crash):
                account = Account(self.case.env, wallet.id, key=key, source="MACHINE")
                answer = act(account)
        except (Refused, Crash) as ended:
            self.case.env.invalidate_all()
            assert self.facts() == before, f"{ended!r} changed something"
            if isinstance(ended, Crash):
                raise
            return None
        if answer is not None:
            first = self.told.setdefault((index, key), answer)
            assert answer == first, "a repeat was answered otherwise"
        return answer

    @rule(index=WALLETS, principal=AMOUNTS, bonus=st.integers(0, 5_000), crash=CRASHES)
    def top_up(self, index, principal, bonus, crash):
        answer = self.step(index, crash, lambda account: account.top_up(principal, bonus, "充值"))
        assert answer is None or (answer.principal_fen, answer.bonus_fen) == (principal, bonus)

    @rule(index=WALLETS, amount=AMOUNTS, crash=CRASHES)
    def spend(self, index, amount, crash):
        free = self.free(index)
        answer = self.step(index, crash, lambda account: account.spend(amount, "消费"))
        assert (answer is not None) == (amount <= free)
        assert answer is None or answer.principal_fen + answer.bonus_fen == -amount

    @rule(index=WALLETS, crash=CRASHES)
    def spend_all(self, index, crash):
        free = self.free(index)
        if free:
            assert self.step(index, crash, lambda account: account.spend(free, "消费"))

    @rule(index=WALLETS, data=st.data(), crash=CRASHES)
    def send_again(self, index, data, crash):
        mine = [key for (of, key), answer in self.told.items() if of == index and answer.kind in ("topup", "spend")]
        if not mine:
            return
        key = data.draw(st.sampled_from(mine))
        answer = self.told[index, key]
        if answer.kind == "topup":
            act = lambda account: account.top_up(answer.principal_fen, answer.bonus_fen, "充值")  # noqa: E731
        else:
            act = lambda account: account.spend(-answer.principal_fen - answer.bonus_fen, "消费")  # noqa: E731
        before = self.facts()
        self.step(index, crash, act, key=key)
        assert self.facts() == before, "a repeat changed something"

    @rule(index=WALLETS, data=st.data(), amount=AMOUNTS, crash=CRASHES)
    def give_back(self, index, data, amount, crash):
        spends = [answer for (of, _key), answer in self.told.items() if of == index and answer.kind == "spend"]
        if spends:
            entry = data.draw(st.sampled_from(spends))
            self.step(index, crash, lambda account: account.give_back(entry.id, amount, "退回"))

    @rule(index=WALLETS, data=st.data(), days=st.integers(0, 400), fault=st.booleans(), crash=CRASHES)
    def refund_a_lot(self, index, data, days, fault, crash):
        lots = self.wallets[index].lot_ids
        if not lots:
            return
        lot = data.draw(st.sampled_from(lots.ids))
        today = lots.browse(lot).bought_at.date() + timedelta(days=days)

        def refund(account):
            written, due = account.refund(lot, today - timedelta(days=days), today, "退卡", diners_fault=fault)
            assert 0 <= due.amount_fen <= lots.browse(lot).principal_fen
            return written

        self.step(index, crash, refund)

    @rule(index=WALLETS, data=st.data(), fault=st.booleans(), crash=CRASHES)
    def ask_for_a_refund(self, index, data, fault, crash):
        lots = self.wallets[index].lot_ids
        if not lots:
            return
        lot, asked = data.draw(st.sampled_from(lots)), []

        def reserve(account):
            held, due = refunds.reserve(account, lot, diners_fault=fault)
            asked.append((held, due.principal_fen, due.bonus_fen))

        self.step(index, crash, reserve)
        for held, principal, bonus in asked[-1:]:
            if held.exists():
                self.reserved[held] = (index, f"refund-{held.id}", principal, bonus)

    @rule(data=st.data(), give_up=st.booleans(), crash=CRASHES)
    def end_a_refund(self, data, give_up, crash):
        """Paid, or given up; it may come once more, or after the other."""
        if not self.reserved:
            return
        held = data.draw(st.sampled_from(sorted(self.reserved, key=lambda held: held.id)))
        index, key, principal, bonus = self.reserved[held]
        if give_up:
            self.step(index, crash, lambda account: holds.release(account, held))
        else:
            act = lambda account: refunds.pay_out(account, held, principal, bonus, "退卡")  # noqa: E731
            was_open = held.state == "open"
            answer = self.step(index, crash, act, key=key)
            assert answer is None or (answer.principal_fen, answer.bonus_fen) == (-principal, -bonus)
            assert answer is not None or not was_open, "what was set aside is there to be paid"

    @rule(index=WALLETS, data=st.data(), crash=CRASHES)
    def reverse(self, index, data, crash):
        entries = self.wallets[index].entry_ids
        if entries:
            entry = data.draw(st.sampled_from(entries.ids))
            self.step(index, crash, lambda account: account.reverse(entry, "冲正"))

    @rule(index=WALLETS, amount=AMOUNTS, minutes=st.integers(1, 30), crash=CRASHES)
    def hold(self, index, amount, minutes, crash):
        held = []

        def authorise(account):
            held.append(holds.hold(account, amount, timedelta(minutes=minutes)))

        self.step(index, crash, authorise)
        for record in held[-1:]:
            if record.exists():
                self.held[record] = index

    @rule(data=st.data(), amount=AMOUNTS, release=st.booleans(), crash=CRASHES)
    def end_a_hold(self, data, amount, release, crash):
        if not self.held:
            return
        record = data.draw(st.sampled_from(sorted(self.held, key=lambda held: held.id)))
        if release:
            act = lambda account: holds.release(account, record)  # noqa: E731
        else:
            act = lambda account: holds.capture(account, record, amount, "消费")  # noqa: E731
        self.step(self.held[record], crash, act)

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        self.case.clock = self.now
        holds.expire(self.case.env)

    # -- what must always hold ---------------------------------------------------------
    @invariant()
    def ledgers_verify_and_add_up(self):
        self.case.env.invalidate_all()
        for index, wallet in enumerate(self.wallets):
            assert wallet._verify() is None, wallet._verify()
            mine = [answer for (of, _key), answer in self.told.items() if of == index]
            assert len({answer.id for answer in mine}) == len(mine), "one effect under two keys"
            assert wallet.principal_fen == sum(answer.principal_fen for answer in mine)
            assert wallet.bonus_fen == sum(answer.bonus_fen for answer in mine)
            assert wallet.held_fen == sum(wallet.hold_ids.filtered(lambda h: h.state == "open").mapped("amount_fen"))
            assert wallet.held_fen <= wallet.principal_fen + wallet.bonus_fen

    @invariant()
    def vat_that_is_deferred_is_that_of_what_is_left(self):
        for wallet in self.wallets:
            vat = {}
            for share in (share for entry in wallet.entry_ids for share in entry.shares):
                vat[share[0]] = vat.get(share[0], 0) + share[3]
            for lot in wallet.lot_ids:
                spent = lot.principal_fen - lot.principal_left_fen
                left = tax_in(lot.principal_fen, lot.vat_permille) - tax_in(spent, lot.vat_permille)
                assert vat[lot.id] == left, (lot.id, vat[lot.id], left)

    # -- looking on ----------------------------------------------------------------------
    def facts(self):
        return self.case.facts()

    def free(self, index):
        wallet = self.wallets[index]
        wallet.invalidate_recordset()
        return wallet.principal_fen + wallet.bonus_fen - wallet.held_fen


@tagged("post_install", "-at_install")
class TestMachine(WalletCase):
    clock = None

    def test_any_life(self):
        self.clock = fields.Datetime.now()
        now = lambda: self.clock  # noqa: E731
        self.patch(account_module.fields.Datetime, "now", now)
        Life.case = self
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=int(SEEDS or 50),
                stateful_step_count=30,
                deadline=None,
                derandomize=not SEEDS,
                print_blob=True,
                database=None,
                suppress_health_check=list(HealthCheck),
                # Making a failure small takes far longer than finding it; its steps can be read as they are.
                phases=(Phase.generate,),
            ),
        )
