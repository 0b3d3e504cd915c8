"""Money as texts; inside it is always integer fen."""


def yuan(fen):
    """Two decimals, e.g. ``-0.03``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def short_yuan(fen):
    """As the trade bill's summary writes money: no trailing zero, but one decimal."""
    text = yuan(fen)
    return text[:-1] if text.endswith("0") else text
