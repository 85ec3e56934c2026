"""Draws a page of a PDF with words boxed, in a process of its own: ``python -m sayso.find.pdf_picture``.

What draws a page runs the program that a page is. Whatever a hostile one asks for, it is asked where the system can
stop it. In come a line of JSON (``page``, ``width``, ``boxes`` and which of them is ``chosen``) and the file's bytes,
out goes a picture as PNG; nothing where the page cannot be drawn.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from typing import TYPE_CHECKING

from sayso.find.pdf import drawn

if TYPE_CHECKING:
    from sayso.find.pdf import Drawn

MEMORY = 2_000_000_000
"""Bytes of address space that the process may have."""

SECONDS = 10
"""Seconds of computing that it may take; a page of print takes a tenth of one."""

_THIN, _THICK = 2, 4
_COLOUR = (178, 60, 20)
_AROUND = 3


def main() -> None:
    """Read what is asked and the file from standard input, and write the picture."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    page = drawn(sys.stdin.buffer.read(), asked["page"], [tuple(box) for box in asked["boxes"]], asked["width"])
    if page is not None:
        sys.stdout.buffer.write(picture(page, set(asked["chosen"])))


def picture(page: Drawn, chosen: set[int]) -> bytes:
    """Return a page as PNG, with its boxes drawn; chosen ones, by their numbers from 0, in a thicker line."""
    for number, box in enumerate(page.boxes):
        _frame(page, box, _THICK if number in chosen else _THIN)
    kind = {1: 0, 3: 2, 4: 2}[page.channels]
    lines = [_three_of_four(line) for line in page.lines] if page.channels == 4 else page.lines
    data = zlib.compress(b"".join(b"\0" + bytes(line) for line in lines), 6)
    header = struct.pack(">IIBBBBB", page.width, page.height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    # https://www.w3.org/TR/png-3/#5DataRep
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _three_of_four(line: bytearray) -> bytes:
    three = bytearray(len(line) // 4 * 3)
    for channel in range(3):
        three[channel::3] = line[channel::4]
    return bytes(three)


def _frame(page: Drawn, box: tuple[int, int, int, int], thick: int) -> None:
    """Draw a frame around a box."""
    left, top = max(box[0] - _AROUND, 0), max(box[1] - _AROUND, 0)
    right, bottom = min(box[2] + _AROUND, page.width), min(box[3] + _AROUND, page.height)
    dot = bytes((_COLOUR if page.channels > 1 else _COLOUR[:1]) + ((255,) if page.channels == 4 else ()))
    for number in range(top, bottom):
        line = page.lines[number]
        inside = top + thick <= number < bottom - thick
        stretches = ((left, left + thick), (right - thick, right)) if inside else ((left, right),)
        for one, other in stretches:
            start, end = max(one, left), min(other, right)
            if start < end:
                line[start * page.channels : end * page.channels] = dot * (end - start)


def _limit() -> None:
    """Have the system end this process where it takes too much, on systems that do so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


if __name__ == "__main__":
    main()
