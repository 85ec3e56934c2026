"""The command line: one command a room. Only this module knows of exit codes and of standard streams."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from sayso import cli_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.progress import Progress, TaskID

    from sayso.problems import Problem
    from sayso.records import Comparison, DateOrder, Given, Page, Reading

LOST = 1
"""Exit code where some input could not be read, or what was read could not be written."""

CLOSED_PIPE = 141
"""Exit code where the reader of standard output went away: 128 and the number of SIGPIPE, as shells have it."""

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


class Order(StrEnum):
    """Which comes first in a date in figures."""

    DAY = "day"
    MONTH = "month"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        help="Files, folders (with all that lies in them), patterns, web addresses, or - for standard input.",
    ),
]
"""What `read` and `copies` take."""


class Format(StrEnum):
    """The forms in which `read` can write."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


def main() -> None:
    """Run the program and leave the process with its exit code."""
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


def _day(stated: str | None) -> str | None:
    """Check a day of publication while the command line is read."""
    if stated is None:
        return None
    from sayso.find.published import iso

    day = iso(stated)
    if day is None:
        raise typer.BadParameter(f"{stated!r} is not a date that can be read in one way only; give it as YYYY-MM-DD.")
    return day


def _code(stated: str | None) -> str | None:
    """Check a language while the command line is read."""
    if stated is not None and not re.fullmatch(r"[A-Za-z]{2}", stated):
        raise typer.BadParameter(f'{stated!r} is not a language code; give two letters, such as "en".')
    return stated and stated.lower()


@app.command()
def read(  # noqa: PLR0913 - each is an option of the command line
    inputs: Inputs = None,
    *,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text for people; jsonl, one line a report; json, one list of these; csv, one row a claim.",
        ),
    ] = Format.TEXT,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", callback=_day, help="The day of publication, for reports that do not state one."),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published it, for reports that do not say.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The headline, for reports that have none.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", callback=_code, help="Two letters, such as en, for reports that do not say."),
    ] = None,
    date_order: Annotated[
        Order | None,
        typer.Option(
            "--date-order",
            help="Which comes first in dates such as 03/04/2017; by the report itself and its outlet when left out.",
        ),
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add the text of each report.")] = False,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Add who said what for the whole text (jsonl and json).")
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="DIR",
            file_okay=False,
            help="Keep pages from the web in this folder before reading them, and ask only for what has changed.",
        ),
    ] = None,
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

    \b
    Exit codes:
      0    all was read
      1    some input could not be read; the rest was, and standard error says what to do
      2    the command makes no sense as it stands
      130  stopped by Ctrl-C
      141  the reader of the output went away
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.records import Given

    if not inputs and not _is_piped(sys.stdin):
        raise typer.BadParameter("Name a file or folder to read, or - for standard input.", param_hint="INPUT")
    order: DateOrder | None = None if date_order is None else "day" if date_order is Order.DAY else "month"
    given = Given(_whole(title), None, _whole(outlet), published, language, order)
    run = _Run(inputs or ["-"], given, form, attributions=attributions, keep=keep)
    with _output(form) as out:
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
    with _output(Format.TEXT) as out:
        for item in chain(wrong, more, watching(found, keep, loaded, once=once) if found else ()):
            if isinstance(item, Reading):
                out.write(f"{shown(item.report.url or item.report.id)}: {_claims(len(item.claims))}\n")
                out.flush()
            for problem in item.problems if isinstance(item, Reading) else (item,):
                lost = lost or problem.lost
                _tell(problem)
    if lost:
        raise typer.Exit(LOST)


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"


@app.command()
def copies(
    inputs: Inputs = None,
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
    if not inputs and not _is_piped(sys.stdin):
        raise typer.BadParameter("Name a file or folder to compare, or - for standard input.", param_hint="INPUT")
    from sayso.export import copies_json, copies_view

    run = _Comparing(inputs or ["-"])
    with _output(Format.JSON if as_json else Format.TEXT) as out:
        (copies_json if as_json else copies_view).write(run.comparison(), out)
    if run.lost:
        raise typer.Exit(LOST)


def _is_piped(stdin: TextIO | None) -> bool:
    """Say whether something was piped or redirected into standard input; a terminal or /dev/null is nothing."""
    try:
        mode = os.fstat(stdin.fileno()).st_mode if stdin else 0
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _whole(words: str | None) -> str | None:
    """Return an argument as text: what is not valid in the terminal's encoding arrives as lone surrogates."""
    return None if words is None else words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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


@contextmanager
def _output(form: Format) -> Iterator[TextIO]:
    """Give standard output in a state to be written to; say it in plain words where it cannot be written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        if form is Format.TEXT:
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            # What programs read is UTF-8 with plain line ends on every machine.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if sys.stdout is None:
        raise typer.BadParameter("Standard output is closed; give it somewhere to go.", param_hint="standard output")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)
        raise typer.Exit(CLOSED_PIPE) from None
    except OSError as error:
        _abandon(sys.stdout)
        typer.echo(f"sayso: cannot write: {error.strerror}. Make room, or write somewhere else.", err=True)
        raise typer.Exit(LOST) from None


def _abandon(stream: TextIO) -> None:
    """Send what is left in the stream's buffer nowhere, so that leaving does not try to write it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class _Run:
    """One reading of all inputs: passes readings on and tells people of the rest on standard error."""

    def __init__(self, inputs: list[str], given: Given, form: Format, *, attributions: bool, keep: Path | None) -> None:
        self.lost = False
        self._inputs = inputs
        self._given = given
        self._attributions = attributions
        self._keep = keep
        # A table has no place for what went wrong in a report.
        self._tell_notes = form is Format.CSV

    def readings(self) -> Iterator[Reading]:
        from sayso.pages.files import pages
        from sayso.pipeline import read_pages
        from sayso.problems import Problem

        with _progress(self._inputs) as bar:
            found = pages(self._inputs, keep=self._keep)
            watched = found if bar is None else bar.watch(found)
            for item in read_pages(watched, self._given, attributions=self._attributions):
                problems = (item,) if isinstance(item, Problem) else item.problems if self._tell_notes else ()
                if bar is not None and (problems or sys.stdout.isatty()):
                    bar.hide()
                for problem in problems:
                    self._tell(problem)
                if not isinstance(item, Problem):
                    self.lost = self.lost or any(problem.lost for problem in item.problems)
                    yield item

    def _tell(self, problem: Problem) -> None:
        self.lost = self.lost or problem.lost
        _tell(problem)


def _tell(problem: Problem) -> None:
    """Say what went wrong on standard error."""
    from sayso.export.wording import shown

    begin = "cannot read" if problem.lost else "note on"
    typer.echo(f"sayso: {begin} {shown(problem.where)}: {shown(problem.what)} {shown(problem.remedy)}", err=True)


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
        with _progress(self._inputs, even_for_one=True) as bar:
            watched = pages(self._inputs) if bar is None else bar.watch(pages(self._inputs))
            for item in compare_pages(watched, self._given):
                if isinstance(item, Problem):
                    if bar is not None:
                        bar.hide()
                    self._tell(item)
                else:
                    found = item
        return found


@contextmanager
def _progress(inputs: list[str], *, even_for_one: bool = False) -> Iterator[_Bar | None]:
    """Show a bar on standard error where that is a terminal and there is more than one file to read.

    Args:
        inputs: What is to be read.
        even_for_one: Whether to show that something goes on for one file, too: it may hold any number of records.
    """
    from sayso.pages.files import count

    total = count(inputs) if sys.stderr.isatty() else 0
    if not total or (total < 2 and not even_for_one):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, progress.add_task("Reading", total=total if total > 1 else None))


class _Bar:
    """A progress bar that steps aside while something else is written to the terminal."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task
        self._name: str | None = None

    def watch(self, pages: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
        """Pass pages on, and count a file as done when the next one begins."""
        for page in pages:
            # What one file holds is named file.jsonl:3, file.json[2], file.warc@4 or file.zip/a.txt.
            name = getattr(page, "archive", None) or re.sub(r"(?::\d+|\[\d+\]|@\d+)$", "", page.where)
            if self._name is not None and name.startswith(f"{self._name}/"):
                name = self._name
            if self._name not in {None, name}:
                self._progress.advance(self._task)
            self._name = name
            sys.stdout.flush()
            self._progress.start()
            yield page
        self._progress.update(self._task, description="Finishing")

    def hide(self) -> None:
        """Take the bar off the screen until the next page."""
        self._progress.stop()
