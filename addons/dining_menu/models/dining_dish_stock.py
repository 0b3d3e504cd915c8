from odoo import api, fields, models
from odoo.addons.dining_rules.refusals import Refusal
from odoo.tools import SQL


class DiningDishStock(models.Model):
    """What is left of a dish in a store today (估清).

    A dish without a row, or with neither `sold_out` nor `limited`, is not limited.
    """

    _name = "dining.dish.stock"
    _description = "Sold-out dishes and remaining portions"
    _order = "config_id, pos_sequence, product_tmpl_id"
    _rec_name = "product_tmpl_id"

    config_id = fields.Many2one("pos.config", "Store", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="config_id.company_id", store=True)
    product_tmpl_id = fields.Many2one(
        "product.template", "Dish", required=True, readonly=True, index=True, ondelete="cascade"
    )
    pos_sequence = fields.Integer(related="product_tmpl_id.pos_sequence", store=True)
    pos_categ_ids = fields.Many2many(related="product_tmpl_id.pos_categ_ids")
    image_128 = fields.Image(related="product_tmpl_id.image_128")
    sold_out = fields.Boolean(help="Nobody can order the dish until it is put back on sale.")
    limited = fields.Boolean(help="Only so many portions are sold; orders count them down.")
    remaining = fields.Integer(help="Portions left to sell.")
    state = fields.Selection(
        [("on_sale", "On sale"), ("limited", "Limited"), ("sold_out", "Sold out")], compute="_compute_state"
    )

    _dish_unique = models.Constraint("UNIQUE(config_id, product_tmpl_id)", "A store counts each dish once.")
    _remaining_not_negative = models.Constraint("CHECK(remaining >= 0)", "Less than nothing cannot remain of a dish.")

    @api.depends("sold_out", "limited", "remaining")
    def _compute_state(self):
        for stock in self:
            left = stock._left()
            stock.state = "on_sale" if left is None else "limited" if left else "sold_out"

    @api.model
    def action_open(self):
        """The list of every dish in every store the user works in, to mark what is sold out."""
        stores = self.env["pos.config"].search([("is_dining", "=", True)])
        dishes = self.env["product.template"].search(
            [("available_in_pos", "=", True), ("sale_ok", "=", True), ("pos_categ_ids", "!=", False)]
        )
        self._ensure_rows(stores, dishes)
        action = self.env["ir.actions.act_window"]._for_xml_id("dining_menu.dining_dish_stock_action")
        if len(stores) > 1:
            action["context"] = {"search_default_group_config_id": 1}
        return action

    @api.model
    def _ensure_rows(self, configs, dishes):
        """Give every dish a row in every store; those that are there stay as they are."""
        if not (configs and dishes):
            return
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """INSERT INTO dining_dish_stock (config_id, company_id, product_tmpl_id, pos_sequence,
                                              sold_out, limited, remaining,
                                              create_uid, create_date, write_uid, write_date)
               SELECT config.id, config.company_id, dish.id, dish.pos_sequence, FALSE, FALSE, 0,
                      %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
                 FROM pos_config config, product_template dish
                WHERE config.id IN %(configs)s AND dish.id IN %(dishes)s
                  AND (dish.company_id IS NULL OR dish.company_id = config.company_id)
               ON CONFLICT (config_id, product_tmpl_id) DO NOTHING""",
                uid=self.env.uid,
                configs=tuple(configs.ids),
                dishes=tuple(dishes.ids),
            )
        )
        dishes.invalidate_recordset(["dining_stock_ids"])
        configs.invalidate_recordset(["dining_stock_ids"])

    def _left(self):
        """Portions left, 0 for sold out, None for no limit."""
        self.ensure_one()
        if self.sold_out:
            return 0
        return self.remaining if self.limited else None

    @api.model
    def _available(self, config_id, dish_ids=None):
        """See `pos.config._dining_available`."""
        self.flush_model(["sold_out", "limited", "remaining"])
        only = SQL("AND product_tmpl_id = ANY(%s)", list(dish_ids)) if dish_ids is not None else SQL()
        self.env.cr.execute(
            SQL(
                """SELECT product_tmpl_id, CASE WHEN sold_out THEN 0 ELSE remaining END
                 FROM dining_dish_stock
                WHERE config_id = %s AND (sold_out OR limited) %s""",
                config_id,
                only,
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _take(self, config, quantities):
        """See `pos.config._dining_take`. Rows are locked in the order of their dishes, so that two orders that
        share dishes never wait for each other in a circle."""
        if not quantities:
            return
        self.flush_model(["sold_out", "limited", "remaining"])
        self.env.cr.execute(
            SQL(
                """WITH wanted (dish, quantity) AS (SELECT * FROM UNNEST(%(dishes)s, %(quantities)s)),
                    locked AS (
                        SELECT stock.id, stock.product_tmpl_id AS dish, wanted.quantity,
                               CASE WHEN stock.sold_out THEN 0 ELSE stock.remaining END AS remaining
                          FROM dining_dish_stock stock JOIN wanted ON wanted.dish = stock.product_tmpl_id
                         WHERE stock.config_id = %(config)s AND (stock.sold_out OR stock.limited)
                         ORDER BY stock.product_tmpl_id FOR NO KEY UPDATE OF stock),
                    short AS (SELECT dish, remaining FROM locked WHERE remaining < quantity),
                    taken AS (
                        UPDATE dining_dish_stock stock SET remaining = stock.remaining - locked.quantity
                          FROM locked
                         WHERE stock.id = locked.id AND NOT EXISTS (SELECT FROM short)
                     RETURNING stock.id)
               SELECT dish, remaining FROM short ORDER BY dish""",
                config=config.id,
                dishes=list(quantities),
                quantities=list(quantities.values()),
            )
        )
        short = self.env.cr.fetchall()
        self.invalidate_model(["remaining"], flush=False)
        if short:
            dish_id, remaining = short[0]
            dish = config._dining_menu().menu.dishes.get(dish_id)
            name = dish.name.as_dict() if dish else {"zh": "", "en": ""}
            raise Refusal("dish_sold_out", dish_id=dish_id, dish=name, remaining=remaining)

    @api.model
    def _give_back(self, config_id, quantities):
        """See `pos.config._dining_give_back`."""
        if not quantities:
            return
        self.flush_model(["remaining"])
        self.env.cr.execute(
            SQL(
                """UPDATE dining_dish_stock stock SET remaining = stock.remaining + given.quantity
                 FROM UNNEST(%s, %s) AS given (dish, quantity)
                WHERE stock.config_id = %s AND stock.product_tmpl_id = given.dish AND stock.limited""",
                list(quantities),
                list(quantities.values()),
                config_id,
            )
        )
        self.invalidate_model(["remaining"], flush=False)
