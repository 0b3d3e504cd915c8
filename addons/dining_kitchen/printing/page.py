"""A job's page as the bytes that its printer wants, with what must be said about this piece of paper."""

from odoo.addons.dining_rules import ticket as layout
from odoo.addons.dining_rules.menu import Text
from odoo.addons.dining_rules.typeset import COLUMNS, rows

from .cloud_text import cloud_text
from .render import escpos

POSSIBLY = Text("可能重复", "POSSIBLE DUPLICATE")
POSSIBLY_HELP = Text("可能已出过一张单，请核对后再做", "This ticket may be on paper already: check before cooking")
BACKUP = Text("备用打印", "Backup print")
MEANT_FOR = Text("原打印机 {}", "Meant for printer {}")


def page(blocks, driver, paper_width, reprint=False, possibly_printed=False, meant_for="", reason=""):
    """The bytes of one piece of paper.

    :param blocks: dumped blocks of `dining_rules.ticket`
    :param driver: of the printer; a cloud printer takes text with tags, all others ESC/POS
    :param paper_width: mm, as text
    :param reprint: a person asked for a second print
    :param possibly_printed: it may be on paper already
    :param meant_for: name of the printer that could not print it
    :param reason: why it is printed again
    :raises KeyError, TypeError, ValueError: the blocks cannot be set in type
    """
    marked = [*_marks(reprint, possibly_printed, meant_for, reason), *layout.load(blocks)]
    set_rows = rows(marked, COLUMNS[int(paper_width)])
    return cloud_text(set_rows) if driver == "cloud" else escpos(set_rows)


def _marks(reprint, possibly_printed, meant_for, reason):
    if possibly_printed:
        yield layout.Banner(POSSIBLY.zh)
        yield layout.Small(POSSIBLY.en, centred=True)
        yield layout.Small(POSSIBLY_HELP.zh, centred=True)
        yield layout.Small(POSSIBLY_HELP.en, centred=True)
    if meant_for or reprint:
        yield from layout.marked_reprint((), "both")
    if reason:
        yield layout.Note(layout.REASON.zh, reason)
    if meant_for:
        yield layout.Title(BACKUP.zh)
        yield layout.Title(MEANT_FOR.zh.format(meant_for))
        yield layout.Small(f"{BACKUP.en}. {MEANT_FOR.en.format(meant_for)}", centred=True)
