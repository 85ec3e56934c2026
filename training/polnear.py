"""PolNeAR (Newell, Margolin and Ruths 2018) as training material: who said what, in whole news articles.

Every annotator's reading of a text is an example of its own: where two disagree, the model learns both, weighed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.heldout import held_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Pieces = tuple[tuple[int, int], ...]
_PIECE = re.compile(r"(\d+) (\d+)")
_ARGUMENT = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotator's reading of one text: triples of source, cue and content, each a broken-up span."""

    doc: str
    text: str
    triples: tuple[dict[str, Pieces], ...]


def readings(folder: Path) -> Iterator[Reading]:
    """Yield every annotator's reading of the texts that are not held out, in the order of their names.

    Args:
        folder: Holds ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``.
    """
    kept_apart = held_out("polnear")
    for path in sorted((folder / "attributions").glob("*.ann")):
        doc = path.stem.rpartition("_")[0]
        if doc not in kept_apart:
            text = (folder / "text" / f"{doc}.txt").read_bytes().decode()  # offsets count every character
            yield Reading(doc, text, tuple(_triples(path.read_bytes().decode())))


def _triples(annotation: str) -> Iterator[dict[str, Pieces]]:
    """Read brat stand-off; several spans of one role are one broken-up span. Stray lines are passed over."""
    spans: dict[str, Pieces] = {}
    events: list[str] = []
    for name, _, rest in (line.partition("\t") for line in annotation.split("\n")):
        if name.startswith("T"):
            label = rest.partition("\t")[0]
            spans[name] = tuple((int(start), int(end)) for start, end in _PIECE.findall(label.partition(" ")[2]))
        elif name.startswith("E"):
            events.append(rest)
    for event in events:
        triple: dict[str, Pieces] = {"source": (), "cue": (), "content": ()}
        for role, span in _ARGUMENT.findall(event):
            triple[role.lower()] += spans.get(span, ())
        if triple["cue"] and triple["content"]:
            yield triple
