"""What is on the paper in the end: bytes, and the picture that the sandbox's printer makes of them."""

import io

import requests
from odoo import api
from odoo.addons.dining_rules import ticket as layout
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from PIL import Image

from ..printing.page import page
from .printer_common import PrinterCase

OPTION = "少油少盐多加香菜不要葱" * 18 + "ab"
NOTE = "花生过敏🥜 不要🌶️ 𠮷先生 한 \ue000\x1bp"
NAMED = "花生过敏[花生peanuts]不要[辣椒hotpepper][U+20BB7]先生[hangulsyllablehan][U+E000]p"
BLOCKS = (
    layout.Title("热菜"),
    layout.Dish("jalapeño 汽锅鸡", "×2"),
    layout.Options(OPTION),
    layout.Note("忌口", NOTE),
    layout.Cut(),
)


def dense(text):
    return "".join(text.split())


@tagged("post_install", "-at_install")
class TestBytes(BaseCase):
    """Bytes by paper."""

    def test_every_byte_is_text_that_a_printer_has_or_a_command(self):
        for width in ("58", "80"):
            data = page(layout.dump(BLOCKS), "tcp", width)
            text = data.decode("gb18030", "replace")
            self.assertNotIn("\ufffd", text)
            self.assertNotIn("𠮷", text)
            self.assertIn("jalapeno", text)
            self.assertIn("[花生", text)
            self.assertNotIn(b"\x1bp", data, "what a guest writes opens no drawer")

    def test_a_possible_duplicate_and_a_backup_are_different_words(self):
        plain = page(layout.dump(BLOCKS), "tcp", "58")
        doubtful = page(layout.dump(BLOCKS), "tcp", "58", possibly_printed=True)
        backup = page(layout.dump(BLOCKS), "tcp", "58", meant_for="炒锅🔥")
        again = page(layout.dump(BLOCKS), "tcp", "58", reprint=True)
        why = page(layout.dump(BLOCKS), "tcp", "58", reprint=True, reason="纸破了 " * 20)
        words = ("可能重复", "补打", "备用打印", "原打印机")
        self.assertEqual(
            [[word for word in words if word.encode("gb18030") in data] for data in (plain, doubtful, backup, again)],
            [[], ["可能重复"], ["补打", "备用打印", "原打印机"], ["补打"]],
        )
        self.assertIn("炒锅[fire]".encode("gb18030"), backup)
        said = why.decode("gb18030", "replace")
        self.assertLess(said.index("补打"), said.index("【原因】"))
        self.assertEqual("".join(char for char in said if char in "纸破了"), "纸破了" * 20, "a reason is never cut")


@tagged("post_install", "-at_install")
class TestPicture(PrinterCase):
    def test_nothing_is_lost_or_garbled_on_either_paper(self):
        self.start()
        for printer, name, dots in ((0, "wok", 576), (1, "bar", 384)):
            with Registry(self.dbname).cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                record = env["dining.printer"].browse(self.printers[printer])
                job_id = env["dining.print.job"]._queue(record, layout.dump(BLOCKS)).id
            self.wait_for(lambda held=job_id: self.job(held), ("done", 1, "ok", False))
            [ticket] = requests.get(f"{self.web}/tickets", params={"printer": name}, timeout=5).json()
            text = dense(ticket["text"])
            self.assertIn(OPTION, text)
            self.assertIn(NAMED, text)
            self.assertIn(dense("【忌口】" + NAMED), dense(ticket["emphasised"]), "white on black, in full")
            self.assertNotIn("\ufffd", text)
            picture = Image.open(
                io.BytesIO(requests.get(f"{self.web}/tickets/{ticket['number']}.png", timeout=5).content)
            ).convert("L")
            self.assertGreaterEqual(picture.width, dots)
            black = sum(picture.histogram()[:64]) / (picture.width * picture.height)
            self.assertTrue(0.05 < black < 0.5, f"{black:.0%} of the paper is black")
