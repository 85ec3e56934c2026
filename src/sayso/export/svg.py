"""What our pictures have in common: their frame, their words for those who do not see them, and their colours.

Colours are told apart by lightness, and nothing is told by colour alone. All text has a contrast of at least 4.5 to 1
with what is behind it, in light and in dark; no red is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.export.markup import esc

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLE = """\
svg.sayso{--ground:#fff;--ink:#1b1b1b;--soft:#565656;--line:#c9c9c4;--mark:#1f4e79;--band:#e6edf4;\
--sea:#eaf0f5;--land:#d9d6cc;--border:#87857b;font:13px/1.4 system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg.sayso{--ground:#15171a;--ink:#ececea;--soft:#b4b4b0;--line:#43474b;\
--mark:#9cc7f0;--band:#22303d;--sea:#1b232b;--land:#3b3e40;--border:#85898c}}
svg.sayso .ground{fill:var(--ground)}svg.sayso .sea{fill:var(--sea)}svg.sayso .land{fill:var(--land)}
svg.sayso .border{fill:none;stroke:var(--border);stroke-width:.8}
svg.sayso text{fill:var(--ink)}svg.sayso .soft{fill:var(--soft)}svg.sayso .strong{font-weight:600}
svg.sayso .small{font-size:11px}svg.sayso .middle{text-anchor:middle}
svg.sayso .rule{stroke:var(--line);stroke-width:1}svg.sayso .band{fill:var(--band)}
svg.sayso .bar{stroke:var(--mark);stroke-width:2.5;fill:none}
svg.sayso .vague{stroke-dasharray:3 3}
svg.sayso .dot{fill:var(--mark);stroke:var(--ground);stroke-width:1.5}
svg.sayso .hollow{fill:var(--ground);stroke:var(--mark);stroke-width:2.5}
svg.sayso .halo{fill:none;stroke:var(--mark);stroke-width:1.5;stroke-dasharray:4 3}
svg.sayso .on{fill:var(--ground);text-anchor:middle;font-size:11px;font-weight:600}
svg.sayso .clear{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
svg.sayso .over{paint-order:stroke;stroke:var(--land);stroke-width:3px;stroke-linejoin:round}
@media print{svg.sayso{--ground:#fff;--ink:#000;--soft:#333;--line:#bbb;--mark:#000;--band:#eee;--sea:#fff;\
--land:#e4e4e0;--border:#777}}
"""
"""The rules for all pictures; a page that holds several has them once."""


def picture(  # noqa: PLR0913 - a picture's frame has that many parts
    key: str, width: float, height: float, title: str, told: Iterable[str], drawn: Iterable[str], *, styled: bool
) -> str:
    """Return a picture.

    Args:
        key: A name that no other picture on the page has.
        width: Its width in pixels at its natural size.
        height: Its height.
        title: What it shows, in a few words.
        told: The same in full, in sentences.
        drawn: Its elements.
        styled: Whether it stands alone and so brings its colours with it.
    """
    style = f"<style>{STYLE}</style>" if styled else ""
    described = esc(" ".join(told))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sayso" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{esc(title)}</title><desc id="{key}-desc">{described}</desc>{style}'
        f'<rect class="ground" width="{width:g}" height="{height:g}"/>{"".join(drawn)}</svg>'
    )


def label(x: float, y: float, words: str, kind: str = "", *, room: float | None = None) -> str:
    """Return words at a point; those that would not fit into `room` pixels end in an ellipsis."""
    if room is not None:
        fits = max(int(room / 6.9), 1)
        words = words if len(words) <= fits else words[: fits - 1].rstrip() + "…"
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{esc(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return a straight line."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def dot(x: float, y: float, radius: float, kind: str = "dot") -> str:
    """Return a circle."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
