"""One line of JSON a report: the contract that later parts and outside programs build on.

``docs/jsonl.md`` describes every key. Within one schema number keys may be added, never renamed or dropped.
"""

from __future__ import annotations

import json
import re
from operator import attrgetter
from typing import TYPE_CHECKING, TextIO

from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Attribution, Claim, Evidence, PlaceMatch, Reading, Report

SCHEMA = 1
"""The number of the contract; a key that changes its meaning or goes away would raise it."""

CLAIM_KEYS = (
    *("id", "start", "end", "text", "harm", "kind", "low", "high", "qualifier", "phrase", "source", "via", "stance"),
    *("victims", "status", "perpetrator", "means", "place", "place_id", "lat", "lon", "place_prec", "country"),
    *("date_from", "date_to", "date_prec", "date_reason", "time"),
    *("scope", "sentence", "attribution", "spans", "confidence"),
    "place_match",
)
"""The keys of a claim, in the order in which they are written."""

MATCH_KEYS = ("name", "kind", "region", "town", "score", "reason", "rivals")
"""The keys of a claim's `place_match`, in the order in which they are written."""

TRACE_KEYS = ("link", "path", "page", "boxes")
"""The keys that lead from a claim back to its page; they follow those of `CLAIM_KEYS`."""

SPAN_KEYS = ("source", "mention", "cue", "via", "victims", "perpetrator", "means", "place", "date")
"""The keys of a claim's `spans`, in the order in which they are written."""

_of_claim, _of_trace = attrgetter(*CLAIM_KEYS), attrgetter(*TRACE_KEYS)
_of_evidence = attrgetter(*SPAN_KEYS)
_RIVAL_KEYS = ("id", "name", "country", "region", "score")
_PROBLEM_KEYS = ("code", "where", "what", "remedy")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Legal in JSON, but some readers end a line at these, and a terminal obeys some of them.
_UNSAFE_IN_LINE = re.compile(r"[\x7f-\x9f\u2028\u2029]")

_encoded = json.JSONEncoder(ensure_ascii=False).encode

Json = dict[str, object]


def write(readings: Iterable[Reading], out: TextIO, *, with_text: bool = False) -> None:
    """Write one line a reading, each as soon as it is read.

    Args:
        readings: What was read, in the order in which it is to be written.
        out: Where to write; its encoding should be UTF-8.
        with_text: Whether to add each report's text.
    """
    out.writelines(line(reading, with_text=with_text) + "\n" for reading in readings)


def line(reading: Reading, *, with_text: bool = False) -> str:
    """Return one reading as one line of JSON, without the line end.

    Args:
        reading: What was read in one report.
        with_text: Whether to add the report's text, as ``report.text``.
    """
    record: Json = {
        "schema": SCHEMA,
        "program": reading.program or None,
        "model": reading.model or None,
        "report": report_record(reading.report, with_text=with_text),
        "claims": [claim_record(claim) for claim in reading.claims],
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "problems": [{key: getattr(problem, key) for key in _PROBLEM_KEYS} for problem in reading.problems],
    }
    return dumped(record)


def dumped(record: Json) -> str:
    """Return a record as JSON on one line that every reader takes for one."""
    text = _encoded(record)
    if text.isascii() and "\x7f" not in text:
        return text
    # One for one, so that offsets hold: a lone surrogate cannot be written as UTF-8 at all.
    text = _SURROGATE.sub("\ufffd", text)
    return _UNSAFE_IN_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def report_record(report: Report, *, with_text: bool = False) -> Json:
    """Return what stands under ``report``."""
    record: Json = {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "outlet": report.outlet,
        "published": report.published,
        "language": report.language,
        "origin": report.origin,
        "origin_span": _pair(report.origin_span) if report.origin_span else None,
        "page_sha256": report.page_sha256 or None,
        "text_sha256": report.text_sha256,
        "chars": len(report.text),
        "byline": report.byline,
        "published_from": report.published_from,
        "passages": [
            {"span": _pair(passage.span), "published": passage.published, "title": passage.title}
            for passage in report.passages
        ],
    }
    return record | {"text": report.text} if with_text else record


def claim_record(claim: Claim) -> Json:
    """Return what stands under ``claims`` for one of them."""
    trace = claim.trace
    return {
        **dict(zip(CLAIM_KEYS, _of_claim(claim), strict=True)),
        "via": list(claim.via),
        "sentence": _pair(claim.sentence),
        "spans": _spans(claim.spans),
        "place_match": None if claim.place_match is None else _match(claim.place_match),
        **dict(zip(TRACE_KEYS, _of_trace(trace), strict=True)),
        "boxes": [list(box) for box in trace.boxes],
    }


def _match(match: PlaceMatch) -> Json:
    rivals = [{key: getattr(rival, key) for key in _RIVAL_KEYS} for rival in match.rivals]
    return {key: getattr(match, key) for key in MATCH_KEYS} | {"rivals": rivals}


def _spans(evidence: Evidence) -> Json:
    values: tuple[Span | tuple[Span, ...] | None, ...] = _of_evidence(evidence)
    return {
        key: None if value is None else _pair(value) if isinstance(value, Span) else _pairs(value)
        for key, value in zip(SPAN_KEYS, values, strict=True)
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "source": _pairs(attribution.source),
        "cue": _pairs(attribution.cue),
        "content": _pairs(attribution.content),
    }


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
