from odoo import Command
from odoo.addons.dining_order.tests.common import DiningCase
from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.typeset import rows


class KitchenCase(DiningCase):
    """The store of `DiningCase` with a wok that cooks its noodles, a tea bar and a pass."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.drinks = cls.env["pos.category"].create({"name": "Drinks"})
        cls.tea.pos_categ_ids = [Command.set(cls.drinks.ids)]
        cls.tea.update_field_translations("name", {"zh_CN": "普洱茶"})
        cls.chicken.update_field_translations("name", {"zh_CN": "汽锅鸡"})
        cls.printer = cls._printer("Wok")
        cls.bar_printer = cls._printer("Bar", paper_width="58")
        cls.wok = cls._station("Wok", "热菜", category_ids=[Command.set(cls.category.ids)], printer_id=cls.printer.id)
        cls.bar = cls._station("Bar", "水吧", category_ids=[Command.set(cls.drinks.ids)], printer_id=cls.bar_printer.id)
        cls.service_pass = cls._station("Pass", "出餐口", is_pass=True, sequence=99, printer_id=cls.bar_printer.id)
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    @classmethod
    def _printer(cls, name, **values):
        return cls.env["dining.printer"].create(
            {"name": name, "config_id": cls.store.id, "host": "127.0.0.1", "port": 9, **values}
        )

    @classmethod
    def _station(cls, name, chinese, **values):
        station = cls.env["dining.station"].create({"name": name, "config_id": cls.store.id, **values})
        station.update_field_translations("name", {"zh_CN": chinese})
        return station

    def order_of(self, placed):
        return self.env["pos.order"].browse(placed.order_id)

    def tickets(self, order):
        return self.env["dining.ticket"].search([("order_id", "=", order.id)], order="id")

    def events(self, order):
        """[(dish, kind, quantity)] in the order they were written."""
        events = self.env["dining.dish.event"].search([("order_id", "=", order.id)], order="id")
        return [(event.dish_id.name, event.kind, event.quantity) for event in events]

    def paper(self, ticket, columns=48):
        """The ticket's rows of text."""
        return [getattr(row, "text", "").rstrip() for row in rows(layout.load(ticket.layout), columns)]

    def job(self, seconds_old=0, **values):
        """A job of `self.printer` that was queued so long ago."""
        job = self.env["dining.print.job"]._queue(self.printer, [])
        self.env.cr.execute(
            "UPDATE dining_print_job SET create_date = clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 second'"
            " WHERE id = %s",
            (seconds_old, job.id),
        )
        job.invalidate_recordset()
        job.write(values)
        return job

    def kitchen_facts(self):
        """What a refusal must leave as it was in the kitchen."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT (SELECT array_agg((id, kind, quantity)::text ORDER BY id) FROM dining_dish_event),"
            " (SELECT array_agg(id ORDER BY id) FROM dining_ticket),"
            " (SELECT array_agg((id, state)::text ORDER BY id) FROM dining_print_job)"
        )
        return self.env.cr.fetchone()
