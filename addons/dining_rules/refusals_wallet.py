"""Refusals about stored value: its wallets, top-ups and statements."""

STORED_VALUE = {
    # code: (http status, Chinese, English)
    "topup_offer_unknown": (404, "没有这个充值档位", "There is no such offer"),
    "topup_offer_ended": (409, "该充值活动不在有效期内", "This offer is not open now"),
    "topup_offer_sold_out": (409, "该充值活动已售完", "This offer is sold out"),
    "topup_first_only": (409, "该档位仅限首次充值", "This offer is for a first top-up"),
    "topup_member_quota": (409, "该档位您已达到购买上限", "You have had this offer as often as it is given"),
    "topup_in_progress": (
        409,
        "您有一笔充值正在支付，请先完成或取消",
        "You have a top-up that is being paid; finish it or give it up first",
    ),
    "topup_credited": (
        409,
        "这笔充值已到账，请在储值账户办理退款",
        "This top-up has been credited; refund it from the member's wallet",
    ),
    "topup_no_cash": (
        409,
        "本店收银台没有现金收款方式，不能收现金充值",
        "This store's register has no till for cash, so it cannot take a top-up in cash",
    ),
    "topup_cash_stays": (
        409,
        "这是会员充值收的现金，不能删除；如果收错了，请店长打开该笔充值点“撤销充值”",
        "This is the cash of a top-up, so it stays; if it was a mistake, a manager takes the top-up back",
    ),
    "topup_take_back_manager_only": (
        403,
        "只有门店经理可以撤销充值，请联系经理",
        "Only a manager may take a top-up back; please ask one",
    ),
    "topup_not_in_cash": (
        409,
        "只能撤销已到账的现金充值，其他充值请办理退余额",
        "Only a top-up that was credited for cash can be taken back; refund the balance of another",
    ),
    "topup_not_today": (
        409,
        "只能撤销当天的现金充值，之后请办理退余额",
        "A cash top-up can be taken back on its own day only; later, refund the balance",
    ),
    "wallet_unknown": (404, "没有找到储值账户", "This wallet was not found"),
    "wallet_closed": (409, "储值账户已注销", "This wallet is closed"),
    "wallet_amount": (400, "请输入大于 0 的金额，最小到分", "Enter an amount above 0, to the fen"),
    "wallet_full": (409, "储值余额最多 {max_fen}", "A wallet holds at most {max_fen}"),
    "wallet_too_little": (409, "余额不足，可用 {available_fen}", "Not enough: {available_fen} is available"),
    "wallet_entry_unknown": (404, "没有找到这笔消费", "This spend was not found"),
    "wallet_returned": (409, "最多还可退 {max_fen}", "At most {max_fen} can still be returned"),
    "wallet_lot_unknown": (404, "这笔充值没有可退的余额", "There is nothing left of this top-up"),
    "wallet_spent": (409, "这笔充值已经用过，只能退余额", "Some of this top-up was spent; refund what is left"),
    "wallet_held": (409, "有 {held_fen} 已被订单占用，暂时不能退", "{held_fen} is held for an order"),
    "wallet_hold_ended": (409, "这笔预授权已结束", "This hold has ended"),
    "wallet_hold_exceeded": (409, "最多可扣 {max_fen}", "At most {max_fen} was held"),
    "wallet_confirm_pin": (409, "这笔付款金额较大，请输入支付密码", "This is a larger payment; enter your payment PIN"),
    "wallet_confirm_wechat": (
        409,
        "这笔付款金额较大，请用微信确认后再付",
        "This is a larger payment; confirm it with WeChat",
    ),
    "wallet_pin_wrong": (409, "支付密码不对，还可以试 {left} 次", "Wrong PIN; you can try {left} more times"),
    "wallet_pin_locked": (
        409,
        "支付密码输错太多次，请 {minutes} 分钟后再试，或重设支付密码",
        "Too many wrong PINs; try again in {minutes} minutes, or set a new PIN",
    ),
    "wallet_pin_weak": (
        400,
        "密码太简单，请不要用重复或连续的数字",
        "Too easy to guess; avoid repeated digits and rows",
    ),
    "wallet_wechat_code": (409, "微信确认已过期，请再试一次", "WeChat's confirmation has expired; please try again"),
    "wallet_wechat_other": (
        409,
        "当前微信不是这个会员的微信，请重新进入小程序",
        "This is another WeChat account than the member's; please reopen the mini-program",
    ),
    "statement_month": (400, "请选择对账单的月份", "Choose a month of the statement"),
    "wallet_clock": (
        503,
        "服务器时间有误，暂时不能使用储值，请联系管理员",
        "The server's clock is behind the wallet's last entry; ask the administrator",
    ),
    # -- the kitchen display ---------------------------------------------------
    "wallet_unavailable": (
        409,
        "本店暂不支持这个储值账户付款，请换一种方式付款",
        "This store does not take this stored value; please pay another way",
    ),
}
