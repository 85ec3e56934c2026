"""The claims ladder: who gave which figure, on which day, rivals apart. What is drawn here is drawn in two ways.

`ladder_text` draws it for terminals, `ladder_svg` as a picture; both draw what `ladders` works out.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export import parties, totals, wording
from sayso.records import HARMS
from sayso.zeros import is_none_of_some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Dossier, Kept, Toll
    from sayso.records import Claim, Harm, Stance

_WIDE = 100
"""From this ratio between the largest and the smallest figure on, a ladder is drawn on a logarithmic scale."""

_MOST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Rung:
    """One figure that one source gave on one day.

    Attributes:
        day: The report's day of publication, ISO; empty where it is not known.
        words: The figure in plain words, such as ``over 100`` or ``denies 17``.
        label: The same, with the people counted where the source gave the figure of others on that day, too.
        whom: The people counted, without their number.
        low: The lowest number said; None where that is open.
        high: The highest; None where that is open.
        vague: Whether the words were vague ("dozens"), so that the bounds are the table's and not the source's.
        about: Whether the number is said to be rough.
        stance: Whether the source asserts, denies or doubts it.
        part: Whether it counts some of those that another figure counts, or says of some that none came to harm.
        claims: The ids of the claims that say so.
    """

    day: str
    words: str
    label: str
    whom: str
    low: int | None
    high: int | None
    vague: bool
    about: bool
    stance: Stance
    part: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """What one source said, by day."""

    source: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The figures of one harm.

    Attributes:
        harm: The harm.
        lanes: Source by source, by the day on which each first spoke.
        toll: What the chosen counting rule makes of them, where it was asked.
        scale: How numbers are laid out.
    """

    harm: Harm
    lanes: tuple[Lane, ...]
    toll: Toll | None
    scale: Scale


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers are laid out from left to right.

    Attributes:
        top: The largest number.
        log: Whether equal steps are equal ratios, since the figures lie far apart.
    """

    top: int
    log: bool

    def share(self, number: int) -> float:
        """Return where a number stands, from 0 at the left to 1 at the largest.

        >>> Scale(100, log=False).share(25), Scale(0, log=False).share(0)
        (0.25, 0.0)
        """
        if not self.top:
            return 0.0
        return math.log1p(number) / math.log1p(self.top) if self.log else number / self.top

    def marks(self) -> tuple[int, ...]:
        """Return round numbers to write along the scale.

        >>> Scale(117, log=False).marks(), Scale(4200, log=True).marks()
        ((0, 20, 40, 60, 80, 100), (0, 10, 100, 1000))
        """
        if self.log:
            return (0, *(10**power for power in range(1, int(math.log10(self.top)) + 1)))
        for step in (factor * 10**power for power in range(12) for factor in (1, 2, 5)):
            if self.top // step < _MOST_MARKS:
                return tuple(range(0, self.top + 1, step))
        return (0, self.top)


def ladders(dossier: Dossier) -> tuple[Ladder, ...]:
    """Return a ladder for each harm that a figure was given for.

    Single people, named or not counted, are no figure and stand on no ladder; neither do claims that somebody has
    rejected. A figure that one source gave several times on one day is one rung.
    """
    parts = {one.claim for one in dossier.incident.relations if one.kind == "part_of"} if dossier.incident else set()
    parts |= {kept.claim.id for kept in dossier.claims if is_none_of_some(kept)}
    found = []
    for harm in HARMS:
        said = [one for one in totals.standing(dossier) if one.claim.harm == harm and one.claim.kind != "individual"]
        if said:
            toll = totals.total(dossier, harm) if dossier.tolls else None
            lanes = _lanes(said, parts)
            found.append(Ladder(harm, lanes, toll, _scale([rung for lane in lanes for rung in lane.rungs])))
    return tuple(found)


def sentences(ladder: Ladder) -> tuple[str, ...]:
    """Return a ladder in words, for those who do not see it."""
    lines = []
    for lane in ladder.lanes:
        for rung in lane.rungs:
            whom = f" ({rung.whom})" if rung.whom else ""
            lines.append(f"{lane.source}, {wording.published(rung.day or None)}: {rung.words}{whom}.")
    return (*lines, *([toll_words(ladder.toll) + "."] if ladder.toll else []))


def toll_words(toll: Toll) -> str:
    """Return a toll in words, with open bounds told as open.

    >>> from sayso.events import Toll
    >>> toll_words(Toll("ucdp-best-low-high", "1", "i", "killed", 17, 30, None))
    'By ucdp-best-low-high: lowest 17, best 30, highest open'
    """
    number = {bound: getattr(toll, bound) for bound in ("low", "best", "high")}
    said = {bound: "open" if value is None else f"{value:,}" for bound, value in number.items()}
    best = "none settled on" if toll.best is None else said["best"]
    return f"By {toll.policy}: lowest {said['low']}, best {best}, highest {said['high']}"


def _lanes(said: Sequence[Kept], parts: set[str]) -> tuple[Lane, ...]:
    by_source: dict[str, list[Kept]] = {}
    names: dict[str, str] = {}
    for kept in said:
        name = speaker(kept)
        key = name.casefold().removeprefix("the ")
        names.setdefault(key, name)
        by_source.setdefault(key, []).append(kept)
    lanes = [Lane(names[key], _rungs(all_of_it, parts)) for key, all_of_it in by_source.items()]
    return tuple(sorted(lanes, key=lambda lane: (lane.rungs[0].day or "9999", lane.source.casefold())))


def speaker(kept: Kept) -> str:
    """Return who says so; for a report's own voice, its outlet."""
    outlet = wording.shown(kept.report.outlet or "")
    return parties.speaker(kept) or f"{outlet or 'A report'}, in its own voice"


def _rungs(said: Sequence[Kept], parts: set[str]) -> tuple[Rung, ...]:
    alike: dict[tuple[str, str, str, int | None, int | None], list[Claim]] = {}
    for kept in said:
        claim = kept.claim
        day = (kept.report.published or "")[:10]
        key = (day, wording.stated(claim), wording.whom(claim), claim.low, claim.high)
        alike.setdefault(key, []).append(claim)
    several = Counter((day, words) for day, words, *_ in alike)
    rungs = [
        Rung(
            day,
            words,
            f"{words} ({whom})" if whom and several[day, words] > 1 else words,
            whom,
            low,
            high,
            vague=claims[0].qualifier == "vague",
            about=claims[0].qualifier == "about",
            stance=claims[0].stance,
            part=all(claim.id in parts for claim in claims),
            claims=tuple(claim.id for claim in claims),
        )
        for (day, words, whom, low, high), claims in alike.items()
    ]
    return tuple(sorted(rungs, key=lambda rung: (rung.day or "9999", rung.low or 0, rung.high or 0, rung.words)))


def _scale(rungs: Sequence[Rung]) -> Scale:
    numbers = [number for rung in rungs for number in (rung.low, rung.high) if number is not None]
    top = max(numbers, default=0)
    least = min((number for number in numbers if number), default=1)
    return Scale(top, log=top >= _WIDE * least)
