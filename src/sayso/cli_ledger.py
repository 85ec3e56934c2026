"""The commands that make a ledger, add to it and look into it."""

from __future__ import annotations

import json
import sys
import time
import zlib
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_inputs, cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_streams import LOST, is_piped, output, progress, tell

if TYPE_CHECKING:
    from sayso.adding import Counts, Kept
    from sayso.ledger import Ledger


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (init, add, verify, dump, load, rebuild):
        app.command()(command)


def init(*, at: cli_opening.At = None) -> None:
    """Make a new, empty ledger.

    A ledger keeps pages as they were fetched, what was read in them, and what people ruled; nothing in it is changed
    or taken out. It is one file, or a PostgreSQL database for teams.

    \b
    Examples:
      sayso init
      sayso init --ledger cases/dresk.sayso
      sayso init --ledger postgresql://desk@db.example/dresk
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.ledger import Ledger

    with cli_opening.failing():
        place = cli_opening.place(at)
        try:
            with Ledger.create(place) as ledger:
                typer.echo(f"A new ledger stands in {cli_opening.shown(ledger.name)}.")
        except OSError as error:
            told = f"{cli_opening.shown(place)}: No file can be made there: {error.strerror}."
            typer.echo(f"sayso: {told} Choose another place, or make room.", err=True)
            raise typer.Exit(cli_opening.UNUSABLE) from None


def add(  # noqa: PLR0913 - each is an option of the command line
    inputs: cli_inputs.Inputs = None,
    *,
    at: cli_opening.At = None,
    published: cli_inputs.Published = None,
    outlet: cli_inputs.Outlet = None,
    title: cli_inputs.Title = None,
    language: cli_inputs.Language = None,
    date_order: cli_inputs.InOrder = None,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Keep who said what for the whole text as well.")
    ] = False,
    keep: cli_inputs.Keep = None,
    jobs: cli_inputs.Jobs = 1,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Read reports into the ledger.

    An INPUT is what "sayso read" takes. Each page is kept with what was read in it before it is told of. Pages that
    this program has read into the ledger before are passed over, so a run that was stopped goes on where it stopped,
    and several runs may add at once.

    \b
    Examples:
      sayso add reports/
      sayso add --keep pages https://review.example/2023/03/15/dresk
      sayso add news.warc.gz --json
      sayso add --jobs 0 archive/

    Exit codes are those of "sayso read", and 3 where the ledger cannot be used.
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import __version__
    from sayso.adding import Adding
    from sayso.pages.files import pages
    from sayso.problems import Problem

    if not inputs and not is_piped(sys.stdin):
        raise typer.BadParameter("Name a file or folder to add, or - for standard input.", param_hint="INPUT")
    given = cli_inputs.given(title=title, outlet=outlet, published=published, language=language, date_order=date_order)
    lost = False
    shown = progress(inputs or ["-"], even_for_one=True)
    with output(for_people=not as_json) as out, cli_opening.opened(at) as ledger, shown as bar:
        at_once = cli_inputs.jobs(jobs)
        adding = Adding(ledger, f"sayso {__version__}", given, attributions=attributions, jobs=at_once)
        found = pages(inputs or ["-"], keep=keep)
        if bar is not None:
            bar.say = partial(_so_far, adding.counts, time.monotonic())
        for item in adding.add(found if bar is None else bar.watch(found)):
            if bar is not None and (sys.stdout.isatty() or isinstance(item, Problem) or item.problems):
                bar.hide()
            if not isinstance(item, Problem):
                out.write(_kept_as_json(item) if as_json else _kept(item))
                out.flush()
            for problem in (item,) if isinstance(item, Problem) else item.problems:
                lost = lost or problem.lost
                tell(problem)
        if bar is not None:
            bar.hide()
        if as_json:
            out.write(_sum_as_json(adding.counts, ledger))
        else:
            out.write(f"{_sum(adding.counts)} Ledger: {cli_opening.shown(ledger.name)}\n")
            unfit = sum(1 for _ in ledger.unfitting()) if adding.counts.read_again else 0
            if unfit:
                out.write(f"Decisions that no longer fit what is read: {unfit:,} (sayso log --unfitting lists them)\n")
        # Now, and not when somebody asks: it takes longer the more has come in.
        catch_up(ledger, at_once)
    if lost:
        raise typer.Exit(LOST)


def rebuild(*, at: cli_opening.At = None) -> None:
    """Make the tables of what holds now again from the entries.

    The entries are the record; everything else is worked out from them. This gives the same tables as before, unless
    they were damaged.
    """
    with cli_opening.opened(at) as ledger:
        number = ledger.rebuild()
        catch_up(ledger)
        typer.echo(f"Made again from {number:,} entries: {cli_opening.shown(ledger.name)}")


def verify(
    *,
    at: cli_opening.At = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEAD", help="A head that was printed before: nothing up to it may have changed; repeatable."
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not read pages again to see whether they say what their reports say.")
    ] = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Prove that the ledger is as it was written, or name the first entry that is not.

    Every hash is computed again, every claim is looked up in its report and every report on its page. A ledger whose
    end was cut off, or that was written anew as a whole, is whole in itself: only a head that was printed earlier and
    kept elsewhere ("sayso log --head") proves that it was not.

    \b
    Examples:
      sayso verify
      sayso verify --against 206:297b580a482564c1ac1e7963eb70029a7ca1973b7a119f14228d67f637595856

    \b
    Exit codes:
      0    nothing was tampered with
      1    something was, or is damaged; it is named
      2    the command makes no sense as it stands
      3    the ledger cannot be opened
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.verifying import head_of, recheck

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        # One walk for each head: a ledger is checked as a whole against each.
        heads = [head_of(one) for one in against or ()]
        found = ledger.verify(against=heads[0] if heads else None, recheck=None if quick else recheck)
        problems = [*found.problems, *(one for head in heads[1:] for one in ledger.verify(against=head).problems)]
        problems = list(dict.fromkeys(problems))
        if as_json:
            values = {"ledger": ledger.name, "head": str(found.head), "entries": found.head.entries}
            values |= {"pages": found.pages, "claims": found.claims, "redacted": found.redacted}
            told = [{"where": one.where, "what": one.what, "remedy": one.remedy} for one in problems]
            out.write(json.dumps(values | {"problems": told, "more": found.more}) + "\n")
        else:
            out.writelines(f"{cli_opening.shown(one.where)}: {cli_opening.shown(one.what)}\n" for one in problems)
            if found.more:
                out.write(f"And {found.more:,} more.\n")
            if problems:
                out.write(f"{cli_opening.shown(problems[0].remedy)}\n")
            entries = f"{found.head.entries:,} {'entry' if found.head.entries == 1 else 'entries'}"
            out.write(
                f"{'TAMPERED WITH OR DAMAGED' if problems else 'As it was written'}: {cli_opening.shown(ledger.name)}\n"
            )
            out.write(f"{entries}, {_pages(found.pages)}, {_claims(found.claims)}, {found.redacted:,} redacted\n")
            out.write(f"Head {found.head}\n")
    if problems:
        raise typer.Exit(LOST)


def dump(*, at: cli_opening.At = None) -> None:
    """Write the whole ledger as JSON lines, pages included, to move, merge or compare it.

    \b
    Examples:
      sayso dump > dresk.jsonl
      sayso dump | gzip > dresk.jsonl.gz
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    with cli_opening.opened(at) as ledger, output(for_people=False) as out:
        out.writelines(f"{line}\n" for line in ledger.dump())


def load(
    dumped: Annotated[
        Path,
        typer.Argument(metavar="DUMP", show_default=False, help="What sayso dump wrote, also packed by gzip; or -."),
    ],
    *,
    at: cli_opening.At = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Take over the entries of a dump, each with its id, time and author.

    Into an empty ledger they come as they were, links included, so that heads printed for the old ledger hold for it as
    well. Into any other they come after those that are there; what is there already is left out.

    \b
    Examples:
      sayso init --ledger copy.sayso && sayso load --ledger copy.sayso dresk.jsonl
      gunzip -c theirs.jsonl.gz | sayso load -
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.dumps import lines

    with cli_opening.opened(at) as ledger:
        try:
            loaded = ledger.load(lines(dumped), "standard input" if str(dumped) == "-" else str(dumped))
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            remedy = "Check the file; what was taken before is kept, and loading it again goes on from there."
            typer.echo(f"sayso: cannot read {cli_opening.shown(str(dumped))}: {reason}. {remedy}", err=True)
            raise typer.Exit(LOST) from None
        for problem in loaded.problems:
            tell(problem)
        if loaded.more:
            typer.echo(f"sayso: {loaded.more:,} more lines were left out.", err=True)
        if as_json:
            values = {
                "ledger": ledger.name,
                "head": str(ledger.head()),
                "entries": loaded.entries,
                "known": loaded.known,
            }
            typer.echo(json.dumps(values | {"left_out": len(loaded.problems) + loaded.more}))
        else:
            came = f"{loaded.entries:,} {'entry' if loaded.entries == 1 else 'entries'} added"
            typer.echo(f"{came}, {loaded.known:,} already there. Ledger: {cli_opening.shown(ledger.name)}")
    if loaded.problems:
        raise typer.Exit(LOST)


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number:,} pages"


def _kept(kept: Kept) -> str:
    how = {"read_again": "read again", "known": "already there", "redacted": "redacted, not kept"}.get(kept.outcome, "")
    said = how if kept.outcome in {"known", "redacted"} else _claims(kept.claims) + (f", {how}" if how else "")
    return f"{said:>9}  {kept.report or '-'}  {cli_opening.shown(kept.where)}\n"


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number:,} claims"


def _so_far(counts: Counts, begun: float) -> str:
    """Say how an adding goes, for the line with the bar."""
    done = counts.new + counts.read_again
    rate = done / max(time.monotonic() - begun, 0.001)
    parts = [
        f"{rate:.1f} reports/s",
        f"{counts.passed:,} of {_pages(counts.seen)} passed the gate",
        _claims(counts.claims),
        "1 failure" if counts.failed == 1 else f"{counts.failed:,} failures",
    ]
    return ", ".join(parts)


def _sum(counts: Counts) -> str:
    added = "1 report added" if counts.new == 1 else f"{counts.new:,} reports added"
    parts = [added, *([f"{counts.read_again:,} read again"] if counts.read_again else [])]
    parts += [
        f"{counts.known:,} already there",
        *([f"{counts.redacted:,} redacted, not kept"] if counts.redacted else []),
    ]
    return f"{', '.join(parts)}, {_claims(counts.claims)}."


def _kept_as_json(kept: Kept) -> str:
    values = {"where": kept.where, "outcome": kept.outcome, "report": kept.report, "claims": kept.claims}
    return json.dumps(values) + "\n"


def _sum_as_json(counts: Counts, ledger: Ledger) -> str:
    values = {"ledger": ledger.name, "head": str(ledger.head()), "new": counts.new, "read_again": counts.read_again}
    values |= {"known": counts.known, "redacted": counts.redacted, "claims": counts.claims}
    return json.dumps(values) + "\n"
