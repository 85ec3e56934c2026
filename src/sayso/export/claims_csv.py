"""``csv``: one row a claim with all that a recorder expects beside it, to be opened in a spreadsheet.

The first columns are those of ``sayso read --format csv`` by the same names and in the same order, so that what reads
one file reads the other. An empty cell means unknown; 0 is zero.
"""

from __future__ import annotations

import csv
from operator import attrgetter
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

_before = attrgetter(*table_csv.REPORT_COLUMNS)
_of_heading = attrgetter(*_HEADING)
_of_actor, _NO_ACTOR = attrgetter(*_ACTOR), (None,) * len(_ACTOR)
_of_victims = attrgetter(*_VICTIMS)
_of_ruling, _NO_RULING = attrgetter(*_RULING), (None,) * len(_RULING)


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
            table.writerows(map(table_csv.in_cells, rows(dossier, with_text=choices.with_text)))
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
            *_before(report),
            *([texts.get(report.id)] if with_text else []),
            *table_csv.values(claim),
            *(claim.trace.link, claim.trace.path, claim.trace.page, _boxes(kept)),
            kept.sentence or None,
            *[value or None for value in _of_heading(report)],
            *((incident.id, incident.name, incident.scope) if incident else (None, None, None)),
            *(_NO_ACTOR if kept.source is None else _of_actor(kept.source)),
            cells.listed([actor.id if actor else "" for actor in kept.via]) or None,
            *(_NO_ACTOR if kept.perpetrator is None else _of_actor(kept.perpetrator)),
            *_of_victims(kept.victims),
            *(_related(related[claim.id]) if claim.id in related else _NO_RELATIONS),
            *(_NO_RULING if kept.ruling is None else _of_ruling(kept.ruling)),
        ]


_NO_RELATIONS: tuple[tuple[str, ...], ...] = ((),) * len(RELATIONS)


def _related(of: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    return (tuple(of.get(kind, ())) for kind in RELATIONS)


def _boxes(kept: Kept) -> str | None:
    if not kept.claim.trace.boxes:
        return None
    boxes = ("[" + ",".join(f"{side:g}" for side in box) + "]" for box in kept.claim.trace.boxes)
    return cells.BETWEEN.join(boxes)
