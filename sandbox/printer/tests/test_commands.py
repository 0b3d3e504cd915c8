from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sandbox.printer.commands import Command, Splitter


def split(data):
    return Splitter().feed(data)


def every_feature():
    printer = Dummy()
    printer.hw("INIT")
    printer._raw(b"\x1c&" + "汽锅鸡 ×2\n".encode("gb18030"))
    printer.set(align="center", bold=True, underline=1, invert=True, density=3, smooth=True, flip=False)
    printer.set(custom_size=True, width=3, height=2)
    printer.line_spacing(40)
    printer._raw(b"B12\n")
    printer.qr("https://example.invalid/t", native=True, size=6)
    printer.image(Image.new("1", (16, 8), 0))
    printer.barcode("4006381333931", "EAN13", function_type="B", check=False)
    printer.barcode("1234", "CODE39", function_type="A", check=False)
    printer.cashdraw(2)
    printer.buzzer(2, 3)
    printer.cut()
    return printer.output


def test_text_and_controls():
    assert split(b"B12\n\x1b@\x1dV\x00\x1dVB\x03") == [
        Command("text", b"B12"),
        Command("LF"),
        Command("ESC @"),
        Command("GS V", b"\x00"),
        Command("GS V", b"B\x03"),
    ]


def test_what_looks_like_a_command_inside_a_picture_is_a_picture():
    picture = b"0\x00\x01\x00\x03\x00\x10\x04\x01"
    assert split(b"\x1dv" + picture + b"ok") == [Command("GS v", picture), Command("text", b"ok")]


def test_the_last_packet_may_end_anywhere():
    data = every_feature()
    whole = [command for command in split(data) if command.name != "text"]
    splitter = Splitter()
    pieces = [command for byte in data for command in splitter.feed(bytes([byte]))]
    assert [command for command in pieces if command.name != "text"] == whole
    assert b"".join(c.data for c in pieces if c.name == "text") == "汽锅鸡 ×2B12".encode("gb18030")


def test_every_command_of_python_escpos_is_known_by_its_length():
    names = {command.name for command in split(every_feature())}
    assert names == {
        "ESC @", "FS &", "text", "LF", "ESC a", "ESC E", "ESC -", "GS B", "GS |", "GS b", "ESC {", "GS !",
        "ESC 3", "GS (", "GS v", "GS h", "GS w", "GS f", "GS H", "GS k", "ESC p", "ESC B", "ESC d", "GS V",
    }  # fmt: skip


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_cut_anywhere_give_the_same_commands(data, at):
    splitter = Splitter()
    halves = splitter.feed(data[:at]) + splitter.feed(data[at:])
    assert joined(halves) == joined(split(data))


def joined(commands):
    """Commands with neighbouring text made one, because a packet may end inside a text."""
    result = []
    for command in commands:
        if result and command.name == result[-1].name == "text":
            result[-1] = Command("text", result[-1].data + command.data)
        else:
            result.append(command)
    return result
