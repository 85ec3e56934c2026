"""The inputs that commands read, and the options that say of them what they do not say themselves."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sayso.records import DateOrder, Given


class Order(StrEnum):
    """Which comes first in a date in figures."""

    DAY = "day"
    MONTH = "month"


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


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        help="Files, folders (with all that lies in them), patterns, web addresses, or - for standard input.",
    ),
]
"""What `read` and `copies` take."""


Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", callback=_day, help="The day of publication, for reports that do not state one."),
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it, for reports that do not say.")]
Title = Annotated[str | None, typer.Option(metavar="WORDS", help="The headline, for reports that have none.")]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", callback=_code, help="Two letters, such as en, for reports that do not say."),
]
InOrder = Annotated[
    Order | None,
    typer.Option(
        "--date-order",
        help="Which comes first in dates such as 03/04/2017; by the report itself and its outlet when left out.",
    ),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar="DIR",
        file_okay=False,
        help="Keep pages from the web in this folder before reading them, and ask only for what has changed.",
    ),
]

Jobs = Annotated[
    int,
    typer.Option(metavar="NUMBER", min=0, help="How many processes read at once; 0 for as many as there are cores."),
]
"""How many processes read; `jobs` turns 0 into a number."""


def jobs(stated: int) -> int:
    """Return how many processes are to read."""
    if stated:
        return stated
    from sayso.pool import usable_cores

    return usable_cores()


def given(
    *, title: str | None, outlet: str | None, published: str | None, language: str | None, date_order: Order | None
) -> Given:
    """Return what the options say of inputs that do not say it themselves."""
    from sayso.records import Given

    order: DateOrder | None = None if date_order is None else "day" if date_order is Order.DAY else "month"
    return Given(whole(title), None, whole(outlet), published, language, order)


def whole(words: str | None) -> str | None:
    """Return an argument as text: what is not valid in the terminal's encoding arrives as lone surrogates."""
    return None if words is None else words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
