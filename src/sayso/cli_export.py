"""The command that gives back what a ledger keeps in forms that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import cli_opening
from sayso.cli_catching_up import catch_up
from sayso.cli_streams import counting, tell

if TYPE_CHECKING:
    from sayso.export.writing import Choices
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
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="A counting rule, as docs/policies.md names them; else the format's own.",
        ),
    ] = None,
    incident: Annotated[
        list[str] | None,
        typer.Option("--incident", metavar="INCIDENT", help="Only this one, by its id or its beginning; repeatable."),
    ] = None,
    place: cli_opening.Place = None,
    box: cli_opening.Box = None,
    since: cli_opening.Since = None,
    until: cli_opening.Until = None,
    harm: cli_opening.Harm = None,
    party: cli_opening.Party = None,
    least: cli_opening.Least = None,
    contested: cli_opening.Contested = False,
    names: Annotated[bool, typer.Option("--names", help="Let names of people harmed go out.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add whole texts, where the format can.")] = False,
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="What a page or a map layer is called.")] = None,
    at: cli_opening.At = None,
) -> None:
    """Give back what the ledger keeps in a form that other programs read.

    Names of people harmed are left out, and what a format has no place for is told on standard error.

    \b
    Examples:
      sayso export --to csv claims.csv
      sayso export --to html --incident i-4f2a dresk.html
      sayso export --to ged --since 2023-01-01 --until 2023-12-31 ged-2023.csv
      sayso export --to geojson - | jq .features[].properties.name
      sayso export --to warc pages.warc.gz
    """  # noqa: D301 - the escape is the mark by which typer keeps lines as they are
    from sayso.export import formats
    from sayso.export.writing import Choices
    from sayso.exporting import Chosen
    from sayso.gathering.wanting import wanted
    from sayso.reconcile import named

    filtered = contested or any(one is not None for one in (place, box, since, until, harm, party, least))
    if to is Target.WARC:
        if names or with_text or title or policy or incident or filtered:
            raise typer.BadParameter("A web archive holds the pages as they are; leave the other options out.")
        _pages(at, out)
        return
    if incident and filtered:
        raise typer.BadParameter("Name incidents or choose them, not both.", param_hint="--incident")
    with cli_opening.failing():
        rule = named(policy or formats.named(to).policy).name
        asked = wanted(
            place=place,
            box=box,
            since=since,
            until=until,
            harm=harm,
            party=party,
            least=least,
            contested=contested,
        )
    choices = Choices(names=names, with_text=with_text, title=title)
    counted_by = rule if formats.named(to).counts else None
    chosen = Chosen(asked if filtered else None, tuple(incident or ()), counted_by, with_text, names)
    _dossiers(at, out, to, chosen, choices)


def _dossiers(at: str | None, out: Path, to: Target, chosen: Chosen, choices: Choices) -> None:
    from sayso.export import formats
    from sayso.exporting import dossiers

    with cli_opening.opened(at) as ledger:
        catch_up(ledger)
        with cli_opening.written(out) as stream:
            every = counting(dossiers(ledger, chosen), "Writing incidents")
            problems = formats.write(to, every, stream, choices)
        for problem in problems:
            tell(problem)


def _pages(at: str | None, out: Path) -> None:
    from sayso.export import warc_out

    with cli_opening.opened(at) as ledger, cli_opening.written(out) as stream:
        number = warc_out.write(((page, _when(ledger, page)) for page in ledger.pages()), stream)
    pages = "1 page" if number == 1 else f"{number:,} pages"
    typer.echo(f"{pages} written to {cli_opening.shown(str(out))}.", err=True)
    if number:
        typer.echo("They are whole, as they were published: names of people harmed are in them.", err=True)


def _when(ledger: Ledger, page: Page) -> str:
    """Return when a page was kept that was not fetched."""
    return "" if page.fetched is not None and page.fetched.at else ledger.show(page.sha256).entries[0].time
