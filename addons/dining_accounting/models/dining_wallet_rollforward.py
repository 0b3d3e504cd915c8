from odoo import fields, models
from odoo.tools import SQL

# A row for each month from the first to this one in which a member has, had or moved something at a store, so that
# the months' openings and closings can be added up. Top-ups belong to the company; the store of a spend is that of
# its order, the store of a journal item that of the register session (or of the order, where it was invoiced).
_QUERY = """
WITH ledger AS (
    SELECT w.company_id, m.partner_id, s.config_id,
           date_trunc('month', e.at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date AS month,
           CASE e.kind WHEN 'topup' THEN e.principal_fen ELSE 0 END AS topup,
           CASE WHEN e.kind IN ('spend', 'return') THEN e.principal_fen ELSE 0 END AS spend,
           CASE e.kind WHEN 'refund' THEN e.principal_fen ELSE 0 END AS refund,
           CASE e.kind WHEN 'reversal' THEN e.principal_fen ELSE 0 END AS adjustment, 0 AS books
      FROM dining_wallet_entry e
      JOIN dining_wallet w ON w.id = e.wallet_id
      JOIN dining_member m ON m.id = w.member_id
      LEFT JOIN pos_payment p ON p.dining_wallet_entry_id = e.id
      LEFT JOIN pos_session s ON s.id = p.session_id),
books AS (
    SELECT l.company_id, l.partner_id, coalesce(s.config_id, invoiced.config_id) AS config_id,
           date_trunc('month', l.date)::date AS month, 0 AS topup, 0 AS spend, 0 AS refund, 0 AS adjustment,
           -round(l.balance * 100) AS books
      FROM account_move_line l
      JOIN dining_books b ON b.company_id = l.company_id
                         AND l.account_id IN (b.liability_account_id, b.deferred_vat_account_id)
      LEFT JOIN pos_session s ON s.move_id = l.move_id
      LEFT JOIN pos_payment p ON p.account_move_id = l.move_id
      LEFT JOIN pos_session invoiced ON invoiced.id = p.session_id
     WHERE l.parent_state = 'posted'),
moved AS (
    SELECT company_id, partner_id, config_id, month, sum(topup) AS topup, sum(spend) AS spend, sum(refund) AS refund,
           sum(adjustment) AS adjustment, sum(books) AS books
      FROM (SELECT * FROM ledger UNION ALL SELECT * FROM books) both_sides
     GROUP BY company_id, partner_id, config_id, month),
months AS (
    SELECT k.company_id, k.partner_id, k.config_id, month::date AS month
      FROM (SELECT company_id, partner_id, config_id, min(month) AS first, max(month) AS last
              FROM moved GROUP BY company_id, partner_id, config_id) k
     CROSS JOIN generate_series(
            k.first, greatest(k.last, date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai')::date), '1 month') month),
rolled AS (
    SELECT months.*, coalesce(topup, 0) AS topup, coalesce(spend, 0) AS spend,
           coalesce(refund, 0) AS refund, coalesce(adjustment, 0) AS adjustment,
           sum(coalesce(topup + spend + refund + adjustment, 0)) OVER so_far AS closing,
           sum(coalesce(books, 0)) OVER so_far AS books, books IS NOT NULL AS moved
      FROM months LEFT JOIN moved ON moved.company_id = months.company_id AND moved.month = months.month
                AND moved.partner_id IS NOT DISTINCT FROM months.partner_id
                AND moved.config_id IS NOT DISTINCT FROM months.config_id
    WINDOW so_far AS (PARTITION BY months.company_id, months.partner_id, months.config_id ORDER BY months.month))
SELECT row_number() OVER (ORDER BY month, company_id, partner_id, config_id) AS id,
       company_id, partner_id, config_id, month, to_char(month, 'YYYY-MM') AS period,
       topup / 100.0 AS topup, spend / 100.0 AS spend, refund / 100.0 AS refund, adjustment / 100.0 AS adjustment,
       (closing - topup - spend - refund - adjustment) / 100.0 AS opening, closing / 100.0 AS closing,
       books / 100.0 AS books, (books - closing) / 100.0 AS difference
  FROM rolled
 WHERE moved OR closing != 0 OR books != 0
"""


class DiningWalletRollforward(models.Model):
    """What members had, paid in and spent in a month, and what the books say; read from ledger and journal items."""

    _name = "dining.wallet.rollforward"
    _description = "Roll-forward of stored value"
    _auto = False
    _order = "month desc, partner_id"
    _rec_name = "period"
    _depends = {
        "dining.wallet.entry": ["at", "kind", "principal_fen", "wallet_id"],
        "dining.wallet": ["company_id", "member_id"],
        "dining.member": ["partner_id"],
        "dining.books": ["company_id", "liability_account_id", "deferred_vat_account_id"],
        "pos.payment": ["dining_wallet_entry_id", "session_id", "account_move_id"],
        "pos.session": ["config_id", "move_id"],
        "account.move.line": ["account_id", "balance", "company_id", "date", "parent_state", "partner_id"],
    }

    month = fields.Date(readonly=True)
    period = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    config_id = fields.Many2one("pos.config", "Store", readonly=True, help="Empty for what belongs to no one store.")
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    opening = fields.Monetary("At the beginning", readonly=True)
    topup = fields.Monetary("Topped up", readonly=True)
    spend = fields.Monetary("Spent", readonly=True)
    refund = fields.Monetary("Refunded", readonly=True)
    adjustment = fields.Monetary("Corrected", readonly=True)
    closing = fields.Monetary("At the end", readonly=True)
    books = fields.Monetary("Books at the end", readonly=True)
    difference = fields.Monetary(
        readonly=True,
        help="What was spent in a register that is still open, or after the day's entries, is not booked.",
    )

    @property
    def _table_query(self):
        return SQL(_QUERY)
