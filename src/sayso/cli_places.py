"""The commands of `sayso places`: places of the user's own beside those that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.problems import Problem

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})


@app.callback()
def places() -> None:
    """Add villages, districts and other places that the program does not know.

    The program knows 235,000 towns, the world's first-level regions, and seas and areas that the news of war speaks
    of. Country files of GeoNames add villages and districts (download.geonames.org/export/dump, such as UA.zip,
    unpacked); CSV files add places of your own. They are kept in a folder of yours, which the variable SAYSO_PLACES
    can name, and used whenever reports are read.

    \b
    Examples:
      sayso places add UA.txt
      sayso places add our-villages.csv
      sayso places list
      sayso places remove UA
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are


@app.command()
def add(
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False, help="Files of places.")],
) -> None:
    """Add files of places; one of a name that is there already replaces it.

    A FILE is a country file of GeoNames, or CSV in UTF-8 with a heading: name, lat, lon, country, and if you like
    kind, alternates (with | between them) and population. country is a two-letter code; kind is city, town, village,
    hamlet, camp, neighbourhood, district, region, area or sea.
    """
    from pathlib import Path

    from sayso.claim import place_lists

    lost = False
    for file in files:
        made, problems = place_lists.add(Path(file), place_lists.folder())
        lost = _told(problems) or lost
        if made is not None:
            typer.echo(f"{made.name}: {_places(made.places)} added")
    if lost:
        raise typer.Exit(1)


@app.command("list")
def list_() -> None:
    """List what was added: name, number of places, kind of file."""
    from sayso.claim import place_lists

    found, problems = place_lists.lists(place_lists.folder())
    for one in found:
        typer.echo(f"{one.name}  {_places(one.places)}  {one.kind}")
    if not found:
        typer.echo(f"No places of your own in {place_lists.folder()}.")
    _told(problems)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME", show_default=False, help="Names as `list` shows them.")],
) -> None:
    """Remove lists of places by their names."""
    from sayso.claim import place_lists

    lost = False
    for name in names:
        problems = place_lists.remove(name, place_lists.folder())
        lost = _told(problems) or lost
        if not problems:
            typer.echo(f"{name}: removed")
    if lost:
        raise typer.Exit(1)


def _told(problems: Iterable[Problem]) -> bool:
    """Tell problems on standard error; say whether something was lost."""
    from sayso.export.wording import shown

    lost = False
    for problem in problems:
        typer.echo(f"sayso: {shown(problem.where)}: {shown(problem.what)} {shown(problem.remedy)}", err=True)
        lost = lost or problem.lost
    return lost


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number:,} places"
