"""Refusals as values: a stable code, a message for a person, and facts.

`CATALOGUE` is the one place where a code, its HTTP status and its Chinese and
English words stand. Placeholders in braces are filled from the refusal's data;
a datum that is a `{"zh", "en"}` pair gives each language its own word.
"""

from decimal import Decimal

from .refusals_refunds import REFUNDS
from .refusals_wallet import STORED_VALUE

CATALOGUE = {
    **STORED_VALUE,
    # code: (http status, Chinese, English)
    # -- requests ---------------------------------------------------------
    "bad_request": (400, "请求有误，请升级小程序后再试", "The request cannot be read; please update the app"),
    "not_found": (404, "没有找到您要的内容", "There is nothing here"),
    "server_error": (500, "服务器开小差了，请稍后再试", "Something went wrong on our side; please try again"),
    "token_missing": (401, "请先登录", "Please log in first"),
    "token_invalid": (
        401,
        "登录已失效，请重新进入小程序",
        "Your login is no longer valid; please reopen the app",
    ),
    "too_many_requests": (429, "操作太频繁，请稍候再试", "Too many requests; please wait a moment"),
    "idempotency_key_missing": (400, "请求缺少防重编号", "The request lacks an Idempotency-Key"),
    "idempotency_key_reused": (
        409,
        "这个防重编号已用于另一个请求",
        "This Idempotency-Key was used for another request",
    ),
    "busy": (503, "当前点餐人数较多，请再试一次", "We are very busy; please try again"),
    # -- print agents -----------------------------------------------------
    "agent_code_wrong": (
        401,
        "配对码不对或已过期，请在后台重新获取",
        "This pairing code is wrong or has expired; have Odoo show a new one",
    ),
    "agent_unknown": (
        401,
        "打印代理未配对或已解除配对，请重新配对",
        "This print agent is not paired, or not any more; pair it again",
    ),
    "lease_lost": (409, "这项打印任务已由别处接手", "This print job has been taken over elsewhere"),
    # -- stores and tables --------------------------------------------------
    "store_unknown": (404, "没有这家门店", "There is no such store"),
    "store_closed": (
        409,
        "门店暂未营业，请联系服务员",
        "The store is not taking orders now; please ask the staff",
    ),
    "table_code_unknown": (
        404,
        "桌码无效，请重新扫描桌上的二维码",
        "This table code is not valid; please scan again",
    ),
    "table_session_unknown": (404, "请重新扫描桌上的二维码", "Please scan the table's code again"),
    "table_session_closed": (
        410,
        "本桌已结账，再次点餐请重新扫码",
        "This table has been closed; scan again to order",
    ),
    "table_not_open": (409, "请先让服务员为您开台", "Please ask the staff to open this table"),
    "table_full": (
        409,
        "本桌加入的手机太多了，请联系服务员",
        "Too many phones joined this table; please ask the staff",
    ),
    # -- dishes ------------------------------------------------------------
    "dish_unknown": (404, "菜品已下架", "This dish is no longer on the menu"),
    "dish_sold_out": (409, "「{dish}」余量不足，还剩 {remaining} 份", "{dish}: not enough left ({remaining})"),
    "dish_out_of_hours": (409, "「{dish}」现在不是供应时间", "{dish} is not served at this hour"),
    "option_unknown": (400, "「{dish}」没有这个选项", "{dish} has no such option"),
    "option_required": (400, "请为「{dish}」选择{group}", "Please choose {group} for {dish}"),
    "option_too_many": (400, "「{dish}」的{group}最多选 {max} 项", "{dish}: choose at most {max} of {group}"),
    "option_repeated": (400, "「{dish}」的选项重复了", "{dish}: an option is chosen twice"),
    "set_choice_unknown": (400, "「{dish}」没有这个搭配", "{dish} has no such choice"),
    "set_choice_missing": (400, "请为「{dish}」选好{group}", "Please complete {group} of {dish}"),
    "set_choice_too_many": (400, "「{dish}」的{group}选多了", "{dish}: too many choices of {group}"),
    "quantity_out_of_range": (
        400,
        "「{dish}」每次可点 1 到 {max} 份",
        "{dish}: the quantity must be from 1 to {max}",
    ),
    "line_limit": (
        409,
        "一次最多点 {max} 项，请分次下单",
        "At most {max} lines at once; please order in turns",
    ),
    # -- allergies ---------------------------------------------------------
    "allergen_unknown": (
        400,
        "过敏原列表已更新，请刷新后重选，并告诉服务员",
        "The list of allergens has changed; reload and choose again, and tell the staff",
    ),
    "allergies_changed": (
        409,
        "您的过敏信息刚刚有改动，请核对后重新保存",
        "What you must not eat has just been changed; please check it and save again",
    ),
    "allergy_unconfirmed": (
        409,
        "「{dish}」含有本桌食客过敏的食材，请在购物车里核对后再下单",
        "{dish} contains what a guest at your table is allergic to; please check the cart before ordering",
    ),
    # -- cart and rounds ---------------------------------------------------
    "cart_line_unknown": (404, "购物车里没有这一项", "This line is not in the cart"),
    "cart_line_exists": (409, "购物车里已有这一项", "This line is already in the cart"),
    "cart_full": (409, "购物车已满，请先下单", "The cart is full; please place the order first"),
    "cart_empty": (
        409,
        "购物车是空的，同桌可能已经下单",
        "The cart is empty; someone at your table may have ordered",
    ),
    "menu_changed": (
        409,
        "菜单刚刚更新，请核对后再下单",
        "The menu has just changed; please check your cart",
    ),
    "menu_version_unknown": (409, "菜单已过期，请刷新", "The menu is out of date; please reload"),
    "round_too_large": (
        409,
        "一次最多点 {max} 份，请联系服务员",
        "At most {max} portions a round; please ask the staff",
    ),
    "order_too_large": (
        409,
        "本桌消费已达 {max} 元上限，请联系服务员",
        "This table has reached its limit of ¥{max}; please ask the staff",
    ),
    "round_waiting": (409, "首单正在等待服务员确认", "Your first order is waiting for the staff to confirm"),
    # -- orders ------------------------------------------------------------
    "order_unknown": (404, "没有找到这个订单", "This order was not found"),
    "order_not_open": (409, "订单已结束", "This order is closed"),
    "order_line_unknown": (404, "订单里没有这道菜", "This dish is not on the order"),
    # -- the kitchen -----------------------------------------------------------
    "rush_not_fired": (409, "「{dish}」还没有下厨，暂时不能催", "{dish} has not gone to the kitchen yet"),
    "rush_ready": (409, "「{dish}」已经做好了，马上为您上菜", "{dish} is ready and on its way to you"),
    "rush_too_soon": (
        409,
        "「{dish}」刚刚催过了，厨房正在加紧做，{minutes} 分钟后可以再催",
        "The kitchen has just been asked to hurry with {dish}; you can ask again in {minutes} min",
    ),
    "dish_started": (
        403,
        "「{dish}」厨房已经开始做，只有门店经理可以退，请找经理处理",
        "The kitchen has begun to cook {dish}; only a manager may take it off",
    ),
    "void_portions": (400, "「{dish}」现有 {max} 份，请填 1 到 {max}", "{dish}: enter from 1 to {max} portions"),
    "void_set_part": (
        409,
        "「{dish}」是套餐里的一道菜，请退整份套餐",
        "{dish} is part of a set meal; take off the whole set meal",
    ),
    "merge_other_store": (409, "只能与本店的另一张未结订单并台", "Only open orders of one store can be merged"),
    "merge_has_payment": (
        409,
        "{table} 已收过款，不能并到别的桌。请先结清或退回这笔款",
        "{table} has been paid in part and cannot be merged; settle or return that payment first",
    ),
    "merge_being_paid": (
        409,
        "{table} 的顾客正在用微信支付 ¥{amount}，不能并台。已请微信关闭这笔付款，请稍等几秒再试",
        (
            "A guest of {table} is paying ¥{amount} with WeChat, so it cannot be merged. WeChat has been asked to close"
            " that payment: try again in a few seconds"
        ),
    ),
    # -- paying --------------------------------------------------------------
    "payment_unknown": (404, "没有找到这笔付款", "This payment was not found"),
    "payment_nothing_due": (409, "本单没有待付金额", "There is nothing left to pay on this order"),
    "payment_unavailable": (
        409,
        "本店暂不支持手机付款，请到收银台结账",
        "This store does not take payments by phone now; please pay at the counter",
    ),
    "payment_in_progress": (
        409,
        "同桌正在用微信支付本单，请稍候",
        "Somebody at your table is paying this order with WeChat; please wait",
    ),
    "payment_uncertain": (
        503,
        "暂时连不上微信支付，请再试一次，不会重复扣款",
        "WeChat Pay cannot be reached just now; please try again, you will not be charged twice",
    ),
    "payment_refused": (
        409,
        "微信支付没有受理，请到收银台结账",
        "WeChat Pay did not accept the payment; please pay at the counter",
    ),
    # -- members and stored value -----------------------------------------------
    "member_unknown": (409, "请先加入会员", "Please join as a member first"),
    "member_not_found": (
        404,
        "没有找到这位会员，请核对会员码，或请客人打开小程序“我的”页面出示会员码",
        "No such member; check the code, or ask the guest to show it: it is on the page Me of the mini-program",
    ),
    "consent_outdated": (
        409,
        "会员协议已更新，请重新打开页面阅读后再加入",
        "The members' agreement has changed; please open the page again and read it",
    ),
    "display_unknown": (
        404,
        "这个厨显链接无效或已更换，请在后台重新打开",
        "This display's link is not valid or was replaced; open it again from the back office",
    ),
    "display_request_invalid": (
        400,
        "厨显的操作无法识别，请刷新页面后再试",
        "The display's request cannot be read; reload the page and try again",
    ),
    "kitchen_dish_unknown": (404, "本店厨房没有这道菜", "This store's kitchen does not have this dish"),
    "kitchen_nothing_left": (
        409,
        "「{dish}」已无可操作的份数，可能刚退菜或已在别的屏上完成",
        "{dish}: no portion left for this; it may have been cancelled or done on another screen",
    ),
    "kitchen_nothing_to_recall": (
        409,
        "没有可撤回的操作：可能已撤回，或菜已上桌",
        "There is nothing to recall: it may be recalled already, or served",
    ),
    "kitchen_reason_missing": (400, "重做一道菜需要填写原因", "Give the reason why a dish is cooked again"),
    # -- the register's guards -------------------------------------------------
    "order_total_changed": (
        409,
        "本单刚刚有变动，应收 ¥{due}，不是 ¥{shown}。页面已刷新，请核对后再收款",
        (
            "This order has just changed: ¥{due} is due, not ¥{shown}. It has been refreshed; please check and take"
            " the payment again"
        ),
    ),
    "order_price_changed": (
        409,
        "「{dish}」的价格与下单时不符，请恢复原价，优惠请用折扣功能",
        "The price of {dish} is not the one it was ordered at; restore it, and use a discount to reduce it",
    ),
    "order_being_paid": (
        409,
        "顾客正在用微信支付本单（¥{amount}）。已请微信关闭这笔付款，请稍等几秒再试；若顾客已付款，本单会自动结清",
        (
            "A guest is paying this order with WeChat (¥{amount}). WeChat has been asked to close that payment:"
            " try again in a few seconds; if the guest has paid, the order settles itself"
        ),
    ),
    "order_has_payment": (
        409,
        "本单已收到手机付款 ¥{amount}，不能取消或删除；请先由店长退回",
        "¥{amount} has been paid on this order by phone; a manager returns it before the order is cancelled or removed",
    ),
    "payment_by_wechat_only": (
        409,
        "微信支付由顾客手机付款后自动记账，收银台不能手工录入或修改",
        "WeChat payments are recorded when a guest has paid by phone; the register cannot enter or change them",
    ),
    "payment_by_wallet_only": (
        409,
        "储值付款由系统自动记账，收银台不能手工录入或修改",
        "Payments with stored value are recorded by the server; the register cannot enter or change them",
    ),
    "payment_exceeds_due": (409, "本单只需再付 {due_fen}", "Only {due_fen} is left to pay on this order"),
    "invoice_at_topup": (
        409,
        "本单用了充值时已开票（601 不征税）的储值，消费时不再开票；若还有其他方式付款的部分，请在税务平台单独开具",
        (
            "This order was paid with stored value that was invoiced when it was topped up (601, untaxed), so it gets"
            " no invoice of its own; make one out on the tax platform for a part that was paid otherwise"
        ),
    ),
    "payment_settled_order": (
        409,
        "这笔付款已用于结清订单 {order}，请打开该订单点“退款”，款项将原路退回",
        "This payment settled order {order}; refund that order with its Refund button, the money goes back by itself",
    ),
    "refund_manager_only": (403, "只有店长可以退款", "Only a manager can refund"),
    "refund_not_settled": (
        409,
        "只有已结清且未开票的订单可以退款",
        "Only an order that is paid, and not invoiced, can be refunded",
    ),
    "refund_reason": (400, "请填写退款原因", "Say why it is refunded"),
    "refund_no_session": (409, "请先在本店收银台开班，再办理退款", "Open the store's register first, then refund"),
    "refund_portions": (
        409,
        "请选择要退的菜品，份数不能超过未退的份数",
        "Choose the dishes to refund, of each no more than is left of it",
    ),
    "refund_exceeds_paid": (409, "本单最多还可退 {left_fen}", "At most {left_fen} of this order can still be refunded"),
    "refund_too_late": (
        409,
        "微信支付满一年后不能原路退款，请线下处理",
        "WeChat cannot return a payment after one year; settle it with the guest another way",
    ),
    "refund_in_office": (
        409,
        "订单 {order} 含手机付款，请由店长在后台打开该订单点“退款”，款项将原路退回",
        "Order {order} was paid by phone; a manager refunds it in the back office, and the money goes back by itself",
    ),
    "payment_return_manager_only": (
        403,
        "只有门店经理可以退还微信付款，请联系经理",
        "Only a manager may return a WeChat payment; please ask one",
    ),
    "payment_nothing_to_return": (
        409,
        "没有可退还的手机付款：尚未付款，或已经退还",
        "There is no payment by phone to return: none was made, or it is being returned already",
    ),
    "payment_return_uncertain": (
        409,
        "这笔付款还有一笔退款在等微信确认，请一分钟后再试",
        "A refund of this payment is still waiting for WeChat's word; please try again in a minute",
    ),
    **REFUNDS,
}


class Refusal(Exception):
    """Something asked for is refused and nothing was changed.

    :param code: a key of `CATALOGUE`; an unknown code is a programming error (KeyError)
    :param data: facts for the client, also used to fill the message
    """

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        self.http_status = CATALOGUE[code][0]
        super().__init__(code)

    @property
    def message_by_language(self):
        """The words for a person: `{"zh": str, "en": str}`."""
        return message(self.code, self.data)

    def __str__(self):
        return f"{self.code}: {self.message_by_language['en']}"


def message(code, data):
    """Fill the catalogue's words for `code` from `data`; returns `{"zh", "en"}`."""
    _status, zh, en = CATALOGUE[code]
    return {"zh": zh.format_map(_spoken(data, "zh")), "en": en.format_map(_spoken(data, "en"))}


def _spoken(data, lang):
    return {key: _word(key, value, lang) for key, value in data.items()}


def _word(key, value, lang):
    if isinstance(value, dict) and lang in value:
        return value[lang]
    return f"¥{Decimal(value) / 100:.2f}" if key.endswith("_fen") else value
