"""``jsonl``: one line of JSON an incident, with everything: its claims, tolls, relations and reasons.

``docs/formats.md`` describes every key. A claim is written as in ``docs/jsonl.md``, with what stands around it beside.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.export.jsonl import claim_record, dumped
from sayso.export.writing import Choices, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sayso.events import Dossier, Incident, Kept
    from sayso.problems import Problem

SCHEMA = 1
"""The number of the contract; a key that changes its meaning or goes away would raise it."""

Json = dict[str, object]


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write one line an incident, and one for each run of claims that stand in none."""
    with text(out) as stream:
        stream.writelines(dumped(record(dossier, with_text=choices.with_text)) + "\n" for dossier in dossiers)
    return ()


def record(dossier: Dossier, *, with_text: bool = False) -> Json:
    """Return what stands in one line."""
    return {
        "schema": SCHEMA,
        "incident": None if dossier.incident is None else _incident(dossier.incident),
        "claims": [_kept(kept) for kept in dossier.claims],
        "tolls": [
            {**_plain(toll), "aside": [_plain(one) for one in toll.aside], "left_open": list(toll.left_open)}
            for toll in dossier.tolls
        ],
        **({"texts": dict(dossier.texts)} if with_text else {}),
    }


def _incident(incident: Incident) -> Json:
    return {
        **_plain(incident),
        "figures": {harm: [found.low, found.high] for harm, found in incident.figures.items()},
        "perpetrators": [{"name": name, "claims": list(claims)} for name, claims in incident.perpetrators],
        "joins": [_plain(join) for join in incident.joins],
        "relations": [_plain(relation) for relation in incident.relations],
    }


def _kept(kept: Kept) -> Json:
    return {
        **claim_record(kept.claim),
        "sentence_text": kept.sentence or None,
        "report": _plain(kept.report),
        "source_actor": _plain(kept.source) if kept.source else None,
        "via_actors": [_plain(actor) if actor else None for actor in kept.via],
        "perpetrator_actor": _plain(kept.perpetrator) if kept.perpetrator else None,
        "victims_told": _plain(kept.victims),
        "ruling": _plain(kept.ruling) if kept.ruling else None,
    }


def _plain(record: Any) -> Json:  # noqa: ANN401 - any flat record of ours
    """Return a flat record's fields as JSON values; what is nested is written over by the caller."""
    names, values = _fields(type(record))  # type: ignore[arg-type]  # a class is hashable
    return {
        name: list(value) if type(value) is tuple else value for name, value in zip(names, values(record), strict=True)
    }


@cache
def _fields(of: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[object, ...]]]:  # noqa: ANN401 - any class of records
    """Return the names of a class's fields, of which it has two or more, and what takes their values."""
    names = tuple(one.name for one in fields(of))
    return names, attrgetter(*names)
