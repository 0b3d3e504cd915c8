from odoo import fields, models


class RestaurantOrderCourse(models.Model):
    _inherit = "restaurant.order.course"

    #: Kept beside Odoo's index, which the register counts anew whenever a course is empty.
    dining_number = fields.Integer("Course of the menu", readonly=True, help="As set on the dish's category.")
