"""The command line: one command a room."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from enum import StrEnum
from itertools import chain
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import (
    cli_accounts,
    cli_desk,
    cli_export,
    cli_import,
    cli_incidents,
    cli_inputs,
    cli_ledger,
    cli_looking,
    cli_opening,
    cli_places,
    cli_rulings,
    cli_scale,
    cli_starting,
    cli_tolls,
)
from sayso.cli_streams import LOST, is_piped, output, progress, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.problems import Problem
    from sayso.records import Comparison, Given, Page, Reading

# Plain help: through rich it took 0.14 s instead of 0.08 s.
app = typer.Typer(
    name="sayso",
    help="""Read news reports and say who claims how many people came to harm.

    \b
    Examples:
      sayso read report.html
      sayso read --published 2023-03-15 --outlet "The Harbour Review" report.txt
      sayso read --format csv reports/ > claims.csv

    "sayso read --help" tells the rest.
    """,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(cli_places.app, name="places")
app.add_typer(cli_accounts.app, name="accounts")
app.add_typer(cli_scale.app, name="scale")
for commands in (cli_ledger, cli_looking, cli_rulings, cli_incidents, cli_export, cli_import, cli_tolls, cli_desk):
    commands.register(app)


class Format(StrEnum):
    """The forms in which `read` can write."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


def main() -> None:
    """Run the program and leave the process with its exit code."""
    # What is loaded at the start is no garbage, and Python would look through it dozens of times.
    gc.set_threshold(50_000, 20, 20)
    # The threads that numpy would start wait busily for work that a report has none of.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli_starting.keep(app, sys.argv[1:2])
    app(prog_name="sayso")


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from sayso import __version__

        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is, and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def read(  # noqa: PLR0913 - each is an option of the command line
    inputs: cli_inputs.Inputs = None,
    *,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text for people; jsonl, one line a report; json, one list of these; csv, one row a claim.",
        ),
    ] = Format.TEXT,
    published: cli_inputs.Published = None,
    outlet: cli_inputs.Outlet = None,
    title: cli_inputs.Title = None,
    language: cli_inputs.Language = None,
    date_order: cli_inputs.InOrder = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add the text of each report.")] = False,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Add who said what for the whole text (jsonl and json).")
    ] = False,
    keep: cli_inputs.Keep = None,
    jobs: cli_inputs.Jobs = 1,
) -> None:
    """Read reports and say who claims how many people came to harm.

    An INPUT is plain text, HTML, PDF, report records in JSON or JSON lines, a message, or an archive (WARC, zip, tar,
    Telegram's exports) of these; its kind is told by its content.
    Words of a report are shown as they stand in it, names included.

    \b
    Examples:
      sayso read report.html
      sayso read --published 2023-03-15 --outlet "The Harbour Review" report.txt
      sayso read "reports/**/*.pdf" --format csv > claims.csv
      sayso read archive.jsonl --format jsonl | jq .claims[].source
      sayso read news.warc.gz --format csv > claims.csv
      pdftotext statement.pdf - | sayso read -
      sayso read --keep pages https://review.example/2023/03/15/dresk
      sayso read --jobs 0 archive/ --format jsonl > readings.jsonl

    \b
    Exit codes:
      0    all was read
      1    some input could not be read; the rest was, and standard error says what to do
      2    the command makes no sense as it stands
      130  stopped by Ctrl-C
      141  the reader of the output went away
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    if not inputs and not is_piped(sys.stdin):
        raise typer.BadParameter("Name a file or folder to read, or - for standard input.", param_hint="INPUT")
    given = cli_inputs.given(title=title, outlet=outlet, published=published, language=language, date_order=date_order)
    run = _Run(inputs or ["-"], given, form, attributions=attributions, keep=keep, jobs=cli_inputs.jobs(jobs))
    with output(for_people=form is Format.TEXT) as out:
        _writer(form)(run.readings(), out, with_text=with_text)
    if run.lost:
        raise typer.Exit(LOST)


@app.command()
def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS", show_default=False, help="A TOML file with the feeds to watch.")
    ],
    *,
    keep: Annotated[
        Path,
        typer.Option(
            "--keep",
            metavar="DIR",
            file_okay=False,
            show_default=False,
            help="The folder for pages, readings and the state.",
        ),
    ],
    once: Annotated[
        bool, typer.Option("--once", help="Look at the feeds that are due, read what is new, and stop; for cron.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--ledger", metavar="PLACE", help="Keep pages and readings in this ledger as well; in none when left out."
        ),
    ] = None,
) -> None:
    """Watch RSS and Atom feeds, and read the page of every new entry once.

    Pages, readings (readings.jsonl) and what failed (problems.jsonl) are written to DIR; the watch may be ended at any
    moment and goes on where it was. Standard output has a line for each report that was read.

    \b
    A list of feeds:
      [[feed]]
      url = "https://review.example/news.rss"
      every = 15  # minutes

    \b
    Exit codes:
      0    all was read (--once)
      1    something could not be read, or DIR not written to; standard error says what to do
      2    the command makes no sense as it stands
      130  stopped by Ctrl-C
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import settings
    from sayso.export.wording import shown
    from sayso.pages.feed_list import sources
    from sayso.records import Reading
    from sayso.watch import watch as watching

    found, wrong = sources(feeds)
    loaded, more = settings.load()
    lost = False
    with output(for_people=True) as out, nullcontext() if at is None else cli_opening.opened(at) as ledger:
        for item in chain(wrong, more, watching(found, keep, loaded, once=once, ledger=ledger) if found else ()):
            if isinstance(item, Reading):
                out.write(f"{shown(item.report.url or item.report.id)}: {_claims(len(item.claims))}\n")
                out.flush()
            for problem in item.problems if isinstance(item, Reading) else (item,):
                lost = lost or problem.lost
                tell(problem)
    if lost:
        raise typer.Exit(LOST)


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"


@app.command()
def copies(
    inputs: cli_inputs.Inputs = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object, with every change.")] = False,
) -> None:
    """Show which reports print one text, and what each of them changed.

    Fifty papers that print one agency's report are one voice. Each group begins with the agency's own report where it
    is among them, else with the one published first; figures that another changed, put in or left out come first.

    \b
    Examples:
      sayso copies reports/
      sayso copies archive.jsonl --json | jq .groups[].first.id

    Exit codes are those of "sayso read".
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    if not inputs and not is_piped(sys.stdin):
        raise typer.BadParameter("Name a file or folder to compare, or - for standard input.", param_hint="INPUT")
    from sayso.export import copies_json, copies_view

    run = _Comparing(inputs or ["-"])
    with output(for_people=not as_json) as out:
        (copies_json if as_json else copies_view).write(run.comparison(), out)
    if run.lost:
        raise typer.Exit(LOST)


def _writer(form: Format) -> Callable[..., None]:
    if form is Format.JSONL:
        from sayso.export import jsonl

        return jsonl.write
    if form is Format.JSON:
        from sayso.export import document

        return document.write
    if form is Format.CSV:
        from sayso.export import table_csv

        return table_csv.write
    from sayso.export import terminal

    return terminal.write


class _Run:
    """One reading of all inputs: passes readings on and tells people of the rest on standard error."""

    def __init__(
        self,
        inputs: list[str],
        given: Given,
        form: Format,
        *,
        attributions: bool,
        keep: Path | None,
        jobs: int = 1,
    ) -> None:
        self.lost = False
        self._inputs = inputs
        self._given = given
        self._attributions = attributions
        self._keep = keep
        self._jobs = jobs
        # A table has no place for what went wrong in a report.
        self._tell_notes = form is Format.CSV

    def readings(self) -> Iterator[Reading]:
        from sayso.pages.files import pages
        from sayso.problems import Problem

        with progress(self._inputs) as bar:
            found = pages(self._inputs, keep=self._keep)
            for item in self._read(found if bar is None else bar.watch(found)):
                problems = (item,) if isinstance(item, Problem) else item.problems if self._tell_notes else ()
                if bar is not None and (problems or sys.stdout.isatty()):
                    bar.hide()
                for problem in problems:
                    self._tell(problem)
                if not isinstance(item, Problem):
                    self.lost = self.lost or any(problem.lost for problem in item.problems)
                    yield item

    def _read(self, pages: Iterator[Page | Problem]) -> Iterator[Reading | Problem]:
        from sayso.pipeline import read_pages
        from sayso.problems import UsageError

        if self._jobs == 1:
            yield from read_pages(pages, self._given, attributions=self._attributions)
            return
        from sayso import pool

        try:
            yield from pool.read_pages(pages, self._given, jobs=self._jobs, attributions=self._attributions)
        except UsageError as error:
            typer.echo(f"sayso: {error}", err=True)
            raise typer.Exit(2) from None

    def _tell(self, problem: Problem) -> None:
        self.lost = self.lost or problem.lost
        tell(problem)


class _Comparing(_Run):
    """One comparison of all inputs."""

    def __init__(self, inputs: list[str]) -> None:
        from sayso.records import Given

        super().__init__(inputs, Given(), Format.TEXT, attributions=False, keep=None)

    def comparison(self) -> Comparison:
        from sayso.pages.files import pages
        from sayso.pipeline import compare_pages
        from sayso.problems import Problem
        from sayso.records import Comparison

        found = Comparison(0)
        with progress(self._inputs, even_for_one=True) as bar:
            watched = pages(self._inputs) if bar is None else bar.watch(pages(self._inputs))
            for item in compare_pages(watched, self._given):
                if isinstance(item, Problem):
                    if bar is not None:
                        bar.hide()
                    self._tell(item)
                else:
                    found = item
        return found
