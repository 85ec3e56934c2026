"""The formats that incidents and their claims go out in, by name; each is written by the ``write`` of its module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from sayso.events import Dossier
from sayso.export.writing import Choices, LeftOut
from sayso.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Write = Callable[[Iterable[Dossier], BinaryIO, Choices], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: What it is called on the command line.
        module: The module of this room that writes it.
        ending: How the names of its files end.
        rows: What one row or record stands for: ``claim`` or ``incident``.
        policy: The counting rule that suits it, which the user may override.
        about: What it is for, as a line of help.
        counts: Whether it has a place for tolls.
    """

    name: str
    module: str
    ending: str
    rows: str
    policy: str
    about: str
    counts: bool = True


FORMATS: tuple[Format, ...] = (
    Format("csv", "claims_csv", ".csv", "claim", "as-said", "claims, one a row, for spreadsheets", counts=False),
    Format("incidents-csv", "incidents_csv", ".csv", "incident", "as-said", "incidents, one a row"),
    Format("jsonl", "dossier_json", ".jsonl", "incident", "as-said", "everything, for programs"),
    Format("geojson", "geojson", ".geojson", "incident", "as-said", "for maps (RFC 7946)"),
    Format("ged", "ged", ".csv", "incident", "ucdp-best-low-high", "UCDP's 49 columns"),
    Format("acled", "acled", ".csv", "incident", "acled-conservative", "ACLED's 31 columns"),
    Format("html", "html_page", ".html", "incident", "as-said", "a page to read, to print and to hand on"),
    Format("hxl", "hxl", ".csv", "incident", "ucdp-best-low-high", "with HXL tags, for HDX"),
    Format("kml", "kml", ".kml", "incident", "as-said", "for Google Earth"),
    Format(
        "parquet", "parquet", ".parquet", "claim", "as-said", "claims as a typed table; needs pyarrow", counts=False
    ),
    Format("airwars", "airwars", ".csv", "incident", "airwars-grade", "Airwars' columns"),
    Format("ibc", "ibc", ".csv", "incident", "ibc-min-max", "Iraq Body Count's variables"),
    Format("plover", "plover", ".jsonl", "incident", "as-said", "PLOVER's events"),
    Format("web-annotation", "web_annotation", ".jsonld", "claim", "as-said", "the W3C's annotations", counts=False),
    Format("schema-claim", "schema_claim", ".jsonld", "claim", "as-said", "schema.org's Claim, unrated", counts=False),
    Format("prov", "prov_json", ".json", "claim", "as-said", "the W3C's provenance (PROV-JSON)", counts=False),
)


def named(name: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: There is none of this name; the message says which there are.
    """
    for one in FORMATS:
        if one.name == name:
            return one
    raise UsageError(f"There is no format {name!r}; choose one of {', '.join(one.name for one in FORMATS)}.")


def write(name: str, dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices | None = None) -> tuple[Problem, ...]:
    """Write incidents and their claims in a format; one after another, so that memory does not grow with their number.

    Args:
        name: A format's name.
        dossiers: The incidents, in the order in which they are to be written.
        out: A binary stream, left open.
        choices: What the user decided; names and whole texts are left out otherwise.

    Returns:
        What was left out or left empty, a problem a kind.

    Raises:
        UsageError: There is no format of this name, or a library that it needs is not installed.
    """
    made: Write = import_module(f"sayso.export.{named(name).module}").write
    choices = choices or Choices()
    left_out = LeftOut(name)
    return (*made(dossiers if choices.names else _masked(dossiers, left_out), out, choices), *left_out.problems())


def _masked(dossiers: Iterable[Dossier], left_out: LeftOut) -> Iterator[Dossier]:
    from sayso.export.withheld import withheld

    for dossier in dossiers:
        masked = withheld(dossier)
        for before, after in zip(dossier.claims, masked.claims, strict=True):
            if before.report.url and not after.report.url:
                left_out.add(
                    "address-names-person",
                    before.claim.id,
                    "Claims without the address of their report, since it spells the name of somebody harmed",
                    "The report's id and hash still lead to it; --names keeps the address.",
                )
        yield masked
