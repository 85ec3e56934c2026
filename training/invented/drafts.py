"""A claim while its report is being written, and what its own words say of the people counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from training.invented.frames import Mark
    from training.invented.numbers import Number
    from training.invented.scene import Scene, Span

Place = tuple[int, int]
People = tuple[str, str]  # the victims as written, and their status
COMBATANT, CIVILIAN, UNKNOWN = "combatant", "civilian", "unknown"
_NOBODY = frozenset(("casualties", "deaths", "losses", "one", "one else", "injuries", "fatalities"))
_HARMED = frozenset(
    ("killings", "deaths", "injuries", "lives", "homicides", "fatalities", "injured", "dead", "coffins", "casualties")
)
_CIVILIANS = (
    "residents",
    "families",
    "inhabitants",
    "villagers",
    "pupils",
    "girls",
    "foreigners",
    "demonstrators",
    "boy",
)
_STATUS = {
    **dict.fromkeys(_CIVILIANS, CIVILIAN),
    **dict.fromkeys(("children", "patients", "victim", "bystander", "hostages", "nine", "six"), CIVILIAN),
    **dict.fromkeys(("fighters", "martyrs", "men"), COMBATANT),
}


@dataclass(slots=True)
class Draft:
    """A claim while its report is being written."""

    mark: Mark
    start: int
    end: int = 0
    number: Number | None = None
    victims: str | None = None
    status: str = UNKNOWN
    source: Place | None = None
    via: list[Place] = field(default_factory=list)
    perpetrator: str | None = None
    place: str | None = None
    means: str | None = None
    span: Span | None = None

    @property
    def main(self) -> bool:
        """Whether it is about the report's event."""
        return "~" not in self.mark.marks and "*" not in self.mark.marks


def counted(draft: Draft, words: str, before: People | None) -> People | None:
    """Fill in who is counted where no slot did: the claim's own noun, or the people named before.

    Args:
        draft: The claim, filled in place.
        words: Its words.
        before: The people its sentence named last.

    Returns:
        The people named last, now.
    """
    marks = draft.mark.marks
    if "1" in marks:
        draft.status = CIVILIAN
        return before
    if "o" in marks:
        rest = words[3:] if words.lower().startswith("no ") else ""
        if draft.victims is None and rest and rest not in _NOBODY:
            draft.victims, draft.status = rest, CIVILIAN
        return before
    rest = words
    if draft.number:
        written = max((draft.number.words, draft.number.bare), key=lambda form: (form in words, len(form)))
        rest = words.partition(written)[2].strip()
    elif "u" in marks:
        rest = words.partition(" ")[2]
    if draft.victims:
        return before
    if rest and rest not in _HARMED and not rest.startswith(("of ", "other", "more", "fourth", "third")):
        before = rest, _STATUS.get(rest.rpartition(" ")[2], UNKNOWN)
    if before:
        draft.victims, draft.status = before
    return before


def days(draft: Draft, scene: Scene) -> tuple[date | None, date | None]:
    """Return when the harm of a claim happened, as far as the report tells."""
    if not draft.main:
        return (draft.span.start, draft.span.end) if draft.span else (None, None)
    return (scene.event.day, scene.event.day) if "day" in scene.event.told else (None, None)
