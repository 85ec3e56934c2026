"""``csv``: one row a claim with all that a recorder expects beside it, to be opened in a spreadsheet.

The first columns are those of ``sayso read --format csv`` by the same names and in the same order, so that what reads
one file reads the other. An empty cell means unknown; 0 is zero.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, BinaryIO

from sayso.export import cells, table_csv
from sayso.export.jsonl import TRACE_KEYS
from sayso.export.writing import Choices, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.events import Dossier, Kept, RelationKind
    from sayso.problems import Problem

_HEADING = ("language", "origin", "voice", "page_sha256", "text_sha256")
_VICTIMS = ("side", "sex", "age")
_ACTOR = ("id", "name", "kind", "side", "country")
_RULING = ("verdict", "by", "at", "why")
RELATIONS: tuple[RelationKind, ...] = ("repeats", "supersedes", "contradicts", "part_of", "includes")


def columns(*, with_text: bool = False) -> tuple[str, ...]:
    """Return the names of the columns, in their order."""
    return (
        *table_csv.columns(with_text=with_text),
        *TRACE_KEYS,
        "sentence_text",
        *(f"report.{name}" for name in _HEADING),
        *("incident.id", "incident.name", "incident.scope"),
        *(f"source_actor.{name}" for name in _ACTOR),
        "via_actors",
        *(f"perpetrator_actor.{name}" for name in _ACTOR),
        *(f"victims_told.{name}" for name in _VICTIMS),
        *RELATIONS,
        *(f"ruling.{name}" for name in _RULING),
    )


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a heading and one row a claim, rejected ones included."""
    with text(out) as stream:
        table = csv.writer(stream, lineterminator="\r\n")
        table.writerow(columns(with_text=choices.with_text))
        for dossier in dossiers:
            table.writerows(map(table_csv.cell, row) for row in rows(dossier, with_text=choices.with_text))
    return ()


def rows(dossier: Dossier, *, with_text: bool = False) -> Iterator[list[object]]:
    """Yield what stands in the row of each claim, in the order of `columns`."""
    texts = dict(dossier.texts)
    incident = dossier.incident
    related: dict[str, dict[str, list[str]]] = {}
    for relation in incident.relations if incident else ():
        related.setdefault(relation.claim, {}).setdefault(relation.kind, []).append(relation.other)
    for kept in dossier.claims:
        claim, report = kept.claim, kept.report
        yield [
            *(getattr(report, name) for name in table_csv.REPORT_COLUMNS),
            *([texts.get(report.id)] if with_text else []),
            *table_csv.values(claim),
            *(claim.trace.link, claim.trace.path, claim.trace.page, _boxes(kept)),
            kept.sentence or None,
            *(getattr(report, name) or None for name in _HEADING),
            *((incident.id, incident.name, incident.scope) if incident else (None, None, None)),
            *_part(kept.source, _ACTOR),
            cells.listed(actor.id if actor else "" for actor in kept.via) or None,
            *_part(kept.perpetrator, _ACTOR),
            *_part(kept.victims, _VICTIMS),
            *(tuple(related.get(claim.id, {}).get(kind, ())) for kind in RELATIONS),
            *_part(kept.ruling, _RULING),
        ]


def _part(record: object | None, names: tuple[str, ...]) -> Iterator[object]:
    return (getattr(record, name, None) for name in names)


def _boxes(kept: Kept) -> str | None:
    boxes = ("[" + ",".join(f"{side:g}" for side in box) + "]" for box in kept.claim.trace.boxes)
    return cells.BETWEEN.join(boxes) or None
