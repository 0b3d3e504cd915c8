import pytest
from escpos.printer import Dummy
from PIL import Image

from sandbox.printer.commands import Splitter
from sandbox.printer.machine import Machine
from sandbox.printer.paper import Code, Line, Picture, Run, Style
from sandbox.printer.picture import EDGE, MARGIN, draw_sheet


@pytest.fixture
def printed():
    def run(*parts, width=80):
        sheets = []
        machine = Machine(width, sheets.append)
        data = b"".join(part.output if isinstance(part, Dummy) else part for part in parts)
        for command in Splitter().feed(data):
            machine.do(command)
        machine.tear_off()
        return sheets

    return run


def chinese(text):
    return text.encode("gb18030")


def test_chinese_in_every_length_of_gb18030(printed):
    [sheet] = printed(b"\x1c&", chinese("忌口 no nuts 𠮷 é 汽锅鸡\n"))
    assert sheet.text() == "忌口 no nuts 𠮷 é 汽锅鸡"


def test_chinese_cut_between_two_packets():
    sheets, splitter = [], Splitter()
    machine = Machine(80, sheets.append)
    for byte in chinese("花生过敏\n"):
        for command in splitter.feed(bytes([byte])):
            machine.do(command)
    machine.tear_off()
    assert [sheet.text() for sheet in sheets] == ["花生过敏"]


def test_western_mode_uses_the_code_page(printed):
    [sheet] = printed(b"\x1c.\x1bt\x10caf\xe9\n")
    assert sheet.text() == "café"


def test_a_fresh_start_forgets_what_was_not_printed_yet(printed):
    assert printed(b"A\x1b@\n") == []


def test_a_line_in_several_styles(printed):
    loud = Dummy()
    loud.set(bold=True, invert=True, underline=1, align="center", custom_size=True, width=2, height=3)
    quiet = Dummy()
    quiet.set(bold=False, invert=False, underline=0, custom_size=True, width=1, height=1)
    [sheet] = printed(loud, b"A", quiet, b"b\n")
    assert sheet.elements == [
        Line((Run("A", Style(2, 3, True, 1, True)), Run("b", Style())), "centre", 3 * 24),
    ]
    assert sheet.inverse_text() == "A"


def test_the_old_way_to_enlarge(printed):
    [sheet] = printed(b"\x1b!\x38", b"A\n", b"\x1c!\x0c", chinese("大\n"))
    assert [line.runs[0].style for line in sheet.elements] == [Style(2, 2, True), Style(2, 2, True)]


@pytest.mark.parametrize(("width", "columns"), [(58, 32), (80, 48)])
def test_the_paper_holds_so_many_columns(printed, width, columns):
    [sheet] = printed(b"x" * (columns + 1) + b"\n", width=width)
    assert sheet.text() == "x" * columns + "\nx"


def test_line_spacing_and_feeds(printed):
    [sheet] = printed(b"\x1b3\x50a\n\x1b2b\n\x1bd\x02\x1bJ\x09\n")
    assert [element.advance if isinstance(element, Line) else element.dots for element in sheet.elements] == [
        80, 30, 60, 9, 30]  # fmt: skip


def test_qr_bar_code_and_picture(printed):
    printer = Dummy()
    printer.qr("桌 B12", native=True, size=6)
    printer.barcode("4006381333931", "EAN13", function_type="B", check=False)
    dot = Image.new("1", (8, 8), 1)
    dot.putpixel((2, 5), 0)
    printer.image(dot)
    [sheet] = printed(printer)
    codes = [element for element in sheet.elements if isinstance(element, Code)]
    [picture] = [element for element in sheet.elements if isinstance(element, Picture)]
    assert [(code.symbology, code.data) for code in codes] == [("QR", "桌 B12"), ("EAN13", "4006381333931")]
    assert codes[0].module == 6
    black = [(x, y) for x in range(8) for y in range(8) if not picture.image.getpixel((x, y))]
    assert black == [(2, 5)]
    assert "[QR 桌 B12]" in sheet.text()
    assert "[picture 8x8]" in sheet.text()


def test_each_cut_ends_a_sheet_and_blank_paper_is_none(printed):
    sheets = printed(b"one\n\x1dV\x00", b"\n\n\x1dVB\x10", b"two\n\x1bi", b"three")
    assert [sheet.text() for sheet in sheets] == ["one", "two", "three"]


def test_the_picture_has_the_ink_where_the_printer_would_put_it(printed):
    [sheet] = printed(b"\x1ba\x01\x1d!\x11\x1dB\x01A\n")
    image = draw_sheet(sheet).convert("L")
    assert image.size == (576 + 2 * MARGIN, 48 + 2 * (MARGIN + EDGE))
    dark = image.point(lambda value: 255 if value < 60 else 0).getbbox()
    left = MARGIN + (576 - 24) // 2
    assert dark == (left, MARGIN + EDGE, left + 24, MARGIN + EDGE + 48)


def test_size_follows_paper(printed):
    assert draw_sheet(printed(b"a\n", width=58)[0]).width == 384 + 2 * MARGIN
