"""Printed rows as ESC/POS bytes, by python-escpos.

Chinese goes as GB18030 in the printer's Chinese mode (FS &): every receipt printer sold in China prints it,
and rows arrive already encoded, because python-escpos itself only knows single-byte code pages.
"""

from collections.abc import Sequence

from escpos.printer import Dummy
from odoo.addons.dining_rules.typeset import CutRow, Printed, QrRow, Row, Span

CHINESE_MODE = b"\x1c&"
CELL_HEIGHT = 24
"""Dots of a character of normal height."""
ROW_GAP = 6
"""Dots between rows; white on black it has none, a note is one block."""
QR_MODULE = 6


def escpos(rows: Sequence[Printed]) -> bytes:
    """Bytes that print these rows on any ESC/POS printer in the GB18030 world."""
    printer = Dummy()
    printer.hw("INIT")
    printer._raw(CHINESE_MODE)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if isinstance(row, CutRow):
            _plain(printer)
            printer.cut()
        elif isinstance(row, QrRow):
            _plain(printer)
            printer.set(align="center")
            printer.qr(row.data, size=QR_MODULE, native=True)
            printer.ln()
        else:
            _row(printer, row, touching=_solid(row) and _solid(following))
    return printer.output


def _solid(row: Printed | None) -> bool:
    """The row is white on black from edge to edge."""
    return isinstance(row, Row) and all(span.inverse for span in row.spans)


def _row(printer: Dummy, row: Row, touching: bool) -> None:
    printer.line_spacing(min(CELL_HEIGHT * row.height + (0 if touching else ROW_GAP), 255))
    printer.set(
        align="center" if row.centred else "left",
        bold=row.bold,
        custom_size=True,
        width=row.width,
        height=row.height,
    )
    for span in row.spans:
        _span(printer, span)
    printer._raw(b"\n")


def _span(printer: Dummy, span: Span) -> None:
    printer.set(invert=span.inverse)
    # Everything was made printable when it was set; nothing else may stop a ticket.
    printer._raw(span.text.encode("gb18030", "replace"))


def _plain(printer: Dummy) -> None:
    printer.line_spacing()
    printer.set(align="left", bold=False, invert=False, custom_size=True, width=1, height=1)
