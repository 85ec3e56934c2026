"""The commands that look into a ledger and change nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening
from sayso.cli_streams import output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.entries import Entry
    from sayso.ledger import Ledger

_CHUNK = 500


class Kind(StrEnum):
    """The kinds of entries."""

    PAGE = "page"
    REPORT = "report"
    READING = "reading"
    CLAIM = "claim"
    DECISION = "decision"
    NOTE = "note"
    REDACTION = "redaction"


def register(app: typer.Typer) -> None:
    """Put the commands among those of the program."""
    for command in (log, show, search):
        app.command()(command)


def log(  # noqa: PLR0913 - each is an option of the command line
    *,
    at: cli_opening.At = None,
    head: Annotated[
        bool, typer.Option("--head", help="Print only how many entries there are and the last one's hash, to publish.")
    ] = False,
    unfitting: Annotated[
        bool, typer.Option("--unfitting", help="List the decisions in force that no longer fit what is read, and why.")
    ] = False,
    kind: Annotated[
        list[Kind] | None,
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
        if unfitting:
            every = ledger.unfitting(as_of=as_of)
            told = [ledger_log.Unfit(one.decision, one.claim, one.reason) for one in every]
            if as_json:
                out.writelines(ledger_log.unfit_line(one) + "\n" for one in told)
            else:
                ledger_log.write_unfit(told, out)
                out.write(f"Ledger: {cli_opening.shown(ledger.name)}\n")
            return
        found = _filtered(ledger, before, kinds={one.value for one in kind or ()}, by=by, since=since, until=as_of)
        shown = [entry for _, entry in zip(range(limit), found, strict=False)]
        if as_json:
            out.writelines(ledger_log.line(entry, names=names) + "\n" for entry in shown)
            return
        number = ledger.head().entries
        out.write(f"{cli_opening.shown(ledger.name)}: {number:,} {'entry' if number == 1 else 'entries'}\n")
        ledger_log.write(shown, out, names=names)
        if len(shown) == limit and next(found, None) is not None:
            out.write(f"Older entries: --before {shown[-1].number}\n")


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            show_default=False,
            help="Of a claim, report, page or entry, or as much of its beginning as tells it; or an entry's number.",
        ),
    ],
    *,
    at: cli_opening.At = None,
    as_of: cli_opening.AsOf = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Show one claim, report, page or entry with all that is known of it.

    Words of the report are shown as they stand in it, names included.

    \b
    Examples:
      sayso show c-3-0ab7
      sayso show r-0ab78a7b --as-of 2026-03-01
      sayso show 206
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import ledger_things

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        found = ledger.show(cli_opening.wanted(ledger, what), as_of=as_of)
        if as_json:
            out.write(ledger_things.line(found, ledger.name) + "\n")
            return
        heading = found.heading if found.standing is None else found.standing.report
        report = found.report
        if found.thing == "claim" and heading is not None:
            report = ledger.show(heading.id, as_of=as_of).report
        ledger_things.write(found, report, ledger.name, out)


def search(  # noqa: PLR0913 - each is an option of the command line
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS", show_default=False, help="Words that stand in the report; dro* for all that begin so."
        ),
    ],
    *,
    at: cli_opening.At = None,
    as_of: cli_opening.AsOf = None,
    limit: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=1000, help="How many reports to show.")] = 20,
    before: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Only reports whose entry comes before this one, to page back."),
    ] = None,
    names: cli_opening.Names = False,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Find reports by words in them, the newest first, with their claims.

    All words must stand in the report, in any order. Without --names, names of people harmed are left out.

    \b
    Examples:
      sayso search Dresk barracks
      sayso search "Tamrit market" --as-of 2026-03-01
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import ledger_hits

    with cli_opening.opened(at) as ledger, output(for_people=not as_json) as out:
        found = ledger.search(" ".join(words), as_of=as_of, before=before, limit=limit)
        hits = [ledger_hits.Found(one.heading, one.words, one.claims) for one in found]
        if not names:
            hits = [ledger_hits.hidden(one) for one in hits]
        if as_json:
            out.writelines(ledger_hits.line(one) + "\n" for one in hits)
            return
        ledger_hits.write(hits, out)
        if not hits:
            out.write("No report holds all of these words.\n")
        elif len(hits) == limit:
            out.write(f"\nOlder reports: --before {found[-1].number}\n")
        out.write(f"Ledger: {cli_opening.shown(ledger.name)}\n")


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
