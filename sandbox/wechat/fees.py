"""WeChat's fee on a payment, in fen."""

RATE_PER_MILLE = 6  # 0.6 %, the usual rate of a restaurant
RATE_TEXT = "0.60%"


def round_half_up(numerator, denominator):
    """Integer division that rounds halves up; both arguments non-negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def fee_of(total_fen):
    """The fee of one order: 0.6 %, rounded half up to the fen."""
    return round_half_up(total_fen * RATE_PER_MILLE, 1000)


def fee_returned(total_fen, fee_fen, refunded_fen, returned_fen):
    """The part of the fee that a refund gives back, pro rata.

    ``refunded_fen`` includes this refund, ``returned_fen`` is what earlier ones gave back: with
    the running total, the parts of a full refund add up to exactly the whole fee.
    """
    return max(0, round_half_up(fee_fen * refunded_fen, total_fen) - returned_fen)
