"""What commands over a ledger share: which ledger, who writes, which incidents, and what is said when it fails."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sayso.ledger import Ledger
    from sayso.problems import Problem
    from sayso.settings import Settings

UNUSABLE = 3
"""Exit code where the ledger could not be opened, or could not do what was asked."""

At = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="PLACE",
        help="A file, or a database as postgresql://NAME@HOST/DATABASE; by the settings, else ledger.sayso.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Who rules so; by the settings, else the name that you are logged in under."),
]
Why = Annotated[str | None, typer.Option(metavar="WORDS", help="The reason.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]
Names = Annotated[bool, typer.Option("--names", help="Show words that may name people harmed.")]

# Which incidents a command is about.
Place = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Only where each of these words is of the place's name.")
]
Box = Annotated[
    str | None, typer.Option(metavar="W,S,E,N", help="Only on the map within west, south, east, north in degrees.")
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Only what may have happened on this day or later.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Only what may have happened on this day or before.")]
Harm = Annotated[
    str | None, typer.Option(metavar="HARM", help="Only with a number for this harm, such as killed or missing.")
]
Party = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Only what is said to be the doing of a party of this name.")
]
Least = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", min=0, help="Only where somebody says so many or more; killed, else --harm."),
]
Contested = Annotated[bool, typer.Option("--contested", help="Only where claims contradict one another.")]


def start_of(stated: str | None) -> str | None:
    """Check a time while the command line is read, and return it as entries have it; a day alone means its start."""
    return _time(stated, "00:00:00")


def end_of(stated: str | None) -> str | None:
    """Do the same where a day alone means its end."""
    return _time(stated, "23:59:59.999999")


def _time(stated: str | None, of_day: str) -> str | None:
    from datetime import UTC, datetime

    if stated is None:
        return None
    day_alone = re.fullmatch(r"\d{4}-\d\d-\d\d", stated) is not None
    try:
        time = datetime.fromisoformat(f"{stated}T{of_day}" if day_alone else stated)
    except ValueError:
        message = f"{stated[:40]!r} is not a time; give it as 2026-03-01 or 2026-03-01T14:30, in UTC."
        raise typer.BadParameter(message) from None
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return f"{time:%Y-%m-%dT%H:%M:%S.%f}".rjust(26, "0") + "Z"


AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        callback=end_of,
        help="Answer as the ledger stood then, such as 2026-03-01T14:30 in UTC; a day alone means its end.",
    ),
]


def place(stated: str | None) -> str:
    """Return where the ledger is: as stated, else by the settings."""
    return stated if stated is not None else _settings().ledger.at


def author(stated: str | None) -> str:
    """Return who writes: as stated, else by the settings, else the name that the user is logged in under."""
    import getpass

    if stated is not None:
        return stated
    by = _settings().ledger.by
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise typer.BadParameter("Say who you are.", param_hint="--by") from None


@contextmanager
def opened(stated: str | None) -> Iterator[Ledger]:
    """Open the ledger for a command, and say in plain words what stands in the way."""
    from sayso.ledger import Ledger

    with failing(), Ledger.open(place(stated)) as ledger:
        _tell_of_actors()
        yield ledger


def wanted(ledger: Ledger, stated: str) -> str:
    """Return the id that is meant, or its beginning: an entry may be named by its number in this ledger, too."""
    if not re.fullmatch(r"[0-9]{1,12}", stated):
        return stated
    found = ledger.log(before=int(stated) + 1, limit=1)
    return found[0].id if found and found[0].number == int(stated) else stated


@contextmanager
def failing() -> Iterator[None]:
    """End the program with its exit code where a ledger cannot do what was asked."""
    from sayso.ledger import LedgerError
    from sayso.problems import UsageError

    try:
        yield
    except LedgerError as error:
        _say(error.problem)
        raise typer.Exit(UNUSABLE) from None
    except UsageError as error:
        typer.echo(f"sayso: {error}", err=True)
        raise typer.Exit(2) from None


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to that gets its name only when it is whole; ``-`` is standard output."""
    if str(path) == "-":
        yield sys.stdout.buffer
        return
    draft = path.with_name(f"{path.name}.part")
    try:
        if path.exists():
            raise typer.BadParameter("There is a file of this name already; give another.", param_hint=str(path))
        with draft.open("wb") as stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        typer.echo(f"sayso: cannot write {shown(str(path))}: {error.strerror}. Make room, or name another.", err=True)
        raise typer.Exit(1) from None
    finally:
        draft.unlink(missing_ok=True)


def shown(words: str) -> str:
    """Return words as a terminal may show them."""
    from sayso.export import wording

    return wording.shown(words)


def _settings() -> Settings:
    """Return the settings; where those of the ledger are in doubt, nothing is done."""
    from sayso.settings import load

    settings, problems = load()
    if settings.doubtful - {"web"}:
        for problem in problems:
            _say(problem)
        raise typer.Exit(2)
    return settings


def _tell_of_actors() -> None:
    """Say what cannot be used of the user's lists of actors; the rest of them holds."""
    from sayso.settings import load

    files = load()[0].actors.files
    if files:
        from pathlib import Path

        from sayso.incident.actor_list import read_actors

        for problem in read_actors(Path(file) for file in files)[1]:
            _say(problem)


def _say(problem: Problem) -> None:
    typer.echo(f"sayso: {shown(problem.where)}: {shown(problem.what)} {shown(problem.remedy)}", err=True)
