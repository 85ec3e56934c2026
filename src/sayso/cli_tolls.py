"""The commands that count: one incident under a rule or under all of them, and sums over many incidents."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_streams import counting, output, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.events import Dossier
    from sayso.ledger import Ledger
    from sayso.reconcile.rank import Ranks
    from sayso.tolling import Total

_Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="NAME",
        show_default=False,
        help="A counting rule, as docs/policies.md names them; as-said when left out; repeatable.",
    ),
]
_All = Annotated[bool, typer.Option("--all", help="Every counting rule, side by side.")]
_Sources = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="Your own levels of sources, as docs/policies.md shows."),
]

_MOST_OVERLAPS = 10
"""Pairs that are shown to people."""


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (toll, tolls):
        app.command()(command)


def toll(  # noqa: PLR0913 - each is an option of the command line
    name: Annotated[
        str,
        typer.Argument(
            metavar="INCIDENT", show_default=False, help="An incident's id, or as much of its beginning as tells it."
        ),
    ],
    *,
    policy: _Policies = None,
    all_rules: _All = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add the claims that decided, those set aside and why, with their words.")
    ] = False,
    sources: _Sources = None,
    at: cli_opening.At = None,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Count one incident under a counting rule.

    The id of a claim will do as well. A toll is what a rule makes of what was published; it never says that a figure is
    right. Without --names, names of people harmed are left out.

    \b
    Examples:
      sayso toll i-3fa2c4
      sayso toll i-3fa2c4 --all
      sayso toll i-3fa2c4 --policy ucdp-best-low-high --explain
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import tolling
    from sayso.export import tolls_json, tolls_view
    from sayso.export.withheld import withheld
    from sayso.gathering.asking import dossier

    ranks = _ranks(sources)
    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        rules = _rules(policy, all_rules=all_rules)
        catch_up(ledger)
        found = tolling.counted(dossier(ledger, name).dossier, rules, ranks)
        # Names are counted before they are masked.
        told = found if names else withheld(found)
        stories = tolling.stories(told)
        if as_json:
            out.write(tolls_json.incident(told, stories if explain else None) + "\n")
        elif explain:
            tolls_view.write(told, out, stories)
        else:
            tolls_view.write(told, out, tolls_view.in_short(stories))


def tolls(  # noqa: PLR0913 - each is an option of the command line
    *,
    policy: _Policies = None,
    all_rules: _All = False,
    place: cli_opening.Place = None,
    box: cli_opening.Box = None,
    since: cli_opening.Since = None,
    until: cli_opening.Until = None,
    party: cli_opening.Party = None,
    contested: cli_opening.Contested = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Write each incident's tolls before the sums, with the claims that decided."),
    ] = False,
    sources: _Sources = None,
    at: cli_opening.At = None,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Add up the incidents of the ledger under a counting rule.

    Running totals over a week or a war are told beside the sum and never added to it, and incidents that may count the
    same people are named. Without --names, names of people harmed are left out.

    \b
    Examples:
      sayso tolls --place dresk --since 2023-03-01 --until 2023-03-31
      sayso tolls --place dresk --explain
      sayso tolls --policy acled-conservative --policy ucdp-best-low-high
      sayso tolls --all --json
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import tolling
    from sayso.export import tolls_json, tolls_view
    from sayso.export.withheld import withheld
    from sayso.gathering.wanting import wanted

    ranks = _ranks(sources)
    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        rules = _rules(policy, all_rules=all_rules)
        asked = [
            wanted(place=place, box=box, since=since, until=until, party=party, contested=contested, totals=totals)
            for totals in (False, True)
        ]
        catch_up(ledger)
        every = (one for page in asked for one in tolling.dossiers(ledger, page))
        first = tolls_json.EachOf(out)

        def write_one(found: Dossier) -> None:
            told = found if names else withheld(found)
            stories = tolling.stories(told)
            if as_json:
                first.add(told, stories)
            elif told.tolls:
                tolls_view.write(told, out, stories)
                out.write("\n")

        found = tolling.total(counting(every, "Counting incidents"), rules, ranks, write_one if explain else None)
        if as_json:
            before = first.end() if explain else "{"
            number = found.events + found.periods
            tolls_json.write_sums(found.sums(), found.overlaps.found(), number, out, before)
            return
        heading = "All of them together" if explain and found.events else ""
        tolls_view.write_sums([one.toll for one in found.sums()], _notes(ledger, found), out, heading)


def _rules(stated: list[str] | None, *, all_rules: bool) -> list[str]:
    from sayso.reconcile import DEFAULT, POLICIES, named

    if all_rules:
        return list(POLICIES)
    return [named(one).name for one in dict.fromkeys(stated or [DEFAULT])]


def _ranks(file: Path | None) -> Ranks | None:
    """Read a user's levels of sources; where the file is in doubt, nothing is counted."""
    if file is None:
        return None
    from sayso.reconcile import rank

    ranks, problems = rank.load(file)
    for problem in problems:
        tell(problem)
    if problems:
        raise typer.Exit(2)
    return ranks


def _notes(ledger: Ledger, found: Total) -> Iterator[str]:
    """Say how many incidents there are, which totals were not added, and which incidents may count the same people."""
    from sayso.gathering.asking import named

    yield f"Incidents that fit: {found.events:,}; running totals: {found.periods:,}."
    pairs = found.overlaps.found()
    first = list(islice(pairs, _MOST_OVERLAPS))
    names = named(ledger, {incident for one in first for incident in (one.one, one.other)})
    for one in first:
        yield f"{one.one} ({names[one.one]}) and {one.other} ({names[one.other]}): {one.reason}"
    more = sum(1 for _ in pairs)
    if more:
        yield f"And {more:,} more pairs that may overlap; --json has them all."
