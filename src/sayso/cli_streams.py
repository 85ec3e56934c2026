"""What every command shares: exit codes, standard output in a fit state, problems told, and a bar on long work."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType
    from rich.progress import Progress, TaskID

    from sayso.problems import Problem
    from sayso.records import Page

LOST = 1
"""Exit code where some input could not be read, or what was read could not be written."""

_Item = TypeVar("_Item")
_MANY = 500
"""Incidents after which people are told how far it is."""

CLOSED_PIPE = 141
"""Exit code where the reader of standard output went away: 128 and the number of SIGPIPE, as shells have it."""


@contextmanager
def output(*, for_people: bool) -> Iterator[TextIO]:
    """Give standard output in a state to be written to; say it in plain words where it cannot be written.

    Args:
        for_people: Whether people read it; programs get UTF-8 with plain line ends on every machine.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        if for_people:
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
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


def is_piped(stdin: TextIO | None) -> bool:
    """Say whether something was piped or redirected into standard input; a terminal or /dev/null is nothing."""
    try:
        mode = os.fstat(stdin.fileno()).st_mode if stdin else 0
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def tell(problem: Problem) -> None:
    """Say what went wrong on standard error."""
    from sayso.export.wording import shown

    begin = "cannot read" if problem.lost else "note on"
    typer.echo(f"sayso: {begin} {shown(problem.where)}: {shown(problem.what)} {shown(problem.remedy)}", err=True)


@contextmanager
def progress(inputs: list[str], *, even_for_one: bool = False) -> Iterator[Bar | None]:
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
    from rich.text import Text

    class WithLine(Progress):
        """A bar with a line below it that is made anew each time it is shown."""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield from super().get_renderables()
            if bar is not None and bar.say is not None:
                yield Text(bar.say())

    bar: Bar | None = None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with WithLine(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = Bar(progress, progress.add_task("Reading", total=total if total > 1 else None))
        yield bar


def counting(items: Iterable[_Item], what: str) -> Iterator[_Item]:
    """Pass items on, and on a terminal say now and then how many went by."""
    shown = False
    for number, item in enumerate(items, start=1):
        yield item
        if number % _MANY == 0 and sys.stderr.isatty():
            shown = True
            typer.echo(f"\r{what}: {number:,}", err=True, nl=False)
    if shown:
        typer.echo("", err=True)


class Bar:
    """A progress bar that steps aside while something else is written to the terminal.

    Attributes:
        say: What says in a line how it goes, where there is more to say than how many files are done.
    """

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task
        self._name: str | None = None
        self.say: Callable[[], str] | None = None

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


class Amount:
    """A bar over work whose amount is known, in bytes; without a terminal it is nothing.

    Attributes:
        say: What says in a line how it goes.
    """

    def __init__(self) -> None:
        self.say: Callable[[], str] | None = None
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, what: str, total: int, done: int = 0) -> None:
        """Begin with a piece of work of which some may be done already."""
        self.end()
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.text import Text

        amount = self

        class WithLine(Progress):
            """A bar with a line below it that is made anew each time it is shown."""

            def get_renderables(self) -> Iterator[RenderableType]:
                yield from super().get_renderables()
                if amount.say is not None:
                    yield Text(amount.say())

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._progress = WithLine(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(what, total=total, completed=done)
        self._progress.start()

    def advance(self, amount: int) -> None:
        """Say that so much more is done."""
        if self._progress is not None and self._task is not None:
            self._progress.start()
            self._progress.advance(self._task, amount)

    def hide(self) -> None:
        """Take the bar off the screen until more is done."""
        if self._progress is not None:
            self._progress.stop()

    def end(self) -> None:
        """Take the bar away."""
        self.hide()
        self._progress = None
