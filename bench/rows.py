"""The part of one reading that is scored, taken from a line of ``sayso read --format jsonl``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

WORDED = ("source", "victims", "place", "perpetrator", "means")
LABELLED = ("status", "country", "scope", "stance", "date_from", "date_to", "qualifier")

Pieces = tuple[tuple[int, int], ...]
"""A span that may be broken up: code-point offsets, end exclusive."""


@dataclass(frozen=True, slots=True)
class ScoredClaim:
    """One claim, gold or read, with what the scorers look at.

    Attributes:
        start: Where the count expression begins, a code-point offset.
        end: Where it ends, exclusive.
        harm: The harm's name.
        kind: ``count``, ``vague``, ``individual`` or ``zero``.
        low: Lower bound, None where not stated.
        high: Upper bound, None where not stated.
        via: Who passed it on, nearest to the source first.
        slots: The slots that the line gives, by name; a slot it leaves out is not a key.
        optional: Gold only: one of two annotators had this claim, so it is neither asked for nor held against.
        also: Gold only: the other annotator's values, as right as those in `slots`.
        confidence: Read only: the probability that the program gives it.
        region: Read only: the first-level region of its place.
        town: Read only: the town that its place is or lies in.
    """

    start: int
    end: int
    harm: str
    kind: str
    low: int | None
    high: int | None
    via: tuple[str, ...] = ()
    slots: Mapping[str, str | None] = field(default_factory=dict)
    optional: bool = False
    also: Mapping[str, str | None] = field(default_factory=dict)
    confidence: float | None = None
    region: str | None = None
    town: str | None = None

    def overlaps(self, other: ScoredClaim) -> bool:
        """Say whether the two count expressions share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Triple:
    """One attribution: who said (source), by which words (cue), what (content)."""

    source: Pieces
    cue: Pieces
    content: Pieces


@dataclass(frozen=True, slots=True)
class Read:
    """What the program read in one document."""

    claims: tuple[ScoredClaim, ...] = ()
    attributions: tuple[Triple, ...] = ()


def scored_claim(row: Mapping[str, Any]) -> ScoredClaim:
    """Take one claim from its JSON object, gold or read.

    Raises:
        KeyError: A key that every claim has is missing.
        TypeError: A value has the wrong type.
    """
    return ScoredClaim(
        start=_number(row["start"]),
        end=_number(row["end"]),
        harm=_word(row["harm"]),
        kind=_word(row["kind"]),
        low=None if row["low"] is None else _number(row["low"]),
        high=None if row["high"] is None else _number(row["high"]),
        via=tuple(_word(name) for name in row.get("via") or ()),
        slots=_slots(row),
        optional=bool(row.get("optional")),
        also=_slots(row.get("also") or {}),
        confidence=None if row.get("confidence") is None else float(row["confidence"]),
        region=(row.get("place_match") or {}).get("region"),
        town=(row.get("place_match") or {}).get("town"),
    )


def read_line(line: str, where: str) -> tuple[str, Read]:
    """Take a document's id and reading from one line of the program's output.

    Args:
        line: One JSON object.
        where: The line's place, named when something is wrong with it.

    Raises:
        UsageError: The line is not what ``sayso read --format jsonl`` prints.
    """
    try:
        row = json.loads(line)
        claims = tuple(scored_claim(claim) for claim in row["claims"])
        attributions = tuple(
            Triple(_pieces(a["source"]), _pieces(a["cue"]), _pieces(a["content"]))
            for a in row.get("attributions") or ()
        )
        return _word(row["report"]["id"]), Read(claims, attributions)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{where} is not a line of `sayso read --format jsonl` ({type(error).__name__}: {error}); "
            "give a file that the program wrote."
        ) from error


def read_lines(lines: Iterable[str], where: str) -> dict[str, Read]:
    """Return the readings by document id; of two lines with the same id the later one counts.

    Raises:
        UsageError: A line is not what ``sayso read --format jsonl`` prints.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return dict(read_line(line, f"{where}:{number}") for number, line in numbered)


def read_file(path: Path) -> dict[str, Read]:
    """Return the readings of a file of JSON lines by document id.

    Raises:
        UsageError: The file cannot be read or is not what ``sayso read --format jsonl`` prints.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); give a file of `sayso read --format jsonl`.") from error
    return read_lines(text.split("\n"), str(path))


def _slots(row: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: row[name] and _word(row[name]) for name in (*WORDED, *LABELLED) if name in row}


def _pieces(value: Iterable[Iterable[int]]) -> Pieces:
    return tuple((_number(start), _number(end)) for start, end in value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} is not a whole number")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a text")
    return value
