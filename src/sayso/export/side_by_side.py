"""Two accounts of the same incidents beside each other, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

from sayso.export import wording
from sayso.export.jsonl import dumped
from sayso.export.layout import INDENT, Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.events import Incident, Toll
    from sayso.records import Harm

Bound = Literal["low", "best", "high"]
COMPARED: tuple[Harm, ...] = ("killed", "injured")
BOUNDS: tuple[Bound, ...] = ("low", "best", "high")
_NAME, _NUMBER = 28, 9
_ENOUGH = 10
"""Pairs from which agreement is more than an accident of a few."""


class Side(NamedTuple):
    """What one side tells of an incident.

    Attributes:
        tolls: What the counting rule makes of its claims, by harm, of everybody.
        reports: How many reports or records of it there are.
        date_from: First possible day by its claims.
        date_to: Last possible day.
        place: Where, in its words.
        at: Degrees north and east.
    """

    tolls: Mapping[Harm, Toll]
    reports: int
    date_from: str | None = None
    date_to: str | None = None
    place: str | None = None
    at: tuple[float, float] | None = None


class Pair(NamedTuple):
    """An incident that both sides tell of, or one of them.

    Attributes:
        incident: The incident.
        ours: What our side tells; None where it is silent.
        theirs: What the other side tells.
        days: Days between the two; 0 where they may be the same, None where one side gives none.
        km: Kilometres between the two places, or None.
    """

    incident: Incident
    ours: Side | None
    theirs: Side | None
    days: int | None = None
    km: float | None = None


class Agreement(NamedTuple):
    """How far the two sides agree on a figure: Krippendorff's alpha for ratios over the incidents that both count."""

    harm: Harm
    bound: Bound
    incidents: int
    alpha: float | None


class Compared(NamedTuple):
    """Two sides beside each other, or two counting rules.

    Attributes:
        ours: What our side is called.
        theirs: What the other is called.
        policy: The counting rule; None where the sides are rules themselves.
        pairs: The incidents, by their day.
        agreements: Where both sides have numbers.
    """

    ours: str
    theirs: str
    policy: str | None
    pairs: Sequence[Pair]
    agreements: Sequence[Agreement]

    def both(self) -> list[Pair]:
        """Return the incidents that both tell of."""
        return [one for one in self.pairs if one.ours and one.theirs]

    def alone(self, side: Literal["ours", "theirs"]) -> list[Pair]:
        """Return the incidents that one side alone tells of."""
        other = "theirs" if side == "ours" else "ours"
        return [one for one in self.pairs if getattr(one, side) and not getattr(one, other)]


def as_json(found: Compared) -> str:
    """Return a comparison as one JSON object; null is a bound or number that is left open, and never 0."""
    return dumped(
        {
            "ours": found.ours,
            "theirs": found.theirs,
            "policy": found.policy,
            "both": [
                {**_incident(one), "ours": _side(one.ours), "theirs": _side(one.theirs), "days": one.days, "km": one.km}
                for one in found.both()
            ],
            "ours_alone": [{**_incident(one), "ours": _side(one.ours)} for one in found.alone("ours")],
            "theirs_alone": [{**_incident(one), "theirs": _side(one.theirs)} for one in found.alone("theirs")],
            "agreement": [one._asdict() for one in found.agreements],
        }
    )


def _incident(pair: Pair) -> dict[str, object]:
    return {"incident": pair.incident.id, "name": pair.incident.name}


def _side(side: Side | None) -> dict[str, object] | None:
    if side is None:
        return None
    tolls: dict[str, object] = {
        harm: {bound: getattr(toll, bound) for bound in BOUNDS} | {"decided": list(toll.decided)}
        for harm, toll in side.tolls.items()
    }
    rest = {"date_from": side.date_from, "date_to": side.date_to, "place": side.place, "at": side.at}
    return {**tolls, "reports": side.reports, **rest}


def write(found: Compared, out: TextIO) -> None:
    """Write a comparison: incidents told by both, those told by one alone, and how far the figures agree."""
    view = _View(out)
    both = found.both()
    view.heading(f"{'Told' if found.policy else 'Counted'} by both: {len(both):,}")
    for pair in both:
        view.pair(pair, found)
    if found.policy is None:
        view.line()
        view.agreements(found)
        return
    for side, name in (("theirs", found.theirs), ("ours", found.ours)):
        alone = found.alone("theirs" if side == "theirs" else "ours")
        view.line()
        view.heading(f"Told by {wording.shown(name)} alone: {len(alone):,}")
        for pair in alone:
            view.one(pair, pair.theirs if side == "theirs" else pair.ours)
    view.line()
    view.agreements(found)


class _View(Lines):
    def heading(self, words: str) -> None:
        self.block(self.words((words, "bold")))

    def pair(self, pair: Pair, found: Compared) -> None:
        """Write what both sides tell of an incident."""
        self.line()
        self._name(pair)
        harms = [harm for harm in COMPARED if any(harm in side.tolls for side in (pair.ours, pair.theirs) if side)]
        for harm in harms:
            columns = "".join(f"{name:>{_NUMBER}}" for name in BOUNDS)
            self.line(f"{wording.harm(harm).capitalize():<{_NAME}}{columns}", indent=INDENT)
            for name, side in ((found.ours, pair.ours), (found.theirs, pair.theirs)):
                toll = side.tolls.get(harm) if side else None
                self.line(f"{_short(name):<{_NAME}}{_numbers(toll)}", indent=INDENT)
        if found.policy is not None:
            self.block(self.words(" " * INDENT + "; ".join(_differences(pair)) + "."))

    def one(self, pair: Pair, side: Side | None) -> None:
        """Write what one side tells of an incident."""
        self._name(pair)
        for harm in COMPARED:
            if side and harm in side.tolls:
                told = f"{wording.harm(harm).capitalize():<{_NAME}}{_numbers(side.tolls[harm])}"
                self.line(told, indent=INDENT)

    def _name(self, pair: Pair) -> None:
        self.block(self.words(f"{wording.shown(pair.incident.name) or pair.incident.id}  {pair.incident.id[:10]}"))

    def agreements(self, found: Compared) -> None:
        """Write how far the figures agree."""
        under = f" under {found.policy}" if found.policy else ""
        self.heading(f"Agreement of figures{under} (Krippendorff's alpha, ratios)")
        for one in found.agreements:
            said = "has no meaning here" if one.alpha is None else f"{one.alpha:.3f}"
            number = "1 incident" if one.incidents == 1 else f"{one.incidents:,} incidents"
            few = ", too few to rest on" if one.incidents < _ENOUGH else ""
            self.line(f"{wording.harm(one.harm)}, {one.bound}: {said} ({number}{few})", indent=INDENT)
        if not found.agreements:
            self.block(self.words("    No incident has a number from both."))


def _short(name: str) -> str:
    shown = wording.shown(name)
    return shown if len(shown) < _NAME else shown[: _NAME - 2]


def _numbers(toll: Toll | None) -> str:
    if toll is None:
        return f"{'nothing said':>{3 * _NUMBER}}"
    low, best, high = toll.low, toll.best, toll.high
    words = (
        "open" if low is None else f"{low:,}",
        wording.NOT_SAID if best is None else f"{best:,}",
        "open" if high is None else f"{high:,}",
    )
    return "".join(f"{one:>{_NUMBER}}" for one in words)


def _differences(pair: Pair) -> list[str]:
    """Say how far apart the two sides' days and places are, and how many records stand behind theirs."""
    days = {None: "a day is not given", 0: "the days agree"}.get(pair.days) or (
        "1 day apart" if pair.days == 1 else f"{pair.days:,} days apart"
    )
    place = "a place on the map is not given" if pair.km is None else f"{pair.km:,.0f} km apart"
    reports = [f"{side.reports:,}" for side in (pair.ours, pair.theirs) if side]
    return [days, place, f"reports or records: {' and '.join(reports)}"]
