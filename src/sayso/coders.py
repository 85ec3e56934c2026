"""The hall, upstairs: what each of several people made of the same reports, by a ledger or by tables they hand in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.events import Dossier, Heading, Kept
from sayso.export.withheld import withheld as masked
from sayso.importing import claims_csv
from sayso.ledger.contents import claim_name
from sayso.ledger.corrections import corrected
from sayso.pages.rows import cells_of, row_pages
from sayso.problems import Problem, UsageError
from sayso.reconcile.double_coding import Coded, compare_coders, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sayso.entries import Decision
    from sayso.ledger import Ledger
    from sayso.reconcile.double_coding import CodersAgreement, Difference
    from sayso.records import Claim

_RULINGS = ("accept", "correct", "reject", "add")


@dataclass(slots=True)
class _Report:
    """What one person ruled in one report: what each claim is set to, claim by claim, and which were rejected."""

    sets: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)


def in_ledger(ledger: Ledger, names: Sequence[str], reports: Sequence[str] | None = None) -> CodersAgreement:
    """Return how far people agree who ruled on claims in one ledger, each as if the others had not.

    A person's claims are those that they accepted, corrected or added, with their own corrections alone. Of a claim
    that they left alone, in a report in which they ruled, nothing is concluded.

    Args:
        ledger: The ledger.
        names: Who they are, as their decisions are signed.
        reports: Ids of the reports to compare; all in which one of them ruled when left out.

    Raises:
        UsageError: There are fewer than two names, or somebody ruled on nothing.
    """
    ruled: dict[str, dict[str, _Report]] = {name: {} for name in names}
    added: set[str] = set()
    homes: dict[str, tuple[str, str]] = {}
    for decision in ledger.decisions(kinds=_RULINGS):
        if decision.kind == "add":
            added.add(_added(decision))
        if decision.by in ruled:
            target = _added(decision) if decision.kind == "add" else decision.on[0]
            report, claim = homes.get(target) or homes.setdefault(target, _stands(ledger, target))
            if reports is None or report in reports:
                _rule(ruled[decision.by].setdefault(report, _Report()), decision, claim)
    for name, found in ruled.items():
        if not found:
            raise UsageError(f'"{name[:80]}" ruled on no claim here; give names as "sayso log" shows them.')
    coded: dict[str, dict[str, Coded]] = {name: {} for name in ruled}
    lengths: dict[str, int] = {}
    for report in sorted({report for found in ruled.values() for report in found}):
        shown = ledger.show(report)
        lengths[report] = len(shown.report.text) if shown.report else 0
        read = {kept.claim.id for kept in shown.claims} - added
        for name, found in ruled.items():
            if report in found:
                coded[name][report] = _coded(ledger, found[report], read)
    return compare_coders(coded, lengths)


def withheld(found: CodersAgreement) -> CodersAgreement:
    """Return it with the names of people harmed masked in what is told of the differences."""
    by_report: dict[str, list[Difference]] = {}
    for one in found.differences:
        by_report.setdefault(one.report, []).append(one)
    every = (one for report, ones in by_report.items() for one in _masked(report, ones))
    return replace(found, differences=tuple(every))


def _masked(report: str, differences: Sequence[Difference]) -> Iterator[Difference]:
    claims = list(dict.fromkeys(claim for one in differences for claim in one.claims.values()))
    dossier = masked(Dossier(None, tuple(Kept(claim, Heading(report)) for claim in claims)))
    after = dict(zip(claims, (kept.claim for kept in dossier.claims), strict=True))
    for one in differences:
        inside = {name: after[claim] for name, claim in one.claims.items()}
        values = {name: told(one.slot, inside[name]) if name in inside else None for name in one.values}
        yield replace(one, values=values, claims=inside)


def _added(decision: Decision) -> str:
    return claim_name(str(decision.set.get("id")), decision.on[0])


def _stands(ledger: Ledger, claim: str) -> tuple[str, str]:
    """Return the report of a claim, and the id under which the claim stands now."""
    shown = ledger.show(claim)
    report = shown.heading.id if shown.heading else ""
    return report, shown.standing.claim.id if shown.standing else claim


def _rule(report: _Report, decision: Decision, claim: str) -> None:
    sets = report.sets.setdefault(claim, [])
    report.rejected.discard(claim)
    if decision.kind == "correct":
        sets.append(decision.set)
    elif decision.kind == "reject":
        report.rejected.add(claim)


def _coded(ledger: Ledger, ruled: _Report, read: set[str]) -> Coded:
    claims = []
    for identity, sets in ruled.sets.items():
        shown = ledger.show(identity)
        if shown.claim is not None and identity not in ruled.rejected:
            claims.append(corrected(shown.claim, *sets))
    return Coded(claims, frozenset(read - ruled.sets.keys()))


def in_tables(files: Mapping[str, Path]) -> tuple[CodersAgreement, tuple[Problem, ...]]:
    """Return how far people agree who each hand in a table of claims, as ``sayso export --to csv`` writes them.

    A person's claims are all rows of their table but those that were rejected. A report is one that a row names.

    Args:
        files: For each person, by name, their table.

    Returns:
        How far they agree, and what could not be read.

    Raises:
        UsageError: There are fewer than two tables.
    """
    problems: list[Problem] = []
    coded: dict[str, dict[str, Coded]] = {}
    lengths: dict[str, int] = {}
    for name, path in files.items():
        claims: dict[str, list[Claim]] = {}
        for page in row_pages(path, claims_csv.NEEDED):
            if isinstance(page, Problem):
                problems.append(page)
                continue
            try:
                row = claims_csv.coded(cells_of(page.body.decode("utf-8-sig", "replace")))
            except ValueError as error:
                what = f"The row was left out: {error}."
                problems.append(Problem("bad-row", page.where, what, "Mend the row and compare again.", lost=True))
                continue
            inside = claims.setdefault(row.report, [])
            if row.claim is not None:
                inside.append(row.claim)
            if row.length is not None:
                lengths[row.report] = row.length
        coded[name] = {report: Coded(inside) for report, inside in claims.items()}
    return compare_coders(coded, lengths), tuple(problems)
