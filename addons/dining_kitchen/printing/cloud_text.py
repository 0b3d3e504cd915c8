"""Printed rows as a cloud printer's text: tags instead of bytes, because the maker's service sets the type.

Tags of the Feie contract: `<B>` double size, `<CB>` double size centred, `<C>` centred, `<QR>`, `<BR>`,
`<CUT>`. White on black it does not know: what must jump out stands between black lenticular brackets.
"""

from collections.abc import Sequence

from odoo.addons.dining_rules.typeset import CutRow, Printed, QrRow, Span


def cloud_text(rows: Sequence[Printed]) -> bytes:
    """UTF-8 text that a cloud printer of the Feie kind prints."""
    return "".join(_row(row) for row in rows).encode("utf-8", "replace")


def _row(row: Printed) -> str:
    if isinstance(row, CutRow):
        return "<CUT>"
    if isinstance(row, QrRow):
        return f"<QR>{_plain(row.data)}</QR>"
    text = "".join(_span(span) for span in row.spans)
    text = text.strip() if row.centred else text.rstrip()
    if row.width > 1:
        tag = "CB" if row.centred else "B"
    else:
        tag = "C" if row.centred else ""
    return f"<{tag}>{text}</{tag}><BR>" if tag else f"{text}<BR>"


def _span(span: Span) -> str:
    text = _plain(span.text)
    if not span.inverse or not text.strip():
        return text
    # A mark takes the room of a fullwidth character at each end; the service wraps a row that grows too long.
    return f"【{text.strip()}】" if not text.strip().startswith("【") else text


def _plain(text: str) -> str:
    """What guests write must not become a tag."""
    return text.replace("<", "＜").replace(">", "＞")
