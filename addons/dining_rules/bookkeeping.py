"""Bookkeeping of a restaurant in China: what each event debits and credits.

An entry is `{role: fen}`, debits positive and credits negative, and its sum is 0. Which account plays a role is the
company's to say. A top-up is not taxed: the VAT within it is deferred (待转销项税额) until a meal is paid with it.
"""

from .money import tax_in

#: 合同负债 / 预收账款, 待转销项税额, 销项税额, 主营业务收入, 微信清算, 财务费用, 银行存款, and what points will cost.
LIABILITY, DEFERRED_VAT, OUTPUT_VAT, REVENUE, CLEARING, FEE, BANK, POINTS = ROLES = (
    "liability",
    "deferred_vat",
    "output_vat",
    "revenue",
    "clearing",
    "fee",
    "bank",
    "points",
)
#: Where the money of a top-up came in or that of a refund went out.
COUNTER = "counter"
#: What WeChat keeps of a payment, in millionths: 0.6 %.
FEE_MILLIONTHS = 6_000


def stored_value(principal_fen: int, vat_fen: int) -> dict[str, int]:
    """What a change of a wallet's principal does to the liability and to the deferred VAT.

    :param principal_fen: positive where it grows
    :param vat_fen: the VAT within it, of the same sign

    >>> stored_value(-10000, -566)
    {'liability': 9434, 'deferred_vat': 566}
    """
    return _entry({LIABILITY: vat_fen - principal_fen, DEFERRED_VAT: -vat_fen})


def balance_change(principal_fen: int, vat_fen: int, paid_fen: int, vat_permille: int) -> dict[str, int]:
    """A top-up, a refund of a balance, or the reversal of either.

    A refund need not come to the principal that is left: what was left beyond it has been earned and is taxed, what
    was paid beyond it is taken back from revenue.

    :param principal_fen: positive where the wallet grows
    :param vat_fen: the VAT within it, of the same sign
    :param paid_fen: the money that came in; negative where it went out
    :param vat_permille: of what was earned

    >>> balance_change(50000, 2830, 50000, 60)
    {'counter': 50000, 'liability': -47170, 'deferred_vat': -2830}
    """
    earned = paid_fen - principal_fen
    tax = _signed_tax(earned, vat_permille)
    return _entry(
        {COUNTER: paid_fen} | stored_value(principal_fen, vat_fen) | {REVENUE: tax - earned, OUTPUT_VAT: -tax}
    )


def fee(amount_fen: int, millionths: int = FEE_MILLIONTHS) -> int:
    """What WeChat keeps of one payment, half up to the fen.

    >>> fee(50000), fee(9000)
    (300, 54)
    """
    return (amount_fen * millionths * 2 + 1_000_000) // 2_000_000


def settlement(amount_fen: int, fee_fen: int) -> dict[str, int]:
    """WeChat pays out, a day later, what guests paid less its fees.

    >>> settlement(59000, 354)
    {'bank': 58646, 'fee': 354, 'clearing': -59000}
    """
    return _entry({BANK: amount_fen - fee_fen, FEE: fee_fen, CLEARING: -amount_fen})


def points_given(net_sales_fen: int, points_fen: int) -> dict[str, int]:
    """Points that come with a sale take their part of its price with them until they are redeemed.

    Source: 企业会计准则第14号, the price is shared in proportion to the stand-alone prices.

    :param net_sales_fen: without VAT
    :param points_fen: the stand-alone price of the points that were given

    >>> points_given(10_000_000, 80_000)
    {'revenue': 79365, 'points': -79365}
    """
    whole = net_sales_fen + points_fen
    part = (2 * net_sales_fen * points_fen + whole) // (2 * whole) if whole else 0
    return _entry({REVENUE: part, POINTS: -part})


def points_redeemed(given_fen: int, redeemed: int, issued: int, booked_fen: int = 0) -> dict[str, int]:
    """What redeemed points bring back into revenue, rounded over all of them: the last ones end exactly.

    :param given_fen: what the points took out of revenue
    :param redeemed: how many were redeemed until now, of `issued`
    :param booked_fen: what of it is back in revenue already

    >>> points_redeemed(79365, 1, 2), points_redeemed(79365, 2, 2, 39683)
    ({'points': 39683, 'revenue': -39683}, {'points': 39682, 'revenue': -39682})
    """
    back = (2 * given_fen * redeemed + issued) // (2 * issued) - booked_fen
    return _entry({POINTS: back, REVENUE: -back})


def _signed_tax(amount_fen: int, vat_permille: int) -> int:
    return tax_in(amount_fen, vat_permille) if amount_fen >= 0 else -tax_in(-amount_fen, vat_permille)


def _entry(amounts: dict[str, int]) -> dict[str, int]:
    return {role: amount for role, amount in amounts.items() if amount}
