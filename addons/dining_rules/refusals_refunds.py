"""Refusals of giving money back in the back office; `refusals.CATALOGUE` holds them with all others."""

REFUNDS = {
    # code: (http status, Chinese, English)
    # -- who may ---------------------------------------------------------------
    "approval_manager_only": (403, "需由店长审批", "Only a manager can approve this"),
    "approval_own": (
        403,
        "申请人不能审批自己的申请，请由另一位店长审批",
        "Whoever asks does not approve it; another manager has to",
    ),
    "approval_decided": (409, "这笔申请已处理，请刷新页面", "This request has been decided already; reload the page"),
    "approval_words": (400, "请填写不同意的原因", "Say why it is turned down"),
    # -- balances --------------------------------------------------------------
    "balance_refund_open": (409, "这笔充值正在退款，请勿重复申请", "This top-up is being refunded already"),
    "balance_refund_nothing": (
        409,
        "按此规则没有可退的金额，请核对后再申请",
        "By this rule nothing comes back; please check before asking",
    ),
    "balance_refund_cause": (
        400,
        "按原价扣除已消费部分时，请写明属于消费者原因的理由",
        "Say why the diner is the cause, for what was eaten then counts at its full price",
    ),
    "balance_refund_invoice": (
        409,
        "请先说明发票情况：充值时已开票（601）的，须先红冲并填写红字发票号码（20 位，旧版 8 位）",
        (
            "Say first what became of the invoice: one made out for the top-up (601) is red-lettered first, with the"
            " red-letter invoice's number (20 digits; 8 of the old kind)"
        ),
    ),
    "balance_refund_way": (
        409,
        "这笔充值由微信支付且未满一年，须原路退回微信",
        "This top-up was paid by WeChat less than a year ago, so the money goes back by WeChat",
    ),
    "balance_refund_not_wechat": (
        409,
        "这笔充值不能由微信原路退回，请选择现金或银行转账",
        "This top-up cannot be returned by WeChat; choose cash or a bank transfer",
    ),
    "balance_refund_note": (
        400,
        "请写明退给谁、怎么退（收款人、账户或签收情况）",
        "Say to whom and how it is paid: the payee, the account, or who signed for it",
    ),
    "balance_refund_no_register": (
        409,
        "退现金须从已开班的收银台支出，请先开班或改用银行转账",
        "Cash is paid from an open register: open it first, or choose a bank transfer",
    ),
    "balance_refund_paying": (
        409,
        "微信尚未给出最终结果，请稍候再处理",
        "WeChat has not given its final word yet; please wait for it",
    ),
    # -- reverse settlement ----------------------------------------------------
    "reversal_done": (
        409,
        "本单已反结账，请在订单 {order} 重新结账",
        "The settlement of this order was reversed already; settle order {order} instead",
    ),
    "reversal_refunded": (
        409,
        "本单已退过款，不能反结账，请对剩余部分办理退款",
        "Some of this order was refunded, so it is not reversed; refund the rest of it",
    ),
}
