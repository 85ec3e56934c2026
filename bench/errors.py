"""What the program got wrong on the part that may be read, each mistake with its words in context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.heldout import SETS, held_out
from bench.score_claims import KINDS, compare, same_source
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bench.rows import Read, ScoredClaim
    from bench.sets import Item, Set

_AROUND = 160


def refuse_held_out(sets: Iterable[Set[tuple[ScoredClaim, ...]]]) -> None:
    """Check that nothing here is held out.

    Raises:
        UsageError: One of the reports is held out in some set; nobody reads those.
    """
    kept = frozenset[str]().union(*(held_out(name) for name in SETS))
    for one in sets:
        if any(item.report.id in kept for item in one.items):
            raise UsageError(f"{one.name} has held-out reports, which nobody reads; write errors with --part dev.")


def mistakes(sets: Iterable[Set[tuple[ScoredClaim, ...]]], readings: Mapping[str, Read]) -> str:
    """Return a text that lists missed and spurious claims, and found ones with another source.

    Raises:
        UsageError: One of the reports is held out.
    """
    chosen = list(sets)
    refuse_held_out(chosen)
    lines = []
    for one in chosen:
        for item in one.items:
            found = list(_of_report(item, readings))
            if found:
                lines += [f"== {one.name} {item.report.id} ({item.report.published})", *found, ""]
    return "\n".join(lines) + "\n"


def _of_report(item: Item[tuple[ScoredClaim, ...]], readings: Mapping[str, Read]) -> Iterator[str]:
    text = item.report.text
    read = readings[item.report.id].claims if item.report.id in readings else ()
    for group in ("count", "individual"):
        compared = compare(item.gold, read, KINDS[group])
        for claim in compared.missed:
            there = "; ".join(_figure(other) for other in compared.spurious if other.overlaps(claim))
            instead = f"  (read there: {there})" if there else ""
            yield f"missed    {_figure(claim)}{instead}\n    {_context(text, claim)}"
        for claim in compared.spurious:
            yield f"spurious  {_figure(claim)}\n    {_context(text, claim)}"
        for gold, claim in compared.pairs:
            if not same_source(gold, claim):
                sources = f"{gold.slots.get('source')!r}, read {claim.slots.get('source')!r}"
                yield f"source    {_figure(gold)}: {sources}\n    {_context(text, gold)}"


def _figure(claim: ScoredClaim) -> str:
    bounds = f"{_bound(claim.low)} to {_bound(claim.high)}"
    return f"{claim.start}-{claim.end} {claim.harm} {claim.kind} {bounds}"


def _bound(number: int | None) -> str:
    return "open" if number is None else str(number)


def _context(text: str, claim: ScoredClaim) -> str:
    before, after = text[max(0, claim.start - _AROUND) : claim.start], text[claim.end : claim.end + _AROUND]
    return " ".join(f"{before}[[{text[claim.start : claim.end]}]]{after}".split())
