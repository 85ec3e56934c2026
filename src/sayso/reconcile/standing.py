"""Which claims of an incident stand before any rule is asked, and why the others do not.

This is the same under every rule: what a person rejected, what its own source replaced, what is denied or doubted, and
totals over several incidents give no figure for this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.reconcile.cells import Cell, cell
from sayso.reconcile.independence import origin, origins
from sayso.reconcile.words import quoted, speaker, upper
from sayso.zeros import zero

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import IncidentScope, Kept, Relation
    from sayso.zeros import Extent


@dataclass(frozen=True, slots=True)
class Ground:
    """The claims of an incident, sorted out.

    Attributes:
        claims: Those that stand, by the day of their report.
        aside: Those that do not, each with the reason as a sentence.
        cells: The group that each claim counts, of those that nobody rejected.
        parts: Ids of claims that count some of a group that another claim counts whole.
        none_of: Ids of zeros that are not of everybody, each with how much of its group it counts.
        origins: Whose word each standing claim is.
    """

    claims: tuple[Kept, ...]
    aside: tuple[tuple[Kept, str], ...]
    cells: Mapping[str, Cell]
    parts: frozenset[str]
    none_of: Mapping[str, Extent]
    origins: Mapping[str, str]


def ground(kept: Iterable[Kept], relations: Iterable[Relation], scope: IncidentScope) -> Ground:
    """Sort out the claims of an incident.

    Args:
        kept: Its claims, in any order; one that is given twice counts once.
        relations: How they stand to one another. Those that touch a rejected claim have no effect.
        scope: ``event``, or ``period`` for totals, which are then what is counted.
    """
    every = sorted({one.claim.id: one for one in kept}.values(), key=order)
    rejected = {one.claim.id for one in every if is_rejected(one)}
    by_id = {one.claim.id: one for one in every if one.claim.id not in rejected}
    holding = [one for one in relations if one.claim in by_id and one.other in by_id and one.claim != one.other]
    replaced = _replaced(by_id, holding)
    totals = {one.claim for one in holding if one.kind == "includes"} if scope == "event" else set[str]()
    aside: list[tuple[Kept, str]] = []
    standing: list[Kept] = []
    for one in every:
        reason = _reason(one, by_id, replaced, totals, scope)
        if reason is None:
            standing.append(one)
        else:
            aside.append((one, reason))
    zeros = {name: zero(one) for name, one in by_id.items() if one.claim.kind == "zero"}
    own = {name: Cell(*zeros[name][:4]) if name in zeros else cell(one) for name, one in by_id.items()}
    cells, parts = _cells(own, holding)
    none_of = {name: found.extent for name, found in zeros.items() if not found.of_everybody}
    return Ground(tuple(standing), tuple(aside), cells, parts, none_of, origins(standing, holding))


def order(kept: Kept) -> tuple[str, str, int, str]:
    """A key by which claims stand in the order of publication, the same on every run."""
    return (_published(kept), kept.report.id, kept.claim.start, kept.claim.id)


def _published(kept: Kept) -> str:
    return kept.report.published or ""


def is_rejected(kept: Kept) -> bool:
    """Say whether a person ruled that the report does not say this."""
    return kept.ruling is not None and kept.ruling.verdict == "rejected"


def _replaced(by_id: Mapping[str, Kept], relations: Sequence[Relation]) -> Mapping[str, str]:
    """Return which claim is replaced by which; two that replace each other both stand.

    With a figure go its repeats: those that are told to repeat it, and those by which the same origin had given the
    same figure of the same people before it was changed.
    """
    pairs = {(one.other, one.claim) for one in relations if one.kind == "supersedes"}
    replaced = {old: new for old, new in sorted(pairs) if (new, old) not in pairs}
    told: dict[tuple[object, ...], str] = {}
    for old in sorted(replaced, key=lambda one: _published(by_id[one]), reverse=True):
        told.setdefault(_said(by_id[old]), old)
    for one in by_id.values():
        first = told.get(_said(one))
        if first is None or one.claim.id in {first, replaced[first]}:
            continue
        if not _is_news(one, by_id[first], by_id[replaced[first]]):
            replaced.setdefault(one.claim.id, replaced[first])
    repeats = [(one.claim, one.other) for one in relations if one.kind == "repeats"]
    changed = True
    while changed:
        found = {one: replaced[other] for one, other in repeats if other in replaced and one not in replaced}
        found = {one: new for one, new in found.items() if one != new}
        replaced.update(found)
        changed = bool(found)
    return replaced


def _is_news(one: Kept, old: Kept, later: Kept) -> bool:
    """Say whether a figure that was replaced is given anew: after the one that replaced it, and not only repeated."""
    return _published(one) > max(_published(old), _published(later)) and bool(_published(later))


def _said(one: Kept) -> tuple[object, ...]:
    """Return what makes two claims the same word of the same origin."""
    return (origin(one), one.claim.harm, cell(one), one.claim.kind, one.claim.low, one.claim.high, one.claim.stance)


def _reason(
    one: Kept, by_id: Mapping[str, Kept], replaced: Mapping[str, str], totals: set[str], scope: IncidentScope
) -> str | None:
    """Return why a claim does not stand, or None where it does."""
    if is_rejected(one) and one.ruling is not None:
        why = f": {one.ruling.why.rstrip('.')}" if one.ruling.why else ""
        return f"{upper(one.ruling.by)} ruled that the report does not say this{why}."
    if one.claim.id in replaced:
        later = by_id[replaced[one.claim.id]]
        return f"{upper(speaker(one))} later changed it to {quoted(later)}."
    if one.claim.id in totals or (scope == "event" and one.claim.scope == "cumulative"):
        return "It is a total over several incidents or days, not the figure of this one."
    if one.claim.stance == "denies":
        return f"{upper(speaker(one))} denies it, and a denial gives no figure of its own."
    if one.claim.stance == "doubts":
        return f"{upper(speaker(one))} doubts it, and a doubt gives no figure of its own."
    return None


def _cells(own: Mapping[str, Cell], relations: Iterable[Relation]) -> tuple[Mapping[str, Cell], frozenset[str]]:
    """Return the group of each claim, and which claims count some of a group that another one counts whole.

    A part takes from its whole what only that states, and so from the whole of its whole. All are filled in step by
    step and together, so that what comes out does not depend on which claim is looked at first.
    """
    wholes: dict[str, list[str]] = {}
    for relation in sorted(relations, key=lambda one: (one.claim, one.other)):
        if relation.kind == "part_of" and relation.claim in own and relation.other in own:
            wholes.setdefault(relation.claim, []).append(relation.other)
    cells = dict(own)
    while True:
        filled = {name: _filled(cells[name], [cells[other] for other in others]) for name, others in wholes.items()}
        if all(cells[name] == found for name, found in filled.items()):
            break
        cells.update(filled)
    parts = {name for name, others in wholes.items() if any(cells[other] == cells[name] for other in others)}
    return cells, frozenset(parts)


def _filled(part: Cell, wholes: Iterable[Cell]) -> Cell:
    for whole in wholes:
        part = part.filled_from(whole)
    return part
