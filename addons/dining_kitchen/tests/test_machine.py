"""An evening in any order: phones, two registers, the office, cooks and printers, against a slate.

No dish is fired twice, none is lost. `./manage test --seeds 500` looks at so many other evenings.
"""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from odoo import Command
from odoo.tests import new_test_user, tagged

from .machine_guests import Cooks, Guests
from .machine_staff import Cashiers, Office
from .test_register import RegisterCase

#: How many evenings; where somebody says, other ones each time.
EVENINGS = os.environ.get("DINING_SEEDS")


class AnyEvening(Guests, Cooks, Cashiers, Office):
    pass


@tagged("post_install", "-at_install")
class TestMachine(RegisterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session._set_closed()
        cls.category.dining_course = 2
        cls.store.dining_writes_per_minute = 100_000
        cls.manager = new_test_user(
            cls.env,
            "machine-manager",
            groups="base.group_user,point_of_sale.group_pos_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        third = cls.env["restaurant.table"].create({"floor_id": cls.floor.id, "table_number": 14, "dining_name": "B14"})
        cls.tables = [cls.table, cls.other_table, third]
        carol = cls.env["wechat.user"].create({"app_id": cls.app.id, "openid": "o-carol-0000000000000000000"})
        cls.guests = [cls.alice, cls.bob, carol]
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def test_an_evening_in_any_order(self):
        for name in ("_dining_notify_register", "_dining_notify_displays", "notify_synchronisation"):
            self.patch(type(self.env["pos.config"]), name, lambda *_args, **_more: None)
        AnyEvening.case = self
        run_state_machine_as_test(
            AnyEvening,
            settings=settings(
                max_examples=int(EVENINGS or 20),
                stateful_step_count=40 if EVENINGS else 30,
                deadline=None,
                derandomize=not EVENINGS,
                print_blob=True,
                database=None,
                suppress_health_check=list(HealthCheck),
                # Making a failure small takes far longer than finding it; its steps can be read as they are.
                phases=(Phase.generate,),
            ),
        )
