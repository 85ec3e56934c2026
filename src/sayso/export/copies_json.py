"""Copies as one JSON object, for programs; ``docs/copies.md`` describes every key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sayso.export import jsonl

if TYPE_CHECKING:
    from sayso.records import Change, Comparison, Copy, CopyGroup, Span

_Json = dict[str, object]


def write(comparison: Comparison, out: TextIO) -> None:
    """Write one object with every group and every change.

    Args:
        comparison: What was found.
        out: Where to write; its encoding should be UTF-8.
    """
    from sayso import __version__

    record = {
        "schema": jsonl.SCHEMA,
        "program": f"sayso {__version__}",
        "reports": comparison.reports,
        "groups": [_group(group) for group in comparison.groups],
        "too_short": [report.id for report in comparison.too_short],
    }
    out.write(jsonl.dumped(record) + "\n")


def _group(group: CopyGroup) -> _Json:
    return {
        "id": group.id,
        "origin": group.origin,
        "lead": group.lead,
        "first": jsonl.report_record(group.first),
        "copies": [_copy(copy) for copy in group.copies],
    }


def _copy(copy: Copy) -> _Json:
    return {
        "report": jsonl.report_record(copy.report),
        "shared": copy.shared,
        "changes": [_change(change) for change in copy.changes],
    }


def _change(change: Change) -> _Json:
    return {
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "words": change.words,
        "span_before": _pair(change.span_before),
        "span_after": _pair(change.span_after),
        "sentence_before": _pair(change.sentence_before),
        "sentence_after": _pair(change.sentence_after),
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
