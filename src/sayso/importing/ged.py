"""UCDP GED: a row is one event with the best, the lowest and the highest number of deaths that UCDP settled on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.export.countries import coded
from sayso.importing.record import Imported, Record
from sayso.records import Claim, Evidence, PlaceMatch, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

NEEDED = ("id", "best", "low", "high", "date_start", "date_end")
OUTLET = "UCDP GED"

_PARTED = ("deaths_a", "deaths_b", "deaths_civilians")
_FIGURES = ("best", "low", "high", *_PARTED, "deaths_unknown")
_ONE_SIDED = 3


def read(cells: Mapping[str, str]) -> Imported:
    """Read a row.

    Args:
        cells: The row's cells by the names of their columns, without empty ones.

    Raises:
        ValueError: The row is not what UCDP's codebook describes; the message says which cell.
    """
    record = Record(cells, _FIGURES)
    identity = record.words("id")
    if identity is None:
        raise ValueError('"id" is empty')
    claims = tuple(_claims(record))
    left_out = None if claims else "no number of deaths"
    return Imported(identity, claims, record.text, title=record.words("relid") or identity, left_out=left_out)


def _claims(record: Record) -> Iterator[Claim]:
    low, best, high = (record.number(name) for name in ("low", "best", "high"))
    known = [one[0] for one in (low, best, high) if one]
    if known != sorted(known):
        raise ValueError('"low", "best" and "high" are not in this order')
    parts = {name: record.number(name) for name in _PARTED}
    shared = _shared(record)
    whole = best[0] if best else None
    of_all: dict[str, Any] = {"status": _status({name: one[0] for name, one in parts.items() if one}, whole)}
    if record.words("type_of_violence") == str(_ONE_SIDED):
        of_all |= {"perpetrator": "side_a"}
    if best:
        yield _claim(record, shared, *best, **of_all)
    if low and high and low[0] < high[0]:
        span = record.lines("low", "high")
        yield _range(record, shared, span, low[0], high[0], **of_all)
    elif low and (not best or (not high and low[0] < best[0])):
        one = low[1] if high else record.lines("low", "low")
        yield _range(record, shared, one, low[0], low[0] if high else None, **of_all)
    elif high and (not best or high[0] > best[0]):
        yield _range(record, shared, record.lines("high", "high"), None, high[0], **of_all)
    for name, status, victims, doer in _PARTS:
        part = parts[name]
        # Zero in a part says that none of those counted stands there, not that nobody of it died.
        if part and part[0] and not (part[0] == whole and of_all["status"] == status):
            yield _claim(record, shared, *part, status=status, victims=victims, perpetrator=doer)


_PARTS: tuple[tuple[str, Status, str, str | None], ...] = (
    ("deaths_a", "combatant", "side_a", "side_b"),
    ("deaths_b", "combatant", "side_b", "side_a"),
    ("deaths_civilians", "civilian", "", None),
)


def _status(parts: Mapping[str, int], whole: int | None) -> Status:
    """Return whom the whole counts, where the parts add up to it and nobody in them is unknown."""
    fighters = parts.get("deaths_a", 0) + parts.get("deaths_b", 0)
    civilians = parts.get("deaths_civilians", 0)
    if not whole or fighters + civilians != whole:
        return "unknown"
    if fighters and civilians:
        return "mixed"
    return "combatant" if fighters else "civilian"


def _shared(record: Record) -> dict[str, Any]:
    """Return what all claims of a row have in common."""
    first, last = record.day("date_start"), record.day("date_end")
    if first and last and last < first:
        raise ValueError('"date_end" lies before "date_start"')
    shown = [name for name in _FIGURES if record.span(name)]
    name, region = record.words("where_coordinates"), record.words("adm_1")
    return {
        "place": name,
        "lat": record.degrees("latitude"),
        "lon": record.degrees("longitude"),
        "place_prec": record.code("where_prec", 7),
        "country": coded(gw=record.words("country_id")),
        "place_match": PlaceMatch(name, "unknown", region=region, reason="As the record has it.") if name else None,
        "date_from": first.isoformat() if first else None,
        "date_to": last.isoformat() if last else None,
        "date_prec": record.code("date_prec", 5),
        "date_reason": "As the record has it.",
        "sentence": Span(record.label(shown[0]).start, len(record.text)) if shown else Span(0, 0),
        "spans": Evidence(place=record.span("where_coordinates"), date=record.span("date_start")),
    }


def _claim(record: Record, shared: Mapping[str, Any], number: int, span: Span, **slots: Any) -> Claim:  # noqa: ANN401 - slots of several types
    return _made(record, shared, span, kind="count" if number else "zero", low=number, high=number, **slots)


def _range(
    record: Record,
    shared: Mapping[str, Any],
    span: Span,
    low: int | None,
    high: int | None,
    **slots: Any,  # noqa: ANN401 - slots of several types
) -> Claim:
    if low == high:
        return _made(record, shared, span, kind="count" if low else "zero", low=low, high=high, **slots)
    qualifier = "at_least" if high is None else "at_most" if low is None else "between"
    return _made(record, shared, span, kind="count", low=low, high=high, qualifier=qualifier, phrase=qualifier, **slots)


def _made(record: Record, shared: Mapping[str, Any], span: Span, **slots: Any) -> Claim:  # noqa: ANN401 - slots of several types
    """Make a claim; sides are named by their columns."""
    from dataclasses import replace

    spans: Evidence = shared["spans"]
    victims, doer = slots.pop("victims", None), slots.pop("perpetrator", None)
    if victims == "":
        spans = replace(spans, victims=record.label("deaths_civilians", "civilians"))
        slots["victims"] = "civilians"
    elif victims and record.words(victims):
        spans = replace(spans, victims=record.span(victims))
        slots["victims"] = record.words(victims)
    if doer and record.words(doer):
        spans = replace(spans, perpetrator=record.span(doer))
        slots["perpetrator"] = record.words(doer)
    values = {"qualifier": "exact", "phrase": None, **shared, **slots, "spans": spans}
    return Claim("", span.start, span.end, span.of(record.text), "killed", **values)
