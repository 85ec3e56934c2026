"""Predictions made from gold by chance: dropped, moved, changed and invented, to try a scorer with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from bench.rows import Pieces, Triple

Row = dict[str, Any]
"""A claim as a JSON object."""

SOURCES = (
    None,
    "the Ministry",
    "residents",
    "a hospital director",
    "The ministry's",
    "\u2018\u2019",
    "the",
    "head of a hospital",
    "hospital director",
    "residents " * 16,
)
VICTIMS = (None, "people", "Children", "two boys", "women and men", "woman", "babies", "soldiers", "kidnapped men")
HARMS = ("killed", "injured", "killed_or_injured", "missing")
KINDS = ("count", "count", "vague", "zero", "individual")
STANCES = ("asserts", "asserts", "asserts", "denies", "doubts")
STATUSES = ("civilian", "combatant", "mixed", "unknown")
SCOPES = ("incident", "incident", "cumulative")


def marked(rng: Random, gold: Sequence[Row]) -> list[Row]:
    """Return gold claims of which some are optional or accept a second annotator's values."""
    rows = []
    for claim in gold:
        row = dict(claim)
        if rng.random() < 0.1:
            row["optional"] = True
        if rng.random() < 0.2:
            second = _slots(rng)
            row["also"] = {slot: second[slot] for slot in rng.sample(sorted(second), 3)}
        rows.append(row)
    return rows


def claims(rng: Random, gold: Sequence[Row], length: int) -> list[Row]:
    """Return claims as a faulty reader of a text of `length` characters would give them."""
    read = []
    for claim in gold:
        if rng.random() < 0.2:
            continue
        row = {key: value for key, value in claim.items() if key not in ("optional", "also")}
        row |= {slot: value for slot, value in _slots(rng).items() if rng.random() < 0.15}
        if rng.random() < 0.2:
            move = rng.randint(-8, 8)
            row["start"], row["end"] = max(0, row["start"] + move), max(1, row["end"] + move + rng.choice((0, 3, 120)))
        if rng.random() < 0.1:
            row["low"] = rng.choice((None, 0, 1, (row["low"] or 0) + 1))
        if rng.random() < 0.05:
            row["kind"] = rng.choice(KINDS)
        if row["source"] and rng.random() < 0.3:
            row["source"] = rng.choice((row["source"].replace(" of ", " "), f"the {row['source']}'s", "of"))
        if rng.random() < 0.3:
            row["via"] = rng.choice(([], row["via"][:1], [*row["via"], "state television"], ["state television"]))
        read += [row] * (2 if rng.random() < 0.05 else 1)
    read += [_invented(rng, rng.choice(HARMS), rng.randrange(60), length) for _ in range(rng.randrange(3))]
    rng.shuffle(read)
    return read


def claims_of(rng: Random, numbers: Iterable[tuple[str, int]]) -> list[Row]:
    """Return claims around numbers (harm, people) that a report is known to give, with noise."""
    read: list[Row] = []
    for harm, number in numbers:
        for _ in range(rng.choice((0, 1, 1, 2))):
            near = rng.choice((number, number, number, max(0, number + rng.randint(-3, 3)), number * 9 // 10))
            read.append(_invented(rng, harm, near, 2000))
    read += [_invented(rng, rng.choice(HARMS), rng.randrange(9), 2000) for _ in range(rng.randrange(3))]
    rng.shuffle(read)
    return read


def keys(rng: Random, gold: Sequence[Row]) -> list[Row]:
    """Return facts of a MUC-4 key with more ranges, rough numbers, plurals and options than the real ones have."""
    rows = []
    for fact in gold:
        row = fact | {flag: rng.random() < 0.15 or fact[flag] for flag in ("plural", "optional")}
        if fact["alts"] and rng.random() < 0.4:
            low = fact["alts"][0][0]
            row["alts"] = [*fact["alts"], [low, rng.choice((None, low, low + rng.randrange(9))), rng.random() < 0.5]]
        rows.append(row)
        if fact["alts"] and rng.random() < 0.3:
            rows.append(row | {"alts": [[max(1, fact["alts"][0][0] - 2), fact["alts"][0][0] + 3, False]]})
    return rows


def triples(rng: Random, gold: Sequence[Triple], length: int) -> list[Row]:
    """Return attributions as a faulty reader of a text of `length` characters would give them."""
    read = []
    for triple in gold:
        if rng.random() < 0.2:
            continue
        row = {role: _moved(rng, getattr(triple, role)) for role in ("source", "cue", "content")}
        if rng.random() < 0.1:
            row[rng.choice(sorted(row))] = []
        if triple.source and rng.random() < 0.3:
            start, end = triple.source[0]
            row["source"] = [[start, start + rng.randint(1, end - start)]]
        read.append(row)
        if rng.random() < 0.1:
            read.append(row | {"cue": _moved(rng, triple.cue), "source": []})
    for _ in range(rng.randrange(4)):
        at = rng.randrange(length)
        read.append({"source": [[at, at + 9]], "cue": [[at + 10, at + 14]], "content": [[at + 14, at + 90]]})
    rng.shuffle(read)
    return read


def _invented(rng: Random, harm: str, low: int, length: int) -> Row:
    start = rng.randrange(length)
    high = rng.choice((low, low, low, None, low + rng.randrange(5), low + low // rng.randint(1, 6)))
    kind = rng.choice(KINDS)
    place = {"start": start, "end": start + rng.randint(1, 20)}
    return place | {"harm": harm, "kind": kind, "low": low, "high": high, "via": []} | _slots(rng)


def _slots(rng: Random) -> Row:
    day = f"2016-03-{rng.randint(10, 28)}"
    return {
        "source": rng.choice(SOURCES),
        "victims": rng.choice(VICTIMS),
        "place": rng.choice((None, "Tarsenik", "the village of Orvelo")),
        "perpetrator": rng.choice((None, "rebels", "the army")),
        "means": rng.choice((None, "shelling", "a car bomb")),
        "status": rng.choice(STATUSES),
        "country": rng.choice((None, "SY", "US")),
        "scope": rng.choice(SCOPES),
        "stance": rng.choice(STANCES),
        "date_from": rng.choice((None, day)),
        "date_to": rng.choice((None, day)),
        "qualifier": rng.choice(("exact", "at_least", "vague")),
    }


def _moved(rng: Random, pieces: Pieces) -> list[list[int]]:
    moved = []
    for start, end in pieces:
        if rng.random() < 0.3:
            moved.append([max(0, start + rng.randint(-30, 30)), end + rng.randint(-20, 30)])
        else:
            moved.append([start, end])
    return moved
