"""A kitchen of twenty stations with a printer each, and the orders that keep it busy."""

import random

from odoo import Command

from .stores import Restaurant

STATIONS = 20
DISHES_A_STATION = 4


class Kitchen(Restaurant):
    """A store whose dishes go to stations that print on the given ports of this machine.

    Every other printer has the next one for its backup. All belong to a print agent of the store.

    :param ports: one for each station
    """

    def __init__(self, env, ports):
        self._ports = ports
        super().__init__(env, len(ports) * DISHES_A_STATION)

    def _make_kitchen(self):
        env, store = self.env, self.ours
        self.agent = env["dining.print.agent"].create({"name": "Bench", "config_id": store.id})
        printers = env["dining.printer"].create([
            {
                "name": f"p{number + 1:02d}", "config_id": store.id, "host": "127.0.0.1", "port": port,
                "agent_id": self.agent.id,
            }
            for number, port in enumerate(self._ports)
        ])  # fmt: skip
        for printer, backup in zip(printers[::2], printers[1::2], strict=True):
            printer.backup_id = backup
        stations = env["dining.station"].create([
            {
                "name": f"Station {number + 1:02d}", "config_id": store.id, "printer_id": printer.id,
                "is_pass": not number, "dish_ids": [Command.set([dish.id for dish in self._cooked_at(number)])],
            }
            for number, printer in enumerate(printers)
        ])  # fmt: skip
        for number, station in enumerate(stations):
            station.update_field_translations("name", {"zh_CN": f"档口{number + 1:02d}"})

    def _cooked_at(self, station):
        return self.dishes[station * DISHES_A_STATION : (station + 1) * DISHES_A_STATION]

    def orders(self, letter, dishes, dishes_an_order, seed):
        """Orders of so many dishes for two stations each; every dish has a mark of its own in its note.

        :param letter: the marks begin with it
        :return: lists of (dish, options, quantity, note), as `rounds.Diners.calls` takes them
        """
        dice = random.Random(seed)
        marks = iter(range(dishes))
        orders = []
        while left := dishes - sum(map(len, orders)):
            size = min(dishes_an_order, left)
            stations = dice.sample(range(len(self._ports)), 2)
            orders.append(
                [self._line(stations[place % 2], place // 2, f"[{letter}{next(marks):05d}]") for place in range(size)]
            )
        return orders

    def _line(self, station, place, mark):
        dish = self._cooked_at(station)[place % DISHES_A_STATION]
        sizes = dish.attribute_line_ids.filtered(lambda line: line.attribute_id == self.size)
        return dish, sizes.product_template_value_ids[:1], 1, mark
