from odoo import models
from odoo.addons.dining_rules.menu import Text

# A spend, and what came back of one, name the order by its receipt number; a top-up is named by its entry, also
# where the entry reverses it.
_ABOUT = """
SELECT e.id, s.name AS store_zh, coalesce(s.dining_name_en, s.name) AS store_en, o.tracking_number AS order_number,
       coalesce(t.dining_name, '') AS table_name, p.offer_name AS offer_zh,
       CASE WHEN f.name->>'zh_CN' = p.offer_name THEN f.name->>'en_US' ELSE p.offer_name END AS offer_en
  FROM dining_wallet_entry e
  JOIN dining_wallet w ON w.id = e.wallet_id
  LEFT JOIN LATERAL (SELECT tracking_number, config_id, table_id FROM pos_order
                      WHERE pos_reference = e.source AND company_id = w.company_id
                        AND e.kind IN ('spend', 'return') ORDER BY id LIMIT 1) o ON true
  LEFT JOIN dining_topup p ON p.entry_id IN (e.id, e.reverses_id)
  LEFT JOIN dining_topup_offer f ON f.id = p.offer_id
  LEFT JOIN pos_config s ON s.id = o.config_id
  LEFT JOIN restaurant_table t ON t.id = o.table_id
 WHERE e.id IN %s
"""


class DiningWalletEntry(models.Model):
    """What an entry was for: the order, or the offer."""

    _inherit = "dining.wallet.entry"

    def _about(self):
        about = super()._about()
        if self:
            self.env.flush_all()
            self.env.cr.execute(_ABOUT, (tuple(self.ids),))
            for row in self.env.cr.dictfetchall():
                about[row["id"]] = {
                    **about[row["id"]],
                    "store": _text(row["store_zh"], row["store_en"]),
                    "order": row["order_number"] or "",
                    "table": row["table_name"],
                    "offer": _text(row["offer_zh"], row["offer_en"]),
                }
        return about


def _text(zh, en):
    return Text(zh, en or zh).as_dict() if zh else None
