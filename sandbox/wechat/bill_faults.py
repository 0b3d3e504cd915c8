"""A bill as it should not be, to prove that its reader sees it.

The summary stays that of the true bill, and but for ``bad_checksum`` the SHA1 is that of what is sent.
"""

from .money import yuan

#: Columns that hold the amount of a line; the trade bill says it twice.
AMOUNT_COLUMNS = ("应结订单金额", "订单金额", "收支金额(元)")
ADDED_FEN = 100


def spoil(content, fault):
    """The bytes of a bill with its first line left out, twice there, or with another amount."""
    lines = content.decode().split("\r\n")
    header, first, rest = lines[0], lines[1], lines[2:]
    if fault == "missing_line":
        lines = [header, *rest]
    elif fault == "doubled_line":
        lines = [header, first, first, *rest]
    elif fault == "changed_amount":
        lines = [header, _with_another_amount(header, first), *rest]
    return "\r\n".join(lines).encode()


def _with_another_amount(header, line):
    names, cells = header.removeprefix("\ufeff").split(","), line.split(",")
    for place, name in enumerate(names):
        if name in AMOUNT_COLUMNS:
            fen = round(float(cells[place].removeprefix("`")) * 100)
            cells[place] = "`" + yuan(fen + ADDED_FEN)
    return ",".join(cells)


def spoil_digest(digest, fault):
    """Another SHA1 than the file's where the fault says so."""
    return ("1" if digest[0] == "0" else "0") + digest[1:] if fault == "bad_checksum" else digest
