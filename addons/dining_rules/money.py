"""Money as integer fen (1/100 yuan)."""

from decimal import ROUND_HALF_UP, Decimal


def fen(yuan):
    """`yuan` (float, int, str or Decimal) in fen, half up; floats are read by their shortest text."""
    return int((Decimal(str(yuan)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def yuan(amount_fen):
    """Fen as a float in yuan, for Odoo's Monetary fields."""
    return round(amount_fen / 100, 2)


def allocate(total_fen, weights):
    """Split `total_fen` in proportion to `weights` by the largest-remainder method.

    :param weights: non-negative ints; all zero means equal shares
    :return: list of ints, one a weight, whose sum is exactly `total_fen`;
        of equal remainders the earlier weight wins
    :raises ValueError: no weights, or a negative one

    Source: Hamilton's method of apportionment.
    """
    if not weights or min(weights) < 0:
        raise ValueError("allocate() takes one or more non-negative weights")
    if total_fen < 0:
        return [-share for share in allocate(-total_fen, weights)]
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total_fen * weight // whole for weight in weights]
    remainders = [total_fen * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
    for i in order[: total_fen - sum(shares)]:
        shares[i] += 1
    return shares


def even_share(total_fen, people):
    """What each of `people` pays of a bill that is split evenly (AA), rounded up to the fen.

    The last one pays what is left, which is less by a few fen.

    >>> even_share(10000, 3)
    3334
    """
    return -(-total_fen // people)


def tax_in(gross_fen, rate_permille):
    """The tax inside a tax-included amount, half up to the fen.

    The net is rounded and the tax is the rest, as Odoo does for a
    price-included tax, so that net + tax = gross exactly.

    >>> tax_in(10600, 60)
    600
    """
    net = Decimal(gross_fen) * 1000 / (1000 + rate_permille)
    return gross_fen - int(net.quantize(Decimal(1), ROUND_HALF_UP))
