"""The commands that read archives in parts, on this machine or on a cluster, and load them into a ledger."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from sayso import cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_streams import LOST, Amount, output, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.adding import Kept
    from sayso.problems import Problem
    from sayso.scale.folder import Folder, Standing
    from sayso.scale.loading import Loading
    from sayso.scale.parts import Outcome, Part

_Folder = Annotated[
    Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of the parts.", file_okay=False)
]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})


@app.callback()
def scale() -> None:
    """Read archives in parts, on all of this machine or on a cluster, and load them into a ledger.

    \b
    Examples:
      sayso scale read --to parts news-2024/
      sayso scale status parts
      sayso scale load parts --ledger news.sayso
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are


@app.command()
def read(  # noqa: PLR0913 - each is an option of the command line
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="Web archives and report records; folders, patterns, addresses and lists of addresses.",
        ),
    ] = None,
    *,
    to: Annotated[
        Path,
        typer.Option("--to", metavar="DIR", show_default=False, help="The folder for the parts.", file_okay=False),
    ],
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", metavar="FILE", help="A file that names inputs, one a line; repeatable."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--ledger", metavar="PLACE", help="Load parts into this ledger as well, while others are read."),
    ] = None,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Work out who said what for the whole text as well.")
    ] = False,
    workers: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="How many processes read; 0 for as many as there are cores.")
    ] = 0,
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="A Ray cluster, or auto; this machine alone when left out."),
    ] = None,
    as_json: cli_opening.AsJson = False,
) -> None:
    """Read inputs into a folder of Parquet parts, with Ray.

    Large files are cut into parts, which are named by what is in them. A part is there as a whole or not at all. Run
    the same command again to go on where it was stopped: what is done stays, what failed is tried again. All machines
    of a cluster must see the inputs and DIR under the same paths.

    \b
    Examples:
      sayso scale read --to parts news-2024/
      sayso scale read --to parts --ledger news.sayso --workers 4 "crawl/*.warc.gz"
      sayso scale read --to /mnt/parts --list archives.txt --address auto

    \b
    Exit codes:
      0    all was read
      1    something could not be read; the rest was, and standard error says what to do
      2    the command makes no sense as it stands, or Ray cannot be used
      3    the ledger cannot be used
      130  stopped by Ctrl-C; what was done is kept
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso import settings
    from sayso.scale import engine, planning
    from sayso.scale.folder import Folder, How
    from sayso.scale.loading import Loading
    from sayso.scale.running import Run

    if not inputs and not lists:
        raise typer.BadParameter("Name what to read, or --list and a file that does.", param_hint="INPUT")
    loaded, problems = settings.load()
    with output(for_people=not as_json) as out, _failing(), cli_opening.failing():
        bar = Amount()
        told = _Telling(out, bar, as_json=as_json)
        told.problems(problems)
        folder, how = Folder(to), How.here(attributions=attributions)
        folder.begin(how)
        with (
            folder.alone(),
            nullcontext() if at is None else cli_opening.opened(at) as ledger,
            engine.started(address, workers or None) as ray,
            _ended(bar),
        ):
            run = Run(ray, folder, how, loaded.web, loading=None if ledger is None else Loading(folder, ledger))
            found = planning.look_up(inputs or [], lists or [])
            bar.begin("Cutting", sum(file.size for file in found.files.values()))
            for cut in run.plan(found):
                if isinstance(cut, planning.File):
                    bar.advance(cut.size)
                else:
                    told.problems([cut])
            told.begin(run.standing)
            for item in run.read():
                told.item(item)
            bar.end()
            told.sum(folder, run.standing, run.loading)
            if ledger is not None:
                catch_up(ledger)
    if told.lost:
        raise typer.Exit(LOST)


@app.command()
def load(folder: _Folder, *, at: cli_opening.At = None, as_json: cli_opening.AsJson = False) -> None:
    """Load parts into a ledger: those that are done, in the order of the inputs, each report once.

    It may be stopped at any moment and run again, and again when more parts are done. Other parts may be read
    meanwhile. It does not need Ray.

    \b
    Examples:
      sayso scale load parts --ledger news.sayso

    Exit codes are those of "sayso scale read".
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.scale.folder import Folder
    from sayso.scale.loading import Loading

    with output(for_people=not as_json) as out, _failing(), cli_opening.opened(at) as ledger:
        told = _Telling(out, Amount(), as_json=as_json)
        parts = Folder(folder)
        loading = Loading(parts, ledger)
        standing = parts.standing()
        for item in loading.load(standing, all_there_are=True):
            told.item(item)
        told.sum(parts, standing, loading)
        catch_up(ledger)
    if told.lost:
        raise typer.Exit(LOST)


@app.command()
def status(folder: _Folder, *, as_json: cli_opening.AsJson = False) -> None:
    """Say which parts are done, which failed and why, and which are left.

    \b
    Examples:
      sayso scale status parts
      sayso scale status parts --json | jq .failed

    Exit code 1 says that a part failed.
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.scale.folder import Folder

    with output(for_people=not as_json) as out, _failing(), cli_opening.failing():
        parts = Folder(folder)
        how, standing = parts.how, parts.standing()
        if as_json:
            by_state: dict[str, list[dict[str, object]]] = {"done": [], "failed": [], "left": []}
            for part in standing.parts:
                by_state[standing.state(part)].append(_part(part, standing))
            out.write(json.dumps({"folder": str(folder), "how": asdict(how), **by_state}) + "\n")
        else:
            out.write(f"{_standing(standing)} Folder: {cli_opening.shown(str(folder))}\n")
            for part in standing.parts:
                if part.name in standing.failed:
                    problem = standing.failed[part.name]
                    out.write(f"Failed: {cli_opening.shown(f'{problem.where}: {problem.what} {problem.remedy}')}\n")
    if standing.failed:
        raise typer.Exit(LOST)


class _Telling:
    """What is said of a run: a line a part on standard output, problems on standard error, and the sum."""

    def __init__(self, out: TextIO, bar: Amount, *, as_json: bool) -> None:
        self.lost = False
        self._out = out
        self._bar = bar
        self._as_json = as_json
        self._begun = time.monotonic()
        self._counts = {"seen": 0, "passed": 0, "reports": 0, "claims": 0, "lost": 0}

    def begin(self, standing: Standing) -> None:
        """Say how much is done already."""
        done = [part for part in standing.parts if part.name in standing.done]
        if not self._as_json:
            self._out.write(f"{_number(len(standing.parts), 'part')}, {len(done):,} of them done.\n")
            self._out.flush()
        self._begun = time.monotonic()
        self._bar.say = lambda: self._so_far(standing)
        self._bar.begin("Reading", sum(part.size for part in standing.parts), sum(part.size for part in done))

    def item(self, item: Outcome | Kept | Problem) -> None:
        """Tell of a part, or of what stands in the way of one."""
        from sayso.problems import Problem
        from sayso.scale.parts import Outcome

        if isinstance(item, Problem):
            self.problems([item])
        elif isinstance(item, Outcome):
            self._bar.advance(item.size if item.problem is None else 0)
            if self._out.isatty():
                self._bar.hide()
            for name, number in asdict(item.counts).items():
                self._counts[name] += number
            self._out.write(_outcome_as_json(item) if self._as_json else _outcome(item))
            self._out.flush()
            self.problems([item.problem] if item.problem else item.told)
            self.lost = self.lost or bool(item.counts.lost)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Tell of problems."""
        for problem in problems:
            self._bar.hide()
            self.lost = self.lost or problem.lost
            tell(problem)

    def sum(self, folder: Folder, standing: Standing, loading: Loading | None) -> None:
        """Say what it came to."""
        self._bar.hide()
        where = cli_opening.shown(str(folder.path))
        if self._as_json:
            values: dict[str, object] = {"folder": str(folder.path), **_by_state(standing), **self._counts}
            if loading:
                values["ledger"] = loading.ledger.name
                values |= {"head": str(loading.ledger.head()), "loaded": loading.parts, "new": loading.counts.new}
                values |= {"known": loading.counts.known, "claims_added": loading.counts.claims}
            self._out.write(json.dumps(values) + "\n")
            return
        self._out.write(f"{_standing(standing)} Folder: {where}\n")
        if loading:
            came = f"{_number(loading.counts.new, 'report')} added, {_number(loading.counts.claims, 'claim')}"
            name = cli_opening.shown(loading.ledger.name)
            self._out.write(f"{came}; {_number(loading.parts, 'part')} in all. Ledger: {name}\n")

    def _so_far(self, standing: Standing) -> str:
        seconds = max(time.monotonic() - self._begun, 0.001)
        counts = self._counts
        said = [
            f"{len(standing.parts) - len(standing.unread):,} of {_number(len(standing.parts), 'part')}",
            f"{counts['reports'] / seconds:.1f} reports/s",
            f"{counts['passed']:,} of {_number(counts['seen'], 'page')} passed the gate",
            _number(counts["claims"], "claim"),
            _number(len(standing.failed), "failed part"),
        ]
        return ", ".join(said)


@contextmanager
def _ended(bar: Amount) -> Iterator[None]:
    """Take the bar off the screen, however the work ends."""
    try:
        yield
    finally:
        bar.end()


@contextmanager
def _failing() -> Iterator[None]:
    """End the program where the folder cannot be used."""
    try:
        yield
    except OSError as error:
        where = cli_opening.shown(str(error.filename or "The folder"))
        told = f"sayso: {where}: {error.strerror or error}. Check that you may write there, and make room."
        typer.echo(told, err=True)
        raise typer.Exit(LOST) from None


def _outcome(outcome: Outcome) -> str:
    if outcome.problem is not None:
        return f"   failed  {cli_opening.shown(outcome.where)}\n"
    counts = outcome.counts
    read = f"{counts.passed:,} of {_number(counts.seen, 'page')}"
    return f"{_number(counts.claims, 'claim'):>9}  {read}  {cli_opening.shown(outcome.where)}\n"


def _outcome_as_json(outcome: Outcome) -> str:
    values: dict[str, object] = {"part": outcome.part, "where": outcome.where, **asdict(outcome.counts)}
    values["problem"] = asdict(outcome.problem) if outcome.problem else None
    return json.dumps(values) + "\n"


def _part(part: Part, standing: Standing) -> dict[str, object]:
    values: dict[str, object] = {"part": part.name, "where": part.called, "size": part.size}
    if part.name in standing.failed:
        values["problem"] = asdict(standing.failed[part.name])
    return values


def _by_state(standing: Standing) -> dict[str, int]:
    states = [standing.state(part) for part in standing.parts]
    return {state: states.count(state) for state in ("done", "failed", "left")}


def _standing(standing: Standing) -> str:
    number = _by_state(standing)
    return f"{_number(number['done'], 'part')} done, {number['failed']:,} failed, {number['left']:,} left."


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
