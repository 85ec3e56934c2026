"""Sentence frames: text with slots to fill and brackets that say which words are a claim.

A slot is ``{name}`` or ``{name.argument}``. A claim is ``[head|words]``; brackets may nest. The head is a letter for
the harm (k killed, i injured, c killed or injured, m missing, p captured, a abducted, d displaced), marks, and options
``;name=value``. Marks: ``!`` denies, ``?`` doubts, ``0`` the report's own voice, ``2`` the second source ``{T}``,
``*`` a running total, ``~`` another event than the report's, ``1`` a named or definite single person, ``u`` one,
``o`` nobody, ``+`` a plural without a number, ``=`` other people than those the report is about.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from training.invented.places import DATA

if TYPE_CHECKING:
    from pathlib import Path

HARMS = {
    "k": "killed",
    "i": "injured",
    "c": "killed_or_injured",
    "m": "missing",
    "p": "captured",
    "a": "abducted",
    "d": "displaced",
}
_RARE = frozenset("mpad")
_TOKEN = re.compile(r"\{(\w+)(?:\.([\w-]+))?\}|\[([kicmpad])([!?02*~1uo+=]*)((?:;\w+=[^;|]*)*)\||(\])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim: its harm, its marks, its options and the parts of its words."""

    harm: str
    marks: str
    options: dict[str, str]
    body: tuple[Part, ...]


Part = str | Slot | Mark


@dataclass(frozen=True, slots=True)
class Frame:
    """One or two sentences to fill, and where they fit.

    Attributes:
        text: As written in the data.
        parts: The text parsed.
        tags: Kinds of event it fits; empty for all.
        place: ``head`` (headline), ``lead``, ``any``, ``start`` (opens a paragraph) or ``follow`` (goes on with an
            account begun in the same paragraph, whose source it keeps).
        need: ``person`` or ``monitor``: a source of that sort must stand earlier in the same paragraph; else empty.
        rare: Whether it holds one of the rarer harms, a zero or a denial.
        after: The harms the sentence before must have told of.
        harms: The harms it says the report's people came to.
        zeros: The harms it says that nobody in the report came to.
    """

    text: str
    parts: tuple[Part, ...]
    tags: frozenset[str]
    place: str
    need: str
    rare: bool
    after: frozenset[str] = frozenset()
    harms: frozenset[str] = frozenset()
    zeros: frozenset[str] = frozenset()

    @property
    def quiet(self) -> bool:
        """Whether it holds no claim."""
        return "|" not in self.text

    @property
    def total(self) -> bool:
        """Whether it tells a running total."""
        return "*" in self.text

    @property
    def sourced(self) -> bool:
        """Whether it names its own source."""
        return bool(re.search(r"\{(S|H|he|alias)\b", self.text))


@cache
def frames(folder: Path = DATA) -> tuple[Frame, ...]:
    """Return every frame of the files ``frames_*.toml``."""
    found: list[Frame] = []
    for path in sorted(folder.glob("frames_*.toml")):
        for group in tomllib.loads(path.read_text("utf-8"))["group"]:
            tags = frozenset(group.get("for", "").split())
            for text in group["texts"]:
                rare = any(
                    token[3] and (token[3] in _RARE or "o" in token[4] or "!" in token[4])
                    for token in _TOKEN.finditer(text)
                )
                told = [
                    (HARMS[token[3]], "o" in token[4])
                    for token in _TOKEN.finditer(text)
                    if token[3] and not set("!?*~=") & set(token[4])
                ]
                found.append(
                    Frame(
                        text,
                        parsed(text),
                        tags,
                        group.get("place", "any"),
                        group.get("need", ""),
                        rare,
                        after=frozenset(HARMS[letter] for letter in group.get("after", "")),
                        harms=frozenset(harm for harm, zero in told if not zero),
                        zeros=frozenset(harm for harm, zero in told if zero),
                    )
                )
    return tuple(found)


def parsed(text: str) -> tuple[Part, ...]:
    """Parse a frame.

    Raises:
        ValueError: if brackets do not close.
    """
    stack: list[tuple[str, str, str, list[Part]]] = [("", "", "", [])]
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            stack[-1][3].append(text[at : token.start()])
        at = token.end()
        if token[1]:
            stack[-1][3].append(Slot(token[1], token[2] or ""))
        elif token[3]:
            stack.append((token[3], token[4], token[5], []))
        elif len(stack) == 1:
            raise ValueError(f"a bracket closes that never opened: {text}")
        else:
            harm, marks, options, body = stack.pop()
            pairs = dict(pair.split("=", 1) for pair in options.split(";") if pair)
            stack[-1][3].append(Mark(HARMS[harm], marks, pairs, tuple(body)))
    if len(stack) > 1:
        raise ValueError(f"a bracket never closes: {text}")
    return (*stack[0][3], *([text[at:]] if at < len(text) else []))
