"""The commands that take other people's records in, and set them beside ours."""

from __future__ import annotations

import json
import textwrap
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_streams import LOST, counting, output, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.importing import Revised

_MOST_REVISED = 10
"""Records whose changes are shown to people."""


class Origin(StrEnum):
    """The formats that `import` reads."""

    GED = "ged"
    ACLED = "acled"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    app.command("import")(import_)
    app.command()(compare)
    app.command()(agreement)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False, help="Tables in CSV.")],
    *,
    of: Annotated[
        Origin,
        typer.Option("--from", metavar="FORMAT", show_default=False, help=f"One of {', '.join(Origin)}."),
    ],
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", show_default=False, help="What the data set is called, such as 'UCDP GED 24.1'."),
    ] = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Take other people's records into the ledger, as claims of their data set.

    Each row is kept as it stands in the file, with the figures in it as claims that the data set makes in its own
    voice. A row that is here already adds nothing; of GED and ACLED, a later release of a row takes the place of the
    earlier one, which stays in the history. A row that is not what the format's codebook describes is told and left
    out.

    \b
    Examples:
      sayso import --from ged --source "UCDP GED 24.1" GEDEvent_v24_1.csv
      sayso import --from acled acled-2023.csv
      sayso import --from csv --source "Partner desk" their-claims.csv

    Exit codes are those of "sayso add".
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import __version__
    from sayso.importing import Importing, Revised
    from sayso.problems import Problem

    if source is not None and not source.strip():
        raise typer.BadParameter("Give the data set a name, or leave it out.", param_hint="--source")
    lost = False
    with output(for_people=not as_json) as out, cli_opening.opened(at) as ledger:
        importing = Importing(ledger, f"sayso {__version__}", of.value, source)
        revised: list[Revised] = []
        for item in (one for file in files for one in importing.add(file)):
            if isinstance(item, Revised):
                revised.append(item)
                continue
            for problem in (item,) if isinstance(item, Problem) else item.problems:
                lost = lost or problem.lost
                tell(problem)
        counts = importing.counts
        if as_json:
            values = {"ledger": ledger.name, "head": str(ledger.head()), "new": counts.new, "known": counts.known}
            values |= {"read_again": counts.read_again, "redacted": counts.redacted, "claims": counts.claims}
            changes = [{"record": one.record, "report": one.report, "changes": one.changes} for one in revised]
            out.write(json.dumps(values | {"revised": changes}) + "\n")
        else:
            told = f"{_number(counts.new, 'record')} imported, {counts.read_again:,} revised"
            told += f", {counts.known:,} already there"
            told += f", {counts.redacted:,} redacted" if counts.redacted else ""
            out.write(f"{told}, {_number(counts.claims, 'claim')}. Ledger: {cli_opening.shown(ledger.name)}\n")
            out.writelines(f"    {cli_opening.shown(one)}\n" for one in _revisions(revised))
        catch_up(ledger)
    if lost:
        raise typer.Exit(LOST)


def _revisions(revised: list[Revised]) -> Iterator[str]:
    """Say of the first records that a later release changed what it changed."""
    for one in revised[:_MOST_REVISED]:
        cells = (f"{name} {old or 'empty'} to {new or 'empty'}" for name, (old, new) in one.changes.items())
        yield textwrap.shorten(f"{one.record} ({one.report}): {'; '.join(cells)}", 300, placeholder=" ...")
    if len(revised) > _MOST_REVISED:
        yield f"And {len(revised) - _MOST_REVISED:,} more; --json has them all."


def compare(  # noqa: PLR0913 - each is an option of the command line
    theirs: Annotated[
        str | None,
        typer.Argument(
            metavar="THEIRS",
            show_default=False,
            help="An outlet, such as an imported data set; or a source. Left out where two rules are compared.",
        ),
    ] = None,
    ours: Annotated[
        str | None,
        typer.Argument(metavar="OURS", show_default=False, help="Another; everybody else when left out."),
    ] = None,
    *,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="A counting rule, as docs/policies.md names them; as-said when left out. Twice to compare two rules.",
        ),
    ] = None,
    place: cli_opening.Place = None,
    box: cli_opening.Box = None,
    since: cli_opening.Since = None,
    until: cli_opening.Until = None,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Set what two sides tell of the same incidents, or what two rules make of them, side by side.

    Each side's claims are counted by themselves under one rule. Incidents that both tell of come first, with how far
    their days and places are apart, then those that one alone tells of, and last how far the figures agree.

    \b
    Examples:
      sayso compare "UCDP GED 24.1"
      sayso compare "UCDP GED 24.1" --policy ucdp-best-low-high --since 2023-03-01
      sayso compare "Coder A" "Coder B" --json
      sayso compare --policy acled-conservative --policy ucdp-best-low-high
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import comparing, tolling
    from sayso.export import side_by_side
    from sayso.gathering.wanting import wanted

    rules = policy or ["as-said"]
    if len(rules) != (1 if theirs is not None else 2):
        raise typer.BadParameter("Name THEIRS and one --policy at most, or no side and --policy twice.")
    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        asked = wanted(place=place, box=box, since=since, until=until)
        catch_up(ledger)
        every = counting(tolling.dossiers(ledger, asked), "Comparing incidents")
        if theirs is None:
            found = comparing.compare_rules(every, rules[0], rules[1])
        else:
            found = comparing.compare(every, theirs, ours, rules[0])
        if as_json:
            out.write(side_by_side.as_json(found) + "\n")
        else:
            side_by_side.write(found, out)


def agreement(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...", show_default=False, help='A table for each person, as "export --to csv" has.'
        ),
    ] = None,
    *,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", show_default=False, help="Who ruled on claims in the ledger; once for each person."
        ),
    ] = None,
    at: cli_opening.At = None,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Say how far people who coded the same reports agree, and list what they differ in.

    Give a table for each person, or with --by who ruled in one ledger: each is then taken by their own rulings alone,
    as if the others had not ruled. Agreement is Krippendorff's alpha, for numbers, labels, days and words.

    \b
    Examples:
      sayso agreement ana.csv ben.csv
      sayso agreement --by "Ana Ruiz" --by "Ben Adler" --json
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import coders
    from sayso.export import agreement_view

    if bool(files) == bool(by):
        raise typer.BadParameter("Give a table for each person, or --by NAME for each; not both.")
    lost = False
    with cli_opening.failing(), output(for_people=not as_json) as out:
        if files:
            found, problems = coders.in_tables(_named(files))
            for problem in problems:
                lost = lost or problem.lost
                tell(problem)
        else:
            with cli_opening.opened(at) as ledger:
                found = coders.in_ledger(ledger, list(dict.fromkeys(by or ())))
        told = found if names else coders.withheld(found)
        if as_json:
            out.write(agreement_view.as_json(told) + "\n")
        else:
            agreement_view.write(told, out)
    if lost:
        raise typer.Exit(LOST)


def _named(files: list[Path]) -> dict[str, Path]:
    """Name each table by its file, and by its folders too where two files have one name."""
    if len(set(files)) < len(files):
        raise typer.BadParameter("A table is given twice.", param_hint="FILE...")
    stems = [file.stem for file in files]
    return {file.stem if stems.count(file.stem) == 1 else str(file): file for file in files}


def _number(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
