"""Annotated claims as labels of word pieces: the people counted, what came to them, and what is said with them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.heldout import held_out
from sayso.claim.sentences import split
from sayso.encoder import cut, pieces
from sayso.records import HARMS
from training.roles import COUNTED, FACETS, STANCES, TIED
from training.windows import BEGIN, CLS, IGNORED, INSIDE, SEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from sayso.encoder import Pieced

SETS = ("fakes", "features", "gva", "muc4", "muc4dev")


@dataclass(frozen=True, slots=True)
class Labelled:
    """The claims on one count expression, in its window.

    Attributes:
        at: First and last piece of the count expression in the window, both included, the mark in front counted.
        layer: Index into `COUNTED`.
        harms: 1.0 for each harm that the same words have.
        facets: For each of `FACETS` the index of its value, or `IGNORED`.
        stances: 1.0 for each of `STANCES` that somebody takes; None where that is not known.
        tied: For each of `TIED` the pieces of its words in the window; None where the words are not in the window,
            an empty array where the claim has none.
    """

    at: tuple[int, int]
    layer: int
    harms: NDArray[np.float32]
    facets: tuple[int, ...]
    stances: NDArray[np.float32] | None
    tied: tuple[NDArray[np.int64] | None, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One window of a report: piece ids with the two marks, O, B, I of each layer `[n, 2]`, and the claims."""

    ids: NDArray[np.int64]
    tags: NDArray[np.int64]
    claims: tuple[Labelled, ...]


def reports(gold: Path, *, part: str = "dev") -> Iterator[dict[str, Any]]:
    """Yield the annotated reports of every set; `part` is ``dev`` or ``heldout``."""
    for name in SETS:
        held = held_out(f"gold/{name}")
        for path in sorted((gold / name).glob("*.json")):
            if (path.stem in held) == (part == "heldout"):
                yield {**json.loads(path.read_text(encoding="utf-8")), "set": name}


def windows(report: Mapping[str, Any], tokenizer: Tokenizer, skip: int = 0) -> Iterator[Window]:
    """Yield the windows of a report, cut as at run time; `skip` leaves out sentences at the front to cut otherwise."""
    text = report["text"]
    sentences = [(s.span.start, s.span.end) for s in split(text)]
    pieced = pieces(tokenizer, text, sentences[min(skip, max(0, len(sentences) - 2)) :])
    sure = [c for c in report["claims"] if not c.get("unsure")]
    claims = [c for c in sure if not c.get("optional")]
    tags = _tags(pieced, claims)
    for unsure in (c for c in report["claims"] if c.get("unsure") or c.get("optional")):
        tags[(pieced.starts < unsure["end"]) & (pieced.ends > unsure["start"])] = IGNORED
    for one in cut(pieced.units):
        starts, ends = pieced.starts[one.start : one.end], pieced.ends[one.start : one.end]
        own = np.full((len(starts) + 2, len(COUNTED)), IGNORED, dtype=np.int64)
        own[1:-1] = tags[one.start : one.end]
        together: dict[tuple[int, int, int], list[Mapping[str, Any]]] = {}
        for c in claims:
            if len(starts) and starts[0] <= c["start"] and c["end"] <= ends[-1]:
                together.setdefault((c["start"], c["end"], layer(c)), []).append(c)
        labelled = tuple(_labelled(text, same, starts, ends) for same in together.values())
        yield Window(np.array([CLS, *pieced.ids[one.start : one.end], SEP], dtype=np.int64), own, labelled)


def layer(claim: Mapping[str, Any]) -> int:
    """Return the layer of a claim: single people named are one, all others the other."""
    return COUNTED.index("single" if claim["kind"] == "individual" else "counted")


def _tags(pieced: Pieced, claims: Sequence[Mapping[str, Any]]) -> NDArray[np.int64]:
    """Label every piece for each layer; of spans that overlap the shorter ones are left out of the layer."""
    tags = np.zeros((len(pieced.ids), len(COUNTED)), dtype=np.int64)
    spans = {(c["start"], c["end"], layer(c)) for c in claims}
    for start, end, number in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        inside = ((pieced.starts < end) & (pieced.ends > start)).nonzero()[0]
        if len(inside) and not tags[inside, number].any():
            tags[inside, number] = INSIDE
            tags[inside[0], number] = BEGIN
    return tags


def _labelled(
    text: str, claims: Sequence[Mapping[str, Any]], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> Labelled:
    """Label one count expression with all claims that rest on it."""
    first = claims[0]
    inside = ((starts < first["end"]) & (ends > first["start"])).nonzero()[0] + 1
    harms = {c["harm"] for c in claims}
    stances = {c.get("stance", "asserts") for c in claims}
    return Labelled(
        (int(inside[0]), int(inside[-1])),
        layer(first),
        np.array([float(harm in harms) for harm in HARMS], dtype=np.float32),
        tuple(FACETS[n].index(first[n]) if first.get(n) in FACETS[n] else IGNORED for n in FACETS),
        None if "stance" in first.get("unknown", ()) else np.array([float(s in stances) for s in STANCES], np.float32),
        tuple(_tied(text, claims, role, starts, ends) for role in TIED),
    )


def _tied(
    text: str, claims: Sequence[Mapping[str, Any]], role: str, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Return the pieces of the words that fill a role; None where they are unknown or out of the window."""
    rejecting = [c for c in claims if c.get("stance", "asserts") != "asserts"]
    asserting = [c for c in claims if c not in rejecting]
    if role == "rejecter":
        return _places(text, rejecting[0], "source", starts, ends) if rejecting else np.array([], dtype=np.int64)
    if role == "source":
        return _places(text, asserting[0], role, starts, ends) if asserting else None
    return _places(text, (asserting or rejecting)[0], role, starts, ends)


def _places(
    text: str, claim: Mapping[str, Any], slot: str, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Return the pieces of a slot's words, where they stand nearest to the claim."""
    if slot in claim.get("unknown", ()):
        return None
    wanted = claim.get(slot)
    values = [v for v in (wanted if isinstance(wanted, list) else [wanted]) if v]
    found: list[int] = []
    for value in values:
        pattern = re.escape(value).replace(r"\ ", r"\s+")
        spots = [m for m in re.finditer(pattern, text, re.IGNORECASE) if starts[0] <= m.start() and m.end() <= ends[-1]]
        if not spots:
            return None
        nearest = min(spots, key=lambda m: (_gap(m.start(), m.end(), claim), m.start()))
        found += list(((starts < nearest.end()) & (ends > nearest.start())).nonzero()[0] + 1)
    return np.array(sorted(set(found)), dtype=np.int64)


def _gap(start: int, end: int, claim: Mapping[str, Any]) -> int:
    if start < claim["end"] and claim["start"] < end:
        return 0
    return min(abs(start - int(claim["end"])), abs(int(claim["start"]) - end))
