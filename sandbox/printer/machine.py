"""The printer's inside: commands move a head over paper."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from PIL import Image

from .commands import Command
from .paper import PAPER_DOTS, Code, Gap, Line, Picture, Run, Sheet, Style

CELL_WIDTH, CELL_HEIGHT = 12, 24
DEFAULT_LINE_SPACING = 30
ALIGNMENTS = ("left", "centre", "right")
CODE_PAGES = {0: 437, 2: 850, 3: 860, 4: 863, 5: 865, 16: 1252, 17: 866, 18: 852}
BARCODES = ("UPC-A", "UPC-E", "EAN13", "EAN8", "CODE39", "ITF", "CODABAR", "CODE93", "CODE128")


class Machine:
    """Carries out commands. `on_sheet` is called with every sheet that is cut off."""

    def __init__(self, width_mm: int, on_sheet: Callable[[Sheet], None]) -> None:
        self.width_mm = width_mm
        self._on_sheet = on_sheet
        self._sheet = Sheet(width_mm)
        self._bytes = 0
        self._reset()

    def _reset(self) -> None:
        self._style = Style()
        self._align = ALIGNMENTS[0]
        self._spacing = DEFAULT_LINE_SPACING
        self._kanji = True
        self._code_page = "cp437"
        self._runs: list[Run] = []
        self._column = 0
        self._qr_module, self._qr_data = 3, ""
        self._barcode_height = 162
        self._decoder = None

    def do(self, command: Command) -> None:
        """Carry out one command; those without visible effect are passed over, as a real printer does."""
        self._bytes += len(command.data) + len(command.name.split())
        if command.name == "text":
            self._write(self._decoded(command.data))
            return
        self._decoder = None
        handler = HANDLERS.get(command.name)
        if handler:
            handler(self, command.data)

    def tear_off(self, complete: bool = True) -> None:
        """Finish the sheet: the knife, a hand, or the end of what a broken connection had sent."""
        if self._runs:
            self._line_feed()
        sheet, self._sheet = self._sheet, Sheet(self.width_mm)
        sheet.complete, sheet.received_bytes, self._bytes = complete, self._bytes, 0
        if not sheet.blank:
            self._on_sheet(sheet)

    @property
    def sheet(self) -> Sheet:
        """The sheet still in the printer."""
        return self._sheet

    def _decoded(self, data: bytes) -> str:
        if not self._decoder:
            encoding = "gb18030" if self._kanji else self._code_page
            self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        return self._decoder.decode(data)

    def _write(self, text: str) -> None:
        for char in text:
            cell = CELL_WIDTH * self._style.width * (1 if ord(char) < 0x80 or not self._kanji else 2)
            if self._column + cell > PAPER_DOTS[self.width_mm]:
                self._line_feed()
            self._column += cell
            if self._runs and self._runs[-1].style == self._style:
                self._runs[-1] = Run(self._runs[-1].text + char, self._style)
            else:
                self._runs.append(Run(char, self._style))

    def _line_feed(self, _data: bytes = b"") -> None:
        tallest = max((run.style.height for run in self._runs), default=1) * CELL_HEIGHT
        advance = max(self._spacing, tallest if self._runs else 0)
        if self._runs:
            self._sheet.elements.append(Line(tuple(self._runs), self._align, advance))
        else:
            self._sheet.elements.append(Gap(advance))
        self._runs, self._column = [], 0

    def _feed(self, dots: int) -> None:
        if self._runs:
            self._line_feed()
        if dots:
            self._sheet.elements.append(Gap(dots))

    def _print_mode(self, data: bytes) -> None:
        bits = data[0]
        self._style = self._style.changed(
            bold=bool(bits & 8),
            height=2 if bits & 16 else 1,
            width=2 if bits & 32 else 1,
            underline=bits >> 7,
        )

    def _size(self, data: bytes) -> None:
        self._style = self._style.changed(width=(data[0] >> 4 & 7) + 1, height=(data[0] & 7) + 1)

    def _kanji_mode(self, data: bytes) -> None:
        bits = data[0]
        self._style = self._style.changed(width=2 if bits & 4 else 1, height=2 if bits & 8 else 1, underline=bits >> 7)

    def _set_align(self, data: bytes) -> None:
        self._align = ALIGNMENTS[data[0] % 48 % 3]

    def _cut(self, data: bytes) -> None:
        if data and data[0] in (65, 66, 97, 98, 103, 104):
            self._feed(data[1])
        self.tear_off()

    def _raster(self, data: bytes) -> None:
        columns, height = data[2] | data[3] << 8, data[4] | data[5] << 8
        if columns and height:
            ink = Image.frombytes("1", (columns * 8, height), bytes(byte ^ 0xFF for byte in data[6:]))
            scale = (2 if data[1] & 1 else 1, 2 if data[1] & 2 else 1)
            self._feed(0)
            self._sheet.elements.append(Picture(ink.resize((ink.width * scale[0], ink.height * scale[1])), self._align))

    def _bit_image(self, data: bytes) -> None:
        mode, columns = data[0], data[1] | data[2] << 8
        column_bytes = 3 if mode >= 32 else 1
        image = Image.new("1", (columns, column_bytes * 8), 1)
        for x in range(columns):
            bits = int.from_bytes(data[3 + x * column_bytes : 3 + (x + 1) * column_bytes], "big")
            for y in range(column_bytes * 8):
                if bits >> (column_bytes * 8 - 1 - y) & 1:
                    image.putpixel((x, y), 0)
        if columns:
            self._feed(0)
            self._sheet.elements.append(Picture(image, self._align))

    def _symbol(self, data: bytes) -> None:
        """`GS ( k`: QR code. Functions 67 module size, 80 store data, 81 print."""
        if data[:1] != b"k" or len(data) < 5 or data[3] != 49:
            return
        function, content = data[4], data[5:]
        if function == 67:
            self._qr_module = content[0]
        elif function == 80:
            self._qr_data = content[1:].decode("utf-8", "replace")
        elif function == 81:
            self._feed(0)
            self._sheet.elements.append(Code("QR", self._qr_data, self._align, self._qr_module))

    def _barcode(self, data: bytes) -> None:
        kind = data[0] if data[0] <= 6 else data[0] - 65
        content = data[1:].rstrip(b"\0") if data[0] <= 6 else data[2:]
        self._feed(0)
        self._sheet.elements.append(
            Code(
                BARCODES[kind] if kind < len(BARCODES) else "BAR",
                content.decode("ascii", "replace"),
                self._align,
                height=self._barcode_height,
            )
        )

    def _set(self, attribute: str, value) -> None:
        setattr(self, attribute, value)

    def _restyle(self, **fields) -> None:
        self._style = self._style.changed(**fields)


HANDLERS: dict[str, Callable[[Machine, bytes], None]] = {
    "LF": Machine._line_feed,
    "FF": lambda machine, data: machine.tear_off(),
    "ESC @": lambda machine, data: machine._reset(),
    "ESC !": Machine._print_mode,
    "ESC -": lambda machine, data: machine._restyle(underline=data[0] % 48),
    "ESC 2": lambda machine, data: machine._set("_spacing", DEFAULT_LINE_SPACING),
    "ESC 3": lambda machine, data: machine._set("_spacing", data[0]),
    "ESC E": lambda machine, data: machine._restyle(bold=bool(data[0] & 1)),
    "ESC G": lambda machine, data: machine._restyle(bold=bool(data[0] & 1)),
    "ESC J": lambda machine, data: machine._feed(data[0]),
    "ESC a": Machine._set_align,
    "ESC d": lambda machine, data: machine._feed(data[0] * machine._spacing),
    "ESC i": Machine._cut,
    "ESC m": Machine._cut,
    "ESC t": lambda machine, data: machine._set("_code_page", f"cp{CODE_PAGES.get(data[0], 437)}"),
    "ESC *": Machine._bit_image,
    "FS &": lambda machine, data: machine._set("_kanji", True),
    "FS .": lambda machine, data: machine._set("_kanji", False),
    "FS !": Machine._kanji_mode,
    "FS -": lambda machine, data: machine._restyle(underline=data[0] % 48),
    "FS W": lambda machine, data: machine._restyle(width=1 + (data[0] & 1), height=1 + (data[0] & 1)),
    "GS !": Machine._size,
    "GS (": Machine._symbol,
    "GS B": lambda machine, data: machine._restyle(inverse=bool(data[0] & 1)),
    "GS V": Machine._cut,
    "GS h": lambda machine, data: machine._set("_barcode_height", data[0]),
    "GS k": Machine._barcode,
    "GS v": Machine._raster,
}
