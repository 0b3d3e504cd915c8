"""Printed rows as HTML: what the paper will look like, character by character on the printer's grid."""

from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup, escape
from odoo.addons.dining_rules.typeset import CutRow, Printed, QrRow, Row, Span, cells

CELL = 9
"""Width of a column in CSS pixels; a character is twice as high."""


def html(rows: Iterable[Printed], columns: int) -> Markup:
    """The rows on a piece of paper of `columns` columns."""
    body = Markup().join(_row(row) for row in rows)
    return Markup('<div class="dining_paper" style="width:%spx" lang="zh-CN">%s</div>') % (columns * CELL, body)


def _row(row: Printed) -> Markup:
    if isinstance(row, CutRow):
        return Markup('<div class="dining_cut"></div>')
    if isinstance(row, QrRow):
        source = "/report/barcode/?" + urlencode({"barcode_type": "QR", "value": row.data, "width": 130, "height": 130})
        return Markup('<div class="dining_row text-center"><img src="%s" alt="QR"/></div>') % source
    style = f"height:{CELL * 2 * row.height}px;font-weight:{700 if row.bold else 400};"
    style += "justify-content:center;" if row.centred else ""
    spans = Markup().join(_span(span, row) for span in row.spans)
    return Markup('<div class="dining_row" style="%s">%s</div>') % (style, spans)


def _span(span: Span, row: Row) -> Markup:
    characters = Markup().join(
        Markup('<i style="width:%spx">%s</i>') % (CELL * cells(char) * row.width, escape(char) if char != " " else "")
        for char in span.text
    )
    stretch = row.height / row.width
    style = f"font-size:{CELL * 2 * row.width * 0.92:.1f}px;transform:scaleY({stretch:.3g});"
    kind = "dining_span dining_inverse" if span.inverse else "dining_span"
    return Markup('<span class="%s" style="height:%spx"><b style="%s">%s</b></span>') % (
        kind,
        CELL * 2 * row.height,
        style,
        characters,
    )
