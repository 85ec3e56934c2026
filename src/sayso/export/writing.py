"""What all exports of dossiers share: what is asked for, where it goes, and how they tell what was left out."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TextIO

from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Dossier, Incident

_MOST_NAMED = 5
"""Ids that a note on what was left out names; the number tells of the rest."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user decides about an export.

    Attributes:
        names: Whether names of people harmed go out; they are masked otherwise (`sayso.export.withheld`).
        with_text: Whether whole texts go out, where the dossiers hold them and the format has a place for them.
        title: What a page or a collection is called; None for a heading of its own.
    """

    names: bool = False
    with_text: bool = False
    title: str | None = None


@contextmanager
def text(out: BinaryIO) -> Iterator[TextIO]:
    """Write text to a binary stream as UTF-8 with line ends as they are; the stream stays open."""
    wrapped = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    try:
        yield wrapped
        wrapped.flush()
    finally:
        wrapped.detach()


@dataclass(slots=True)
class LeftOut:
    """What an export had to leave out or leave empty, counted by kind; memory does not grow with the number.

    Attributes:
        where: The name of the format, for the problems' ``where``.
    """

    where: str
    _found: dict[str, tuple[str, str, int, list[str]]] = field(default_factory=dict)

    def add(self, code: str, one: str, what: str, remedy: str) -> None:
        """Count one more.

        Args:
            code: The problem's code.
            one: The id of what was left out.
            what: What was left out and why, to be followed by the number: "Left out for having no death".
            remedy: What the user can do.
        """
        what, remedy, number, named = self._found.get(code, (what, remedy, 0, []))
        if len(named) < _MOST_NAMED:
            named.append(one)
        self._found[code] = (what, remedy, number + 1, named)

    def problems(self) -> tuple[Problem, ...]:
        """Return one problem a kind, in the order in which they were first met."""
        return tuple(
            Problem(code, self.where, f"{what}: {number:,} ({', '.join(named)}{_more(number)}).", remedy)
            for code, (what, remedy, number, named) in self._found.items()
        )


def _more(number: int) -> str:
    return f" and {number - _MOST_NAMED:,} more" if number > _MOST_NAMED else ""


def incidents(dossiers: Iterable[Dossier], left_out: LeftOut) -> Iterator[tuple[Incident, Dossier]]:
    """Yield dossiers that have an incident, with it; the claims of the others are counted as left out."""
    for dossier in dossiers:
        if dossier.incident is not None:
            yield dossier.incident, dossier
            continue
        for kept in dossier.claims:
            left_out.add(
                "claims-without-incident",
                kept.claim.id,
                "Claims left out, since they stand in no incident and this format holds incidents",
                "Export them as csv or jsonl.",
            )
