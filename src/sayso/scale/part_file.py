"""One part as a Parquet file: a row a page that was read, with its bytes and all that was read in it.

Columns that people ask for stand beside the two that the ledger is filled from, ``page`` and ``found``. The same pages
and readings give the same bytes, whoever writes them.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from sayso.plain import NotPlainError, Plain, from_plain, to_plain
from sayso.pool import Answer
from sayso.problems import Problem, UsageError
from sayso.records import Page, Reading
from sayso.scale.folder import draft_of
from sayso.scale.parts import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

GROUP_BYTES = 8_000_000
"""Bytes of pages and readings that are written, and read again, together; one page may be larger."""

_GROUP_ROWS = 200
_TOLD = 20
_TEXTS = ("where", "url", "sha256", "title", "outlet", "published", "language")
_COUNTS = b"sayso.counts"


class BrokenPartError(Exception):
    """A file holds no part, or is damaged; the message says how, as the end of a sentence."""


def write(path: Path, answers: Iterable[Answer], counts: Counts) -> tuple[Problem, ...]:
    """Write a part; it is there as a whole or not at all.

    Args:
        path: Where.
        answers: What came of its pages, in order.
        counts: What they came to; the pages are counted by whoever gives them, the rest here.

    Returns:
        The first problems that cost a report or are about no single page.

    Raises:
        OSError: It cannot be written.
        UsageError: pyarrow is not installed.
    """
    pa, pq = _arrow()
    schema = _schema(pa)
    draft = draft_of(path)
    told: list[Problem] = []
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd", write_statistics=False) as writer:
            for rows in _groups(answers, counts, told):
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            writer.add_key_value_metadata({_COUNTS: json.dumps(asdict(counts))})
        with draft.open("rb") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return tuple(told)


def counts_of(path: Path) -> Counts:
    """Return what a part came to, from its end alone.

    Raises:
        BrokenPartError: It is damaged.
    """
    pa, pq = _arrow()
    try:
        with pq.ParquetFile(path) as file:
            return from_plain(Counts, json.loads((file.metadata.metadata or {})[_COUNTS]))
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        raise BrokenPartError(_one_line(error)) from None


def read(path: Path) -> Iterator[Answer]:
    """Read a part again, a few megabytes at a time.

    Yields:
        The answers that were written, in order.

    Raises:
        BrokenPartError: It is damaged.
    """
    pa, pq = _arrow()
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            if not {"page", "body", "found"} <= set(file.schema_arrow.names):
                raise BrokenPartError("it holds no pages")
            for group in range(file.num_row_groups):
                for batch in file.iter_batches(_GROUP_ROWS, [group], ["page", "body", "found"], use_threads=False):
                    for row in batch.to_pylist():
                        yield _answer(row)
    except (OSError, pa.ArrowException, NotPlainError, ValueError, TypeError, RecursionError) as error:
        raise BrokenPartError(_one_line(error)) from None


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parts are Parquet files, which need pyarrow: pip install 'sayso[scale]'.") from None
    return pa, pq


def _schema(pa: Any) -> Any:  # noqa: ANN401 - the library, which has no types
    columns = [(name, pa.string()) for name in _TEXTS]
    columns += [("claims", pa.int32()), ("page", pa.string()), ("body", pa.binary()), ("found", pa.string())]
    return pa.schema(columns)


def _groups(answers: Iterable[Answer], counts: Counts, told: list[Problem]) -> Iterator[list[Plain]]:
    rows: list[Plain] = []
    size = 0
    for answer in answers:
        rows.append(_row(answer, counts, told))
        size += len(rows[-1]["body"] or b"") + len(rows[-1]["found"])
        if size >= GROUP_BYTES or len(rows) == _GROUP_ROWS:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _row(answer: Answer, counts: Counts, told: list[Problem]) -> Plain:
    page, found = answer.page, answer.found
    reading = next((one for one in found if isinstance(one, Reading)), None)
    problems = [one for one in (*found, *(reading.problems if reading else ())) if isinstance(one, Problem)]
    counts.reports += reading is not None
    counts.claims += len(reading.claims) if reading else 0
    counts.lost += any(problem.lost for problem in problems)
    told += [one for one in problems if one.lost or page is None][: _TOLD - len(told)]
    # Of a page that the ledger does not keep, what was said of it is enough.
    is_kept = page is not None and (reading is not None or any(problem.lost for problem in problems))
    report = reading.report if reading else None
    texts = {
        "where": page.where if page else problems[0].where if problems else None,
        "url": (report and report.url) or (page and page.url),
        "sha256": page.sha256 if page and is_kept else None,
        "title": report and report.title,
        "outlet": report and report.outlet,
        "published": report and report.published,
        "language": report and report.language,
    }
    return {
        # A lone surrogate, which damaged pages hold, is no UTF-8; these columns are for people.
        **{name: text and text.encode("utf-8", "replace").decode("utf-8") for name, text in texts.items()},
        "claims": len(reading.claims) if reading else 0,
        "page": json.dumps(to_plain(replace(page, body=b""))) if page and is_kept else None,
        "body": page.body if page and is_kept else None,
        "found": json.dumps([{type(one).__name__: to_plain(one)} for one in found]),
    }


def _answer(row: Plain) -> Answer:
    page = None
    if row["page"] is not None:
        page = replace(from_plain(Page, json.loads(row["page"])), body=row["body"] or b"")
    return Answer(page, tuple(_found(one) for one in json.loads(row["found"])))


def _found(value: Any) -> Reading | Problem:  # noqa: ANN401 - a JSON value
    if not isinstance(value, dict) or len(value) != 1:
        raise NotPlainError("what was found is no reading and no problem")
    kind, plain = next(iter(value.items()))
    return from_plain(Reading, plain) if kind == "Reading" else from_plain(Problem, plain)


def _one_line(error: Exception) -> str:
    return " ".join(f"{error}".split())[:200].rstrip(".") or type(error).__name__
