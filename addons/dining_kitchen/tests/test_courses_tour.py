from odoo.tests import tagged

from .test_register_tour import RegisterTourCase


@tagged("post_install", "-at_install")
class TestCoursesTour(RegisterTourCase):
    """A cashier fires a guest's second course with Odoo's own button."""

    def test_the_register_fires_a_course(self):
        self.category.dining_course = 2
        self.store.dining_by_course = True
        self.env.flush_all()
        self.env.cr.precommit.run()
        session = self.join(guests=2)
        self.add(session, self.tea)
        self.add(session, self.chicken)
        order = self.order_of(self.place(session))
        self.assertEqual(self.tickets(order).mapped("summary"), ["普洱茶"])
        self.tour("dining_kitchen_courses")
        self.assertEqual(self.tickets(order).mapped("summary"), ["普洱茶", "汽锅鸡"])
        self.assertEqual(order.course_ids.mapped("fired"), [True, True])
