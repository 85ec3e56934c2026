"""The commands that make a ledger, add to it and look into it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_inputs, cli_opening
from sayso.cli_streams import LOST, is_piped, output, progress, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.adding import Counts, Kept
    from sayso.entries import Entry
    from sayso.ledger import Ledger

_CHUNK = 500


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (init, add, log, rebuild):
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

    with cli_opening.failing(), Ledger.create(cli_opening.place(at)) as ledger:
        typer.echo(f"A new ledger stands in {_shown(ledger.name)}.")


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
    as_json: cli_opening.AsJson = False,
) -> None:
    """Read reports into the ledger.

    An INPUT is what "sayso read" takes. Each page is kept with what was read in it before the next one is begun. Pages
    that this program has read into the ledger before are passed over, so a run that was stopped goes on where it
    stopped, and several runs may add at once.

    \b
    Examples:
      sayso add reports/
      sayso add --keep pages https://review.example/2023/03/15/dresk
      sayso add news.warc.gz --json

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
    with output(for_people=not as_json) as out, cli_opening.opened(at) as ledger, progress(inputs or ["-"]) as bar:
        adding = Adding(ledger, f"sayso {__version__}", given, attributions=attributions)
        found = pages(inputs or ["-"], keep=keep)
        for item in adding.add(found if bar is None else bar.watch(found)):
            if bar is not None:
                bar.hide()
            if not isinstance(item, Problem):
                out.write(_kept_as_json(item) if as_json else _kept(item))
                out.flush()
            for problem in (item,) if isinstance(item, Problem) else item.problems:
                lost = lost or problem.lost
                tell(problem)
        if as_json:
            out.write(_sum_as_json(adding.counts, ledger))
        else:
            out.write(f"{_sum(adding.counts)} Ledger: {_shown(ledger.name)}\n")
    if lost:
        raise typer.Exit(LOST)


def log(  # noqa: PLR0913 - each is an option of the command line
    *,
    at: cli_opening.At = None,
    head: Annotated[
        bool, typer.Option("--head", help="Print only how many entries there are and the last one's hash, to publish.")
    ] = False,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help="Only page, report, reading, claim, decision, note or redaction; repeatable."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this author wrote.")] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", callback=cli_opening.start_of, help="Only entries from then on, in UTC."),
    ] = None,
    as_of: cli_opening.AsOf = None,
    limit: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="How many entries to show.")] = 50,
    before: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Only entries before this one, to page back.")
    ] = None,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Show the entries of the ledger, the newest first.

    Without --names, words of reports are left out, since they may name people harmed.

    \b
    Examples:
      sayso log
      sayso log --kind decision --kind note --since 2026-03-01
      sayso log --head >> published-heads.txt
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import ledger_log

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        if head:
            out.write(f"{ledger.head()}\n")
            return
        found = _filtered(ledger, before, kinds=set(kind or ()), by=by, since=since, until=as_of)
        shown = [entry for _, entry in zip(range(limit), found, strict=False)]
        if as_json:
            out.writelines(ledger_log.line(entry, names=names) + "\n" for entry in shown)
            return
        number = ledger.head().entries
        out.write(f"{_shown(ledger.name)}: {number:,} {'entry' if number == 1 else 'entries'}\n")
        ledger_log.write(shown, out, names=names)
        if len(shown) == limit and next(found, None) is not None:
            out.write(f"Older entries: --before {shown[-1].number}\n")


def rebuild(*, at: cli_opening.At = None) -> None:
    """Make the tables of what holds now again from the entries.

    The entries are the record; everything else is worked out from them. This gives the same tables as before, unless
    they were damaged.
    """
    with cli_opening.opened(at) as ledger:
        number = ledger.rebuild()
        typer.echo(f"Made again from {number:,} entries: {_shown(ledger.name)}")


def _filtered(
    ledger: Ledger, before: int | None, *, kinds: set[str], by: str | None, since: str | None, until: str | None
) -> Iterator[Entry]:
    """Yield entries that fit, the newest first."""
    while True:
        found = ledger.log(before=before, limit=_CHUNK)
        for entry in found:
            if since is not None and entry.kept < since:
                return
            if (
                (until is None or entry.kept <= until)
                and (not kinds or entry.kind in kinds)
                and by in {None, entry.author}
            ):
                yield entry
        if len(found) < _CHUNK:
            return
        before = found[-1].number


def _kept(kept: Kept) -> str:
    how = {"read_again": "read again", "known": "already there", "redacted": "redacted, not kept"}.get(kept.outcome, "")
    said = how if kept.outcome in {"known", "redacted"} else _claims(kept.claims) + (f", {how}" if how else "")
    return f"{said:>9}  {kept.report or '-'}  {_shown(kept.where)}\n"


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number:,} claims"


def _sum(counts: Counts) -> str:
    added = "1 report added" if counts.new == 1 else f"{counts.new:,} reports added"
    parts = [added, *([f"{counts.read_again:,} read again"] if counts.read_again else [])]
    parts += [f"{counts.known:,} already there", *([f"{counts.redacted:,} redacted"] if counts.redacted else [])]
    return f"{', '.join(parts)}, {_claims(counts.claims)}."


def _kept_as_json(kept: Kept) -> str:
    values = {"where": kept.where, "outcome": kept.outcome, "report": kept.report, "claims": kept.claims}
    return json.dumps(values) + "\n"


def _sum_as_json(counts: Counts, ledger: Ledger) -> str:
    values = {"ledger": ledger.name, "head": str(ledger.head()), "new": counts.new, "read_again": counts.read_again}
    values |= {"known": counts.known, "redacted": counts.redacted, "claims": counts.claims}
    return json.dumps(values) + "\n"


def _shown(words: str) -> str:
    from sayso.export.wording import shown

    return shown(words)
