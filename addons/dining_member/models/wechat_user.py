from odoo import fields, models


class WechatUser(models.Model):
    _inherit = "wechat.user"

    dining_member_id = fields.Many2one(
        "dining.member", "Member", readonly=True, ondelete="restrict", index="btree_not_null"
    )
