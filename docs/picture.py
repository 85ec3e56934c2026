"""Draws the README's picture: what `sayso read` prints on a few of the example reports, as SVG.

Run it with ``make picture`` whenever the program prints something else; a test tells when that is.
"""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs/img/read.svg"
COLUMNS = 96
SHOWN = ["--published", "2023-03-15", "--outlet", "Meridian Wire", "examples/dresk-barracks-wire.txt"]

THEME = TerminalTheme(
    background=(250, 250, 247),
    foreground=(38, 38, 38),
    normal=[
        (38, 38, 38),
        (176, 32, 32),
        (32, 110, 60),
        (140, 90, 0),
        (28, 80, 160),
        (120, 50, 130),
        (0, 110, 120),
        (90, 90, 90),
    ],
)

MARGIN = 12
CELL = (12.04, 24.4)
"""Width and height of a character, as the library lays them out."""

# The library's own template fetches a font from the network; this one takes what the reader's machine has.
FRAME = """\
<svg viewBox="0 0 WIDTH HEIGHT" xmlns="http://www.w3.org/2000/svg" xml:space="preserve" role="img" \
aria-label="What sayso read prints">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="WIDTH" height="HEIGHT" rx="8" fill="#fafaf7"/>
<g transform="translate(MARGIN, MARGIN)" class="{unique_id}-matrix">
{backgrounds}
{matrix}
</g>
</svg>
"""


def printed() -> str:
    """Return what the program prints for a person, colours included, and the command that asked for it."""
    program = Path(sys.executable).with_name("sayso")
    surroundings = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "60"}
    surroundings.pop("NO_COLOR", None)
    command = [str(program), "read", *SHOWN]
    said = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8", check=True)  # noqa: S603 - our own program on our own examples
    return f"$ sayso read {shlex.join(SHOWN)}\n{said.stdout.rstrip()}\n"


def draw(screen: str) -> str:
    """Return the SVG picture of a screen of text with its colours as terminal codes."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(screen), soft_wrap=True)
    size = {
        "WIDTH": f"{COLUMNS * CELL[0] + 2 * MARGIN:.0f}",
        "HEIGHT": f"{len(screen.splitlines()) * CELL[1] + 2 * MARGIN:.0f}",
        "MARGIN": str(MARGIN),
    }
    frame = FRAME
    for name, value in size.items():
        frame = frame.replace(name, value)
    return console.export_svg(theme=THEME, code_format=frame, unique_id="read", font_aspect_ratio=CELL[0] / 20)


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(printed()), encoding="utf-8")
