"""``parquet``: the columns of ``csv``, one row a claim, with types: numbers, lists, and null for what is not known.

Text stands as it is, since no program runs what it finds in a column. It needs pyarrow, which
``pip install 'sayso[tables]'`` brings.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.export import claims_csv
from sayso.export.jsonl import SPAN_KEYS
from sayso.problems import UsageError
from sayso.records import Rival, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.events import Dossier
    from sayso.export.writing import Choices
    from sayso.problems import Problem

_ROWS = 1_000
"""Rows that are in memory as Python's objects; further ones are packed as the file wants them."""
_TOGETHER = 20
"""So many times as many are written together: what the file's end says of each such group is kept to the end."""

_WHOLE = frozenset(
    {"start", "end", "low", "high", "place_id", "place_prec", "date_prec", "attribution", "page"},
)
_FRACTIONS = frozenset({"lat", "lon", "confidence", "place_match.score"})
_LISTS = frozenset({"via", "place_match.rivals", *claims_csv.RELATIONS})


def write(dossiers: Iterable[Dossier], out: BinaryIO, choices: Choices) -> tuple[Problem, ...]:
    """Write a table, twenty thousand rows at a time.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'sayso[tables]'. Or choose csv.") from None
    columns = claims_csv.columns(with_text=choices.with_text)
    schema = pa.schema([(name, _type(pa, name)) for name in columns])
    every = (row for dossier in dossiers for row in claims_csv.rows(dossier, with_text=choices.with_text))
    with pq.ParquetWriter(out, schema) as writer:
        while packed := [batch for _ in range(_TOGETHER) if (batch := _packed(pa, schema, islice(every, _ROWS)))]:
            writer.write_table(pa.Table.from_batches(packed, schema=schema))
    return ()


def _packed(pa: Any, schema: Any, rows: Iterable[list[object]]) -> Any:  # noqa: ANN401 - the library, which has no types
    """Return rows as the library packs them; None where there are none."""
    made = [dict(zip(schema.names, map(_value, row), strict=True)) for row in rows]
    return pa.RecordBatch.from_pylist(made, schema=schema) if made else None


def _type(pa: Any, name: str) -> object:  # noqa: ANN401 - the library, which has no types
    """Return a column's type."""
    if name == "spans.via":
        return pa.list_(pa.list_(pa.int64()))
    if name == "sentence" or name in {f"spans.{slot}" for slot in SPAN_KEYS}:
        return pa.list_(pa.int64())
    if name in _LISTS:
        return pa.list_(pa.string())
    return pa.int64() if name in _WHOLE else pa.float64() if name in _FRACTIONS else pa.string()


def _value(value: object) -> object:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, Rival):
        return ", ".join(part for part in (value.name, value.region, value.country) if part)
    # A lone surrogate, which damaged pages hold, is no UTF-8.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
