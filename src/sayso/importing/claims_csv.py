"""Our own ``csv``: a row is one claim, with the words it rests on; what the export masked or escaped comes back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from sayso.export import cells as escaped
from sayso.importing.record import Imported, Record
from sayso.plain import NotPlainError, from_plain
from sayso.records import EVENT_ROW, Claim, Evidence, Harm, PlaceMatch, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = ("report.id", "text", "harm", "kind", "low", "high", "qualifier")
REJECTED = "rejected by a person, who ruled that the report does not say it"

_WHOLE = ("low", "high", "place_id", "place_prec", "date_prec")
_DEGREES = ("lat", "lon")
_WORDED = ("source", "victims", "perpetrator", "means", "place")
_AS_WRITTEN = (
    *("harm", "kind", "qualifier", "phrase", "stance", "status", "country", "date_from", "date_to"),
    *("date_reason", "time", "scope", *_WORDED),
)
_SPANS = tuple(one.name for one in fields(Evidence))


def read(cells: Mapping[str, str]) -> Imported:
    """Read a row.

    Args:
        cells: The row's cells by the names of their columns, without empty ones.

    Raises:
        ValueError: The row is not what ``docs/formats.md`` describes; the message says which cell.
    """
    whole = cells.get("report.text")
    record = Record({name: value for name, value in cells.items() if name != "report.text"})
    text = record.text if whole is None else whole
    rejected = cells.get("ruling.verdict") == "rejected"
    claim = _in_text(_values(record, cells), cells, whole) if whole is not None else _in_record(record, cells)
    return Imported(
        cells.get("report.id", ""),
        () if rejected else (claim,),
        text,
        title=cells.get("report.title"),
        outlet=cells.get("report.outlet"),
        published=cells.get("report.published"),
        language=cells.get("report.language"),
        url=cells.get("report.url"),
        left_out=REJECTED if rejected else None,
    )


class Row(NamedTuple):
    """A row for those who compare what several people made of one report.

    Attributes:
        report: The report's id.
        claim: The claim, with offsets into the report's own text; None where a person rejected it.
        length: Code points of the report's text, where the row has it.
    """

    report: str
    claim: Claim | None
    length: int | None


def coded(cells: Mapping[str, str]) -> Row:
    """Read a row as a claim of the report that it names; its words are taken to stand where it says.

    Args:
        cells: The row's cells as they stand in the file, by the names of their columns, without empty ones.

    Raises:
        ValueError: The row is not what ``docs/formats.md`` describes; the message says which cell.
    """
    cells = {name: escaped.plain(cell) for name, cell in cells.items()}
    report, text = cells.get("report.id"), cells.get("report.text")
    if report is None:
        raise ValueError('"report.id" is empty')
    values = _values(Record(cells), cells)
    span = Span(_offset(cells, "start"), _offset(cells, "end"))
    if span.start >= span.end:
        raise ValueError('"end" does not come after "start"')
    sentence = _span(cells.get("sentence")) or span
    spans: dict[str, Any] = {}
    for name in _SPANS:
        found = [one for one in map(_span, escaped.parted(cells.get(f"spans.{name}", ""))) if one]
        if found:
            spans[name] = tuple(found) if name == "via" else found[0]
    claim = _claim(values, cells, spans, start=span.start, end=span.end, sentence=_plain(sentence))
    rejected = cells.get("ruling.verdict") == "rejected"
    return Row(report, None if rejected else claim, None if text is None else len(text))


def _values(record: Record, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a claim's plain values but for where its words stand.

    Raises:
        ValueError: A cell holds no value of its kind.
    """
    values: dict[str, Any] = {name: cells.get(name) for name in _AS_WRITTEN if name in cells}
    for name in _WHOLE:
        found = record.number(name)
        # Entries of a user's own gazetteer have numbers below zero.
        values[name] = found[0] if found else None
    for name in _DEGREES:
        values[name] = record.degrees(name)
    values["confidence"] = float(cells["confidence"]) if "confidence" in cells else None
    values["via"] = escaped.parted(cells.get("via", ""))
    values.setdefault("phrase", None)
    values["text"] = cells.get("text", "")
    # Here a row is a claim: what was one event's row elsewhere has a row for each of its claims.
    identity = cells.get("id", "")
    values["id"] = "c-" + identity.removeprefix(EVENT_ROW) if identity.startswith(EVENT_ROW) else identity
    low, high = values["low"], values["high"]
    if low is not None and high is not None and high < low:
        raise ValueError('"high" is less than "low"')
    if values.get("harm") not in get_args(Harm):
        raise ValueError(f'"harm" is none that there is ({str(values.get("harm"))[:40]!r})')
    return values


def _claim(values: Mapping[str, Any], cells: Mapping[str, str], spans: Mapping[str, Any], **where: Any) -> Claim:  # noqa: ANN401 - values of several types
    try:
        claim = from_plain(Claim, {**values, **where, "spans": {}})
    except NotPlainError as error:
        raise ValueError(str(error)) from None
    match = None
    if "place_match.kind" in cells:
        named = {name: cells.get(f"place_match.{name}") for name in ("name", "kind", "region", "town")}
        match = PlaceMatch(
            named["name"],
            named["kind"] or "unknown",
            named["region"],
            named["town"],
            float(cells.get("place_match.score", "0")),
            cells.get("place_match.reason", ""),
        )
    return replace(claim, spans=Evidence(**spans), place_match=match)


def _in_text(values: Mapping[str, Any], cells: Mapping[str, str], text: str) -> Claim:
    """Return the claim in its report's own text, where every span must hold the words that the row gives."""
    start, end = _offset(cells, "start"), _offset(cells, "end")
    sentence = _span(cells.get("sentence")) or Span(start, end)
    if Span(start, end).of(text) != values["text"] or not start < end <= len(text) or sentence.end > len(text):
        raise ValueError('its "text" does not stand in "report.text" where it says')
    return _claim(values, cells, _spans_in(cells, text, 0), start=start, end=end, sentence=_plain(sentence))


def _in_record(record: Record, cells: Mapping[str, str]) -> Claim:
    """Return the claim in the text made of its row: in its sentence where the row has that, else in its cells."""
    values = _values(record, cells)
    words = str(values["text"])
    home = record.span("text")
    if home is None or home.of(record.text) != words:
        raise ValueError('"text" is empty or has spaces around it')
    sentence = home
    spans: dict[str, Any] = {}
    told, stated = record.span("sentence_text"), _span(cells.get("sentence"))
    if told is not None and stated is not None and "start" in cells:
        shift = told.start - stated.start
        at = Span(_offset(cells, "start") + shift, _offset(cells, "start") + shift + len(words))
        if told.holds(at) and at.of(record.text) == words:
            home, sentence = at, told
            spans = {name: span for name, span in _spans_in(cells, record.text, shift).items() if _inside(told, span)}
    for name in _WORDED:
        if name in cells and name not in spans:
            spans[name] = record.span(name)
    if values["via"] and "via" not in spans:
        spans["via"] = _each(record, values["via"])
    where = {"start": home.start, "end": home.end, "sentence": _plain(sentence)}
    return _claim(values, cells, spans, **where)


def _each(record: Record, names: list[str]) -> tuple[Span, ...]:
    """Return where each of those who passed it on stands in the cell; none where a name had to be escaped there."""
    cell = record.span("via")
    found: list[Span] = []
    at = cell.start if cell else 0
    for name in names:
        start = record.text.find(name, at, cell.end if cell else 0)
        if start < 0:
            return ()
        at = start + len(name)
        found.append(Span(start, at))
    return tuple(found)


def _spans_in(cells: Mapping[str, str], text: str, shift: int) -> dict[str, Any]:
    """Return the spans that the row gives, as far as they hold the words that the row gives for them."""
    found: dict[str, Any] = {}
    for name in _SPANS:
        given = cells.get(f"spans.{name}")
        if given is None:
            continue
        spans = [_span(one) for one in escaped.parted(given)]
        moved = [Span(one.start + shift, one.end + shift) for one in spans if one]
        if any(not 0 <= one.start < one.end <= len(text) for one in moved):
            continue
        if name == "via":
            if [one.of(text) for one in moved] == escaped.parted(cells.get("via", "")):
                found["via"] = tuple(moved)
        elif len(moved) == 1 and (name not in _WORDED or moved[0].of(text) == cells.get(name)):
            found[name] = moved[0]
    return found


def _inside(sentence: Span, span: Span | tuple[Span, ...]) -> bool:
    return all(sentence.holds(one) for one in (span if isinstance(span, tuple) else (span,)))


def _span(written: str | None) -> Span | None:
    """Return a span from the form in which the export writes it, ``[3,5]``."""
    if written is None:
        return None
    try:
        start, end = json.loads(written)
    except (ValueError, TypeError, RecursionError):
        raise ValueError(f"{written[:40]!r} is no stretch of text such as [3,5]") from None
    if not (type(start) is int and type(end) is int and 0 <= start <= end):
        raise ValueError(f"{written[:40]!r} is no stretch of text such as [3,5]")
    return Span(start, end)


def _offset(cells: Mapping[str, str], name: str) -> int:
    words = cells.get(name, "")
    if not (words.isascii() and words.isdecimal() and len(words) <= 9):
        raise ValueError(f'"{name}" holds no offset ({words[:40]!r})')
    return int(words)


def _plain(span: Span) -> list[int]:
    return [span.start, span.end]
