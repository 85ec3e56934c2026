"""Which countries and regions a report speaks of, weighed over all the places that it names and its outlet's name."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import fold
from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.claim.gazetteer import Entry
    from sayso.claim.place_text import Candidate

DOMINANT = 0.6
_PLAIN = 0.4
_CLEARLY = 1.7
_LEANS = 0.5
_GOOD_PART = 0.25
_OUTLET = 0.5
_OF_OUTLET = ""  # stands for the outlet among the names that tell of a region
# The blocks of streets by which the American police tell where something happened.
_BLOCK = 0.5
_WIDE = ("country", "region", "area")
# A town that is only known by a name too counts so much beside one of another country that is called by it.
_ONCE_CALLED = 0.1
_A_TOWN = 1_000  # people


class Context:
    """The countries and first-level regions a report speaks of.

    Args:
        candidates: All that the report may name.
        outlet: What the words of the outlet's name stand for in the gazetteer.
    """

    def __init__(self, candidates: Sequence[Candidate], outlet: Sequence[Entry]) -> None:
        self._by_name: dict[str, dict[str, float]] = {}
        self._votes: dict[str, float] = {}
        self._without: dict[str, tuple[dict[str, float], float]] = {}
        voters = [one for one in candidates if one.entries and one.kind != "weak"]
        times = Counter(one.name.lower() for one in voters)
        home = {entry.country: _OUTLET for entry in outlet if entry.country}
        if any(one.cue == "block" for one in candidates):
            home["US"] = home.get("US", 0.0) + _BLOCK
        for _ in range(2):  # once by size alone, then names shared by several countries follow the others
            before, self._by_name, self._votes = self._votes, {}, dict(home)
            for one in sorted(voters, key=lambda voter: not voter.cue):
                name = one.name.lower()
                if name not in self._by_name:
                    weight = _weight(one) * math.sqrt(times[name])
                    shares = _shares(one.name, one.entries, before)
                    self._by_name[name] = {land: weight * share for land, share in shares.items()}
                    for land, vote in self._by_name[name].items():
                        self._votes[land] = self._votes.get(land, 0.0) + vote
        self._regions = _regions(voters)
        for entry in outlet:
            if entry.country and entry.admin1 and entry.kind == "region":
                region = (entry.country, entry.admin1)
                self._regions[region] = self._regions.get(region, frozenset()) | {_OF_OUTLET}

    def without(self, name: str) -> tuple[dict[str, float], float]:
        """Return each country's share of what all other names say, and how much that is in all."""
        low = name.lower()
        known = self._without.get(low)
        if known is not None:
            return known
        own = self._by_name.get(low, {})
        rest = {land: left for land, vote in self._votes.items() if (left := vote - own.get(land, 0.0)) > 1e-9}
        total = sum(rest.values())
        known = self._without[low] = {land: vote / total for land, vote in rest.items()}, total
        return known

    def speaks_of(self, region: tuple[str, str], name: str) -> bool:
        """Say whether names other than `name` tell of a first-level region, given by country and admin1 code."""
        return bool(self._regions.get(region, frozenset()) - {name.lower()})

    def leans_to(self, one: Candidate) -> bool:
        """Say whether all other names speak, for a good part, of a country that `one` may lie in."""
        shares, total = self.without(one.name)
        return total >= _LEANS and any(shares.get(entry.country or "", 0.0) >= _GOOD_PART for entry in one.entries)

    def dominant(self) -> str | None:
        """Return the country that the whole report plainly is about, or None."""
        total = sum(self._votes.values())
        if total < 0.9:
            return None
        ranked = sorted(self._votes.items(), key=lambda pair: (-pair[1], pair[0]))
        land, vote = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        share = _PLAIN if total >= 2 else DOMINANT  # little said must say one thing
        return land if vote >= share * total and vote >= _CLEARLY * second else None


def borne_out(candidates: Sequence[Candidate], held: Sequence[int | None], context: Context) -> list[Candidate | None]:
    """Settle the weak candidates: a place where the report bears it out, None where it does not.

    It does where the same name is surely a place elsewhere, where a region or country holds it, where it holds the
    place before it ("Acapulco, Guerrero"), or where a preposition goes before it and the report leans to its country.

    Args:
        candidates: All candidates of a report.
        held: For each, the index of the candidate that holds it, or None.
        context: The countries of the report.
    """
    sure = {one.name.lower() for one in candidates if one.sure and one.kind not in ("weak", "adjective", "facility")}
    settled: list[Candidate | None] = []
    for at, (one, holder) in enumerate(zip(candidates, held, strict=True)):
        name = one.name.lower()
        if one.kind != "weak":
            settled.append(one)
        elif _holds_before(at, candidates, held) or (
            name not in place_words().common
            and (name in sure or holder is not None or (bool(one.cue) and context.leans_to(one)))
        ):
            settled.append(replace(one, kind="" if one.entries else "unknown"))
        else:
            settled.append(None)
    return settled


def _holds_before(at: int, candidates: Sequence[Candidate], held: Sequence[int | None]) -> bool:
    """Say whether a candidate is a region in which some town of the name right before it lies."""
    if not at or held[at - 1] != at:
        return False
    regions = {(entry.country, entry.admin1) for entry in candidates[at].entries if entry.kind == "region"}
    return any((entry.country, entry.admin1) in regions for entry in candidates[at - 1].entries)


def _weight(one: Candidate) -> float:
    if one.kind == "adjective":
        return 0.6
    if one.kind == "facility":
        return 0.4
    wide = any(entry.kind in _WIDE for entry in one.entries)
    if not one.cue:
        return 0.7 if wide else 0.5  # more often one who acts or speaks than where it happened
    return 1.5 if wide else 1.0


def _shares(name: str, entries: Sequence[Entry], before: Mapping[str, float]) -> dict[str, float]:
    sizes: dict[str, float] = {}
    borne = own_lands(name, entries)
    for entry in entries:
        if entry.country:
            size = {"country": 4000.0, "region": 600.0, "area": 800.0}.get(
                entry.kind, math.sqrt(entry.population + 100)
            )
            if borne - {entry.country} and not bears(entry, name):
                size *= _ONCE_CALLED
            sizes[entry.country] = max(sizes.get(entry.country, 0.0), size)
    told = sum(before.values())
    if told:
        sizes = {land: size * (0.05 + before.get(land, 0.0) / told) for land, size in sizes.items()}
    total = sum(sizes.values())
    return {land: size / total for land, size in sizes.items()}


def bears(entry: Entry, name: str) -> bool:
    """Say whether a place is called by a name, and not only known by it too, as Harare is by Salisbury."""
    return entry.kind != "city" or fold(entry.name)[:2] == fold(name)[:2]


def own_lands(name: str, entries: Sequence[Entry]) -> set[str | None]:
    """Return the countries in which some town is called by a name, in the sense of `bears`."""
    return {one.country for one in entries if one.kind == "city" and one.population >= _A_TOWN and bears(one, name)}


def _regions(voters: Iterable[Candidate]) -> dict[tuple[str, str], frozenset[str]]:
    """Return by which names each first-level region is spoken of: its own, or those of its largest towns."""
    told: dict[tuple[str, str], set[str]] = {}
    for one in voters:
        known = [entry for entry in one.entries if entry.country and entry.admin1]
        for entry in [e for e in known if e.kind != "city"] or known[:1]:
            told.setdefault((entry.country or "", entry.admin1 or ""), set()).add(one.name.lower())
    return {region: frozenset(names) for region, names in told.items()}
