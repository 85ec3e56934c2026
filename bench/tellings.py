"""Reports with their claims in the form in which they are grouped, read by the program or from lines that it wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from bench.program import read_all
from sayso.claim.countries import Countries
from sayso.claim.gazetteer import Gazetteer
from sayso.events import Heading, Kept
from sayso.incident.actor_list import shipped
from sayso.incident.actors import Actors
from sayso.incident.told import Told
from sayso.incident.who import with_actors
from sayso.problems import UsageError
from sayso.records import Claim, Evidence, PlaceMatch, Rival, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sayso.records import Report

_AS_THEY_ARE = (
    *("id", "start", "end", "text", "harm", "kind", "low", "high", "qualifier", "phrase", "source", "stance"),
    *("victims", "status", "perpetrator", "means", "place", "place_id", "lat", "lon", "place_prec", "country"),
    *("date_from", "date_to", "date_prec", "date_reason", "time", "scope", "attribution", "confidence"),
)


def tellings(
    reports: Sequence[Report], pred: Path | None = None, keep: Path | None = None, jobs: int = 1
) -> list[Told]:
    """Return reports with their claims, in the order given.

    Args:
        reports: The reports.
        pred: A file of ``sayso read --format jsonl`` with a line for each of them; the program reads them when left
            out.
        keep: Where to write what the program read, for `pred`.
        jobs: How many processes read.

    Raises:
        UsageError: The file cannot be read, is not what the program writes, or lacks a report.
    """
    if pred is None:
        lines = read_all(reports, jobs=jobs)
        if keep is not None:
            keep.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    else:
        lines = _lines(pred)
    rows = {row["report"]["id"]: row for row in map(json.loads, lines)}
    missing = [report.id for report in reports if report.id not in rows]
    if missing:
        raise UsageError(
            f"{pred} has no line for {len(missing)} of the reports, {missing[0]} among them; read them all."
        )
    return [telling(report, claims_of(rows[report.id])) for report in reports]


def telling(report: Report, claims: Iterable[Claim], voice: str = "") -> Told:
    """Return one report with its claims, whose ids are made unlike those of any other report, as in a ledger."""
    heading = Heading(
        id=report.id,
        title=report.title,
        url=report.url,
        outlet=report.outlet,
        published=report.published,
        language=report.language,
        origin=report.origin,
        voice=voice or report.id,
        text_sha256=report.text_sha256,
    )
    kept = tuple(
        Kept(replace(claim, id=f"{claim.id}-{report.id}"), heading, sentence=claim.sentence.of(report.text))
        for claim in claims
    )
    return Told(heading, with_actors(kept, _actors()), report.text)


@cache
def _actors() -> Actors:
    return Actors(shipped(), Countries(Gazetteer()))


def claims_of(row: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Return the claims of one line of ``sayso read --format jsonl``.

    Raises:
        UsageError: The line is not what the program writes.
    """
    try:
        return tuple(_claim(claim) for claim in row["claims"])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"A line is not of `sayso read --format jsonl` ({type(error).__name__}: {error}).") from error


def _claim(row: Mapping[str, Any]) -> Claim:
    match = row["place_match"]
    return Claim(
        **{key: row[key] for key in _AS_THEY_ARE},
        via=tuple(row["via"]),
        sentence=Span(*row["sentence"]),
        spans=Evidence(**{key: _spans(value) for key, value in row["spans"].items()}),
        place_match=match and PlaceMatch(**{**match, "rivals": tuple(Rival(**rival) for rival in match["rivals"])}),
    )


def _spans(value: Any) -> Any:  # noqa: ANN401 - a span, several, or None, as JSON has them
    if not value:
        return () if value == [] else None
    return Span(*value) if isinstance(value[0], int) else tuple(Span(*one) for one in value)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); give a file of `sayso read --format jsonl`.") from error
