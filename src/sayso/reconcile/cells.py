"""Which people a figure counts, and which of two such groups lies within the other.

A figure of a part must never pass for the whole, nor be added to what holds it. So every claim is put into a group
first: by status, by side, and by sex and age.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sayso.events import Age, Kept, Sex


@dataclass(frozen=True, slots=True)
class Cell:
    """A group of people; None stands for any.

    Attributes:
        status: ``civilian`` or ``combatant``.
        side: The side they belong to, as the list of actors names it.
        sex: ``female`` or ``male``.
        age: ``adult`` or ``child``.
    """

    status: Literal["civilian", "combatant"] | None = None
    side: str | None = None
    sex: Sex | None = None
    age: Age | None = None

    @property
    def plain(self) -> Cell:
        """The same without sex and age, in which no toll is given."""
        return replace(self, sex=None, age=None)

    def within(self, other: Cell) -> bool:
        """Say whether everybody of this group belongs to the other.

        >>> Cell("civilian", age="child").within(Cell("civilian")), Cell().within(Cell("civilian"))
        (True, False)
        """
        return all(getattr(other, one.name) in {None, getattr(self, one.name)} for one in fields(Cell))

    def apart_from(self, other: Cell) -> bool:
        """Say whether nobody can belong to both.

        >>> Cell("civilian").apart_from(Cell("combatant")), Cell(sex="female").apart_from(Cell(age="child"))
        (True, False)
        """
        pairs = ((getattr(self, one.name), getattr(other, one.name)) for one in fields(Cell))
        return any(a is not None and b is not None and a != b for a, b in pairs)

    def filled_from(self, other: Cell) -> Cell:
        """Return this group with what only the other states: "three of the 12 soldiers" are soldiers."""
        return Cell(self.status or other.status, self.side or other.side, self.sex or other.sex, self.age or other.age)

    @property
    def order(self) -> tuple[int, tuple[str, ...]]:
        """A key that puts wider groups first, and is the same on every run."""
        values = tuple(getattr(self, one.name) for one in fields(Cell))
        return sum(value is not None for value in values), tuple(value or "" for value in values)

    def __str__(self) -> str:
        """Return the group in words."""
        return " ".join(self._words())

    def _words(self) -> list[str]:
        people = {"civilian": "civilians", "combatant": "combatants", None: "people"}[self.status]
        if self.age == "child":
            people = {"female": "girls", "male": "boys", None: "children"}[self.sex]
        elif self.sex is not None:
            people = {"female": "women", "male": "men"}[self.sex]
        elif self.age == "adult":
            people = "adults"
        elif self.status is None and self.side is None:
            people = "everybody"
        return [people] if self.side is None else [people, "of", self.side]


EVERYBODY = Cell()
CIVILIANS = Cell("civilian")


def cell(kept: Kept) -> Cell:
    """Return the group that a claim counts, as far as its words tell.

    A figure of civilians and combatants together is one of people; so is one whose words do not say.
    """
    status = kept.claim.status
    known = None if status == "mixed" or status == "unknown" else status  # noqa: PLR1714 - the form that mypy narrows by
    return Cell(known, kept.victims.side, kept.victims.sex, kept.victims.age)
