"""``html``: one page with the words, the ladders and the map, which needs no network, no script and no other file.

A page that many incidents share has a list of them before their sections. Everything a report says is escaped, no
address but one of the web is a link, and a policy in the page forbids the browser to load or run anything.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import map_svg, svg
from sayso.export.html_incident import section
from sayso.export.html_style import STYLE
from sayso.export.markup import anchor, esc
from sayso.export.spots import spots
from sayso.export.writing import LeftOut, incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.events import Dossier
    from sayso.export.spots import Spot
    from sayso.export.writing import Choices
    from sayso.problems import Problem

MOST = 2_000
"""Incidents on one page; a browser does not open many more."""

_IN_MEMORY = 8_000_000
_SPOILED = "They are in csv, incidents-csv and jsonl; or choose fewer with the filters, and write several pages."


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a page; its sections wait in a temporary file while the list before them is made."""
    left_out = LeftOut("html")
    listed: list[tuple[str, str, str, str]] = []
    shown: list[Spot] = []
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as sections:
        found = incidents(dossiers, left_out)
        first = list(islice(found, 2))
        for incident, dossier in chain(first, found):
            number = len(listed) + 1
            if number > MOST:
                left_out.add("page-full", incident.id, f"Incidents left out of a page that holds {MOST:,}", _SPOILED)
                continue
            texts = dossier.texts if choices.with_text else ()
            made = section(incident, dossier, number, texts, alone=len(first) == 1)
            sections.write(made.body.encode("utf-8"))
            listed.append((incident.id, made.name, made.when, made.killed))
            shown.extend(_numbered(spot, number) for spot in spots([dossier]))
        title = choices.title or (listed[0][1] if len(listed) == 1 else "Incidents")
        out.write(_before(title, listed, shown, names=choices.names).encode("utf-8"))
        sections.seek(0)
        while piece := sections.read(1 << 16):
            out.write(piece)
        out.write(_AFTER.encode("utf-8"))
    return left_out.problems()


def _numbered(spot: Spot, number: int) -> Spot:
    return replace(spot, number=number)


def _before(title: str, listed: Sequence[tuple[str, str, str, str]], shown: Sequence[Spot], *, names: bool) -> str:
    style = svg.STYLE + STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    held_back = "Names of people harmed are left out." if not names else "Names of people harmed are included."
    several = len(listed) != 1
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
            f"<title>{esc(title)}</title><style>{style}</style></head>\n<body>\n<header>",
            f"<h1>{esc(title)}</h1>",
            "<p>This page shows what was published: who says how many people came to harm, and in which words.",
            " That a figure stands here does not say that it is right. ",
            held_back,
            "</p></header>\n<main>\n",
            *(_contents(listed, shown) if several else ()),
        )
    )


def _contents(listed: Sequence[tuple[str, str, str, str]], shown: Sequence[Spot]) -> Iterator[str]:
    if shown:
        wide = map_svg.write(shown, 720, "all", styled=False, linked=True)
        narrow = map_svg.write(shown, 340, "all", styled=False, linked=True)
        yield f'<figure><div class="wide">{wide}</div><div class="narrow">{narrow}</div>'
        yield "<figcaption>Numbers are those of the list. A diamond is an incident whose claims contradict one"
        yield " another; a broken ring says that the point stands for an area.</figcaption></figure>\n"
    yield '<nav aria-label="Incidents"><ol>'
    for incident, name, when, killed in listed:
        about = esc("; ".join(part for part in (when, killed) if part))
        yield f'<li><a href="#{anchor("incident", incident)}">{esc(name)}</a> <span class="soft">{about}</span></li>'
    yield "</ol></nav>\n"


_AFTER = """</main>
<footer><p>Outlines of countries: Natural Earth, public domain, by who holds the ground; they say nothing of whose land
it is. Made with sayso.</p></footer>
</body></html>
"""
