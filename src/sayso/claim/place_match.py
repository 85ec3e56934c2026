"""Decides which place a proposed name is, by the other places of the report, or leaves it open."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.claim.gazetteer import fold
from sayso.claim.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.claim.gazetteer import Entry, Gazetteer
    from sayso.claim.place_text import Candidate

# Scores are on the scale of the decimal logarithm of a population, so that a tenfold larger town is worth 1.
_BASE = {"country": 7.5, "region": 5.7, "area": 6.0, "sea": 6.0, "adjective": 0.0}
_SUPPORT = 1.5  # a report wholly about the country outweighs a town thirty times as large elsewhere
_HELD = 3.0  # "Ridley, Ohio" settles the country, whatever the populations
_HELD_REGION = 1.0
_OWN_NAME = 0.4
_FOREIGN = 1.0
_CLEAR = 0.35
_DOMINANT = 0.6
_PLAIN = 0.4
_CLEARLY = 1.7
_NEARBY_KM = 30.0
_LINK = re.compile(r"(?:,? (?:in|of)|,|[ ]?\()?[ \n]?(?:the |(?!and)[a-z]+(?:ern)? ){0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """What a candidate turned out to be; fields as in `sayso.claim.places.PlaceMention`."""

    kind: str
    place_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    prec: int | None = None
    country: str | None = None
    score: float = 0.0
    rivals: tuple[tuple[int, str, float], ...] = ()


class Context:
    """The countries a report speaks of, weighed over all its candidates and its outlet's name."""

    def __init__(self, candidates: Sequence[Candidate], outlet: Iterable[Entry]) -> None:
        self._by_name: dict[str, dict[str, float]] = {}
        self._votes: dict[str, float] = {}
        voters = [one for one in candidates if one.entries and one.kind != "weak"]
        times = Counter(one.name.lower() for one in voters)
        home = {entry.country: 0.5 for entry in outlet if entry.country}
        for _ in range(2):  # once by size alone, then names shared by several countries follow the others
            before, self._by_name, self._votes = self._votes, {}, dict(home)
            for one in sorted(voters, key=lambda voter: not voter.cue):
                name = one.name.lower()
                if name not in self._by_name:
                    weight = _weight(one) * math.sqrt(times[name])
                    shares = _shares(one.entries, before)
                    self._by_name[name] = {land: weight * share for land, share in shares.items()}
                    for land, vote in self._by_name[name].items():
                        self._votes[land] = self._votes.get(land, 0.0) + vote

    def without(self, name: str) -> tuple[dict[str, float], float]:
        """Return each country's share of what all other names say, and how much that is in all."""
        own = self._by_name.get(name.lower(), {})
        rest = {land: left for land, vote in self._votes.items() if (left := vote - own.get(land, 0.0)) > 1e-9}
        total = sum(rest.values())
        return {land: vote / total for land, vote in rest.items()}, total

    def dominant(self) -> str | None:
        """Return the country that the whole report plainly is about, or None."""
        total = sum(self._votes.values())
        if total < 0.9:
            return None
        ranked = sorted(self._votes.items(), key=lambda pair: (-pair[1], pair[0]))
        land, vote = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        share = _PLAIN if total >= 2 else _DOMINANT  # little said must say one thing
        return land if vote >= share * total and vote >= _CLEARLY * second else None


def match(one: Candidate, holder: Sequence[Entry], context: Context, gazetteer: Gazetteer) -> Match:
    """Decide what `one` is.

    Args:
        one: The candidate.
        holder: What the place named right after it, as its container, may be ("Ridley, Ohio"); may be empty.
        context: The countries of the report.
        gazetteer: Where spellings that are not listed are looked for by sound.
    """
    lands_held = {entry.country for entry in holder if entry.country}
    if one.kind == "adjective":
        lands = {entry.country for entry in one.entries if entry.country}
        return Match("adjective", country=lands.pop() if len(lands) == 1 else None, score=1.0)
    guess = _inferred(one, lands_held, context)
    if one.kind == "facility":
        return Match("facility", country=guess)
    shares, total = context.without(one.name)
    entries = [entry for entry in one.entries if entry.kind != "adjective"] if one.kind != "unknown" else []
    at_home = any(entry.country == guess for entry in entries)
    if guess is not None and not at_home and not any(map(_well_known, entries)):
        entries += gazetteer.lookup_loose(one.name, guess)[:3]
    scored = sorted(((_score(entry, one, holder, shares, entries), entry) for entry in entries), key=_rank)
    rivals = tuple((rival.id, rival.country or "", round(score, 3)) for score, rival in scored[:6])
    if not scored or _doubtful(one, scored[0][1], lands_held, shares, total):
        return Match(place_words().kind_of(one.noun) or "unknown", country=guess, rivals=rivals)
    best, entry = scored[0]
    close = [rival for score, rival in scored[1:] if best - score < _CLEAR]
    if any(rival.country != entry.country for rival in close):
        return Match(entry.kind, score=round(best, 3), rivals=rivals)
    if any(_apart(entry, rival) for rival in close):
        return Match(entry.kind, country=entry.country, score=round(best, 3), rivals=rivals)
    return _placed(one, entry, round(best, 3), rivals[1:], gazetteer)


def borne_out(candidates: Sequence[Candidate], held: Sequence[int | None], context: Context) -> list[Candidate | None]:
    """Settle the weak candidates: a place where the report bears it out, None where it does not.

    It does where the same name is surely a place elsewhere, where a region or country holds it, or where a
    preposition goes before it and the report is about the country it lies in.

    Args:
        candidates: All candidates of a report.
        held: For each, the index of the candidate that holds it, or None.
        context: The countries of the report.
    """
    sure = {one.name.lower() for one in candidates if one.sure and one.kind not in ("weak", "adjective", "facility")}
    main = context.dominant()
    settled: list[Candidate | None] = []
    for one, holder in zip(candidates, held, strict=True):
        name = one.name.lower()
        likely = bool(one.cue) and main is not None and any(entry.country == main for entry in one.entries)
        if one.kind != "weak":
            settled.append(one)
        elif name not in place_words().common and (name in sure or holder is not None or likely):
            settled.append(replace(one, kind="" if one.entries else "unknown"))
        else:
            settled.append(None)
    return settled


def holds(between: str) -> bool:
    """Say whether the words between two names make the second the container of the first.

    >>> holds(", "), holds(" in the northern "), holds(" and ")
    (True, True, False)
    """
    return bool(between.strip()) and len(between) < 40 and _LINK.fullmatch(between) is not None


def _well_known(entry: Entry) -> bool:
    return entry.kind != "city" or entry.population > 100_000


def may_lie_in(one: Candidate, holder: Candidate) -> bool:
    """Say whether `one` may lie in `holder`: some entry does, or it is a place that the gazetteer may well not hold."""
    lands = {entry.country for entry in holder.entries}
    known = [entry for entry in one.entries if entry.kind != "adjective"]
    small = all(entry.kind == "city" and entry.population < 20_000 for entry in known)
    return small or any(entry.country in lands for entry in known)


def _rank(pair: tuple[float, Entry]) -> tuple[float, int]:
    return (-pair[0], pair[1].id)


def _weight(one: Candidate) -> float:
    if one.kind == "adjective":
        return 0.6
    if one.kind == "facility":
        return 0.4
    wide = any(entry.kind in ("country", "region", "area") for entry in one.entries)
    if not one.cue:
        return 0.7 if wide else 0.5  # more often one who acts or speaks than where it happened
    return 1.5 if wide else 1.0


def _shares(entries: Sequence[Entry], before: dict[str, float]) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for entry in entries:
        if entry.country:
            size = {"country": 4000.0, "region": 1500.0, "area": 1500.0}.get(
                entry.kind, math.sqrt(entry.population + 100)
            )
            sizes[entry.country] = max(sizes.get(entry.country, 0.0), size)
    told = sum(before.values())
    if told:
        sizes = {land: size * (0.05 + before.get(land, 0.0) / told) for land, size in sizes.items()}
    total = sum(sizes.values())
    return {land: size / total for land, size in sizes.items()}


def _score(
    entry: Entry, one: Candidate, holder: Sequence[Entry], shares: dict[str, float], entries: Sequence[Entry]
) -> float:
    kind = place_words().kind_of(one.noun)
    score = _BASE.get(entry.kind) or math.log10(entry.population + 100)
    if kind == "region":
        score += 1.5 if entry.kind == "region" else 0.0
    elif one.noun in place_words().town_nouns:
        score += 1.5 if entry.kind == "city" else 0.0
    score += _SUPPORT * shares.get(entry.country or "", 0.0)
    main = max(shares, key=lambda land: (shares[land], land), default=None)
    if main and shares[main] >= _DOMINANT and entry.country != main and any(e.country == main for e in entries):
        score -= _FOREIGN
    if any(held.country == entry.country for held in holder if held.country):
        score += _HELD
        same = (held.admin1 == entry.admin1 for held in holder if held.country == entry.country and held.admin1)
        score += _HELD_REGION if entry.admin1 and any(same) else 0.0
    return score + (_OWN_NAME if fold(entry.name) == fold(one.name) else 0.0)


def _doubtful(one: Candidate, entry: Entry, held: set[str], shares: dict[str, float], total: float) -> bool:
    """Say whether a small town stands against all that the report says."""
    if entry.kind != "city" or entry.country in held:
        return False
    told_of = bool(shares.get(entry.country or ""))
    if total >= 2 and not held and not told_of and fold(entry.name)[:2] != fold(one.name)[:2]:
        return True  # a far-off city by one of its rarer names
    if held or (total >= 1 and not told_of):
        return entry.population < (1_000_000 if held else 100_000)
    if total >= 1 and shares.get(entry.country or "", 0.0) < 0.1:
        return entry.population < 20_000
    return total < 1 and entry.population < 2_000


def _inferred(one: Candidate, held: set[str], context: Context) -> str | None:
    """Return the country of a place that the gazetteer does not know: its container's, else the report's own."""
    if len(held) == 1:
        return next(iter(held))
    lands = {
        entry.country for entry in one.entries if entry.kind in ("country", "region") or entry.population > 100_000
    }
    if one.kind in ("facility", "unknown") and len(lands) == 1:
        return next(iter(lands))
    return context.dominant()


def _apart(one: Entry, other: Entry) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.admin1 != other.admin1 or one.lat is None
    if one.kind != other.kind:
        return False
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * math.cos(math.radians(one.lat))
    return math.hypot(north, east) > _NEARBY_KM


def _placed(
    one: Candidate, entry: Entry, score: float, rivals: tuple[tuple[int, str, float], ...], gazetteer: Gazetteer
) -> Match:
    listed = place_words()
    kind, lat, lon, prec = entry.kind, entry.lat, entry.lon, entry.prec
    number: int | None = entry.id if entry.id > 0 else None
    if entry.kind == "city" and one.noun in listed.region_nouns:
        centre = gazetteer.centre(entry.country or "", entry.admin1 or "") or (entry.lat, entry.lon)
        kind, number, (lat, lon), prec = "region", None, centre, 4
    elif entry.kind == "city" and one.noun in listed.district_nouns:
        kind, number, prec = "area", None, 3
    elif entry.kind == "city" and one.noun in listed.quarter_nouns:
        kind, prec = "area", 2
    elif entry.kind == "city" and _beside(one):
        prec = 2
    elif entry.kind == "country" and (one.direction or _beside(one)):
        prec = 5
    return Match(kind, number, lat, lon, prec, entry.country, score, rivals)


def _beside(one: Candidate) -> bool:
    listed = place_words()
    first, _, of = one.cue.partition(" ")
    aside = bool(of) and (first in listed.directions or first in listed.beside)
    return bool(one.direction) or one.cue in listed.near or aside
