"""What a payment PIN may be."""

DIGITS = 6


def is_weak(pin: str) -> bool:
    """Whether a PIN is among the first that anybody tries: one digit only, two or three digits repeated, or a row up
    or down such as 123456 or 987654.

    :param pin: six digits
    """
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    repeats = any(pin == pin[:length] * (DIGITS // length) for length in (1, 2, 3))
    return repeats or steps in ({1}, {9})
