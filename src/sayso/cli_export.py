"""The command that gives back what a ledger keeps in forms that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening
from sayso.cli_streams import tell

if TYPE_CHECKING:
    from sayso.exporting import Chosen
    from sayso.ledger import Ledger
    from sayso.records import Page


class Target(StrEnum):
    """The forms in which `export` can write; `sayso.export.formats` writes all but the first."""

    WARC = "warc"
    CSV = "csv"
    INCIDENTS_CSV = "incidents-csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    KML = "kml"
    HTML = "html"
    GED = "ged"
    ACLED = "acled"
    HXL = "hxl"
    AIRWARS = "airwars"
    IBC = "ibc"
    PLOVER = "plover"
    WEB_ANNOTATION = "web-annotation"
    SCHEMA_CLAIM = "schema-claim"
    PROV = "prov"


def register(app: typer.Typer) -> None:
    """Put the command among those of the program."""
    app.command()(export)


def _day(stated: str | None) -> str | None:
    """Check a day while the command line is read."""
    from datetime import date

    if stated is None:
        return None
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{stated[:40]!r} is not a day; give it as 2026-03-01.") from None


def export(  # noqa: PLR0913 - each is an option of the command line
    out: Annotated[
        Path, typer.Argument(metavar="OUT", show_default=False, help="The file to write, which is not there yet; or -.")
    ],
    *,
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            metavar="FORMAT",
            show_default=False,
            help=f"One of {', '.join(Target)}. docs/formats.md tells of each; warc is the pages themselves.",
        ),
    ],
    incident: Annotated[
        list[str] | None, typer.Option("--incident", metavar="ID", help="Only this incident; may be given again.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", callback=_day, help="Only what can have happened then or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", callback=_day, help="Only what can have happened then or earlier.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Only this country, in two letters; may be given again."),
    ] = None,
    contested: Annotated[
        bool, typer.Option("--contested", help="Only incidents whose claims contradict one another.")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="Let names of people harmed go out.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add whole texts, where the format can.")] = False,
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="What a page or a map layer is called.")] = None,
    at: cli_opening.At = None,
    as_of: cli_opening.AsOf = None,
) -> None:
    """Give back what the ledger keeps in a form that other programs read.

    Names of people harmed are left out, and what a format has no place for is told on standard error.

    \b
    Examples:
      sayso export --to csv claims.csv
      sayso export --to html --incident 4f2a dresk.html
      sayso export --to ged --since 2023-01-01 --until 2023-12-31 ged-2023.csv
      sayso export --to geojson - | jq .features[].properties.name
      sayso export --to warc pages.warc.gz
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.exporting import Chosen

    codes = tuple(code.upper() for code in country or ())
    chosen = Chosen(tuple(incident or ()), since, until, codes, contested=contested)
    if to is Target.WARC:
        if names or with_text or title or as_of or not chosen.everything:
            raise typer.BadParameter("A web archive holds the pages as they are; leave the other options out.")
        _pages(at, out)
        return
    _dossiers(at, out, to, chosen, names=names, with_text=with_text, title=title, as_of=as_of)


def _dossiers(  # noqa: PLR0913 - as above
    at: str | None,
    out: Path,
    to: Target,
    chosen: Chosen,
    *,
    names: bool,
    with_text: bool,
    title: str | None,
    as_of: str | None,
) -> None:
    from sayso import exporting
    from sayso.export import formats
    from sayso.export.writing import Choices

    choices = Choices(names=names, with_text=with_text, title=title)
    with cli_opening.opened(at) as ledger, cli_opening.written(out) as stream:
        found = exporting.dossiers(ledger, chosen, with_text=with_text, as_of=as_of)
        for problem in formats.write(to, found, stream, choices):
            tell(problem)


def _pages(at: str | None, out: Path) -> None:
    from sayso.export import warc_out

    with cli_opening.opened(at) as ledger, cli_opening.written(out) as stream:
        number = warc_out.write(((page, _when(ledger, page)) for page in ledger.pages()), stream)
    pages = "1 page" if number == 1 else f"{number:,} pages"
    typer.echo(f"{pages} written to {cli_opening.shown(str(out))}.", err=True)


def _when(ledger: Ledger, page: Page) -> str:
    """Return when a page was kept that was not fetched."""
    return "" if page.fetched is not None and page.fetched.at else ledger.show(page.sha256).entries[0].time
