"""The tables of what the hall works out from the entries and wants kept beside them; see `shelf.py`.

Everything here can be made again from the entries. What holds words of reports stands in `content` alone, compressed;
keys and terms are hashes, so that a redaction has few places to look in.
"""

from __future__ import annotations

import json
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import REAL, BigInteger, Column, Double, Index, Integer, LargeBinary, Table, Text

from sayso.ledger.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Item = TypeVar("_Item")
_AT_ONCE = 400
_LOOKED_AT = 600
"""Bytes in which the name, the days and the place of nearly every incident stand."""

_LIGHT = 1
"""How hard zlib tries: words of reports shrink to a third, and trying harder takes longer than it is worth."""
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_REAL: Double[float] = Double().with_variant(REAL(), "sqlite")
# Sorted as Python sorts, whatever a server's own language is.
_ID = Text().with_variant(Text(collation="C"), "postgresql")


def _number(name: str, *, key: bool = False, needed: bool = True) -> Column[int]:
    return Column(name, _NUMBER, primary_key=key, autoincrement=False, nullable=not needed)


def _id(name: str, *, key: bool = False, index: bool | None = None) -> Column[str]:
    return Column(name, _ID, primary_key=key, nullable=False, index=index)


def _content() -> Column[bytes]:
    return Column("content", LargeBinary)


gathered = Table(
    "gathered",
    metadata,
    *(_number("row", key=True), _number("upto"), _number("turn")),
    *(Column("made_by", Text, nullable=False), Column("ruled", LargeBinary, nullable=False)),
    sqlite_strict=True,
)
"""One row: up to which entry the rest is worked out, how often it was written, by what, and under which rulings."""

stories = Table(
    "stories",
    metadata,
    *(_id("story", key=True), _id("report", index=True), _number("place"), _number("published")),
    *(Column("keys", LargeBinary, nullable=False), _content()),
    sqlite_strict=True,
)
"""The claims of one report that belong together; without content once one of them was redacted."""

story_claims = Table(
    "story_claims", metadata, _id("claim", key=True), _id("story"), sqlite_strict=True, sqlite_with_rowid=False
)

story_keys = Table(
    "story_keys",
    metadata,
    *(_number("key", key=True), _number("published", key=True), _id("story", key=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Under each key the stories in their order."""

story_joins = Table(
    "story_joins",
    metadata,
    *(_id("story", key=True), _id("other", key=True), Column("score", _REAL, nullable=False)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Each join twice, once from either side."""

period_claims = Table(
    "period_claims",
    metadata,
    *(_number("key", key=True), _id("claim", key=True), _id("report", index=True), _content()),
    sqlite_strict=True,
)

report_voices = Table(
    "report_voices",
    metadata,
    *(_id("report", key=True), _id("text", index=True), _id("voice", index=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""By report the hash of its text, and what all reports that print one text have in common."""

text_bands = Table(
    "text_bands",
    metadata,
    *(_number("band", key=True), _id("text", key=True, index=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""By hashes of parts of their sketches, the texts that may be prints of one text."""

incidents = Table(
    "incidents",
    metadata,
    *(_id("incident", key=True), Column("scope", Text, nullable=False), _number("period", needed=False)),
    *(_id("day"), _id("last_day"), Column("lat", _REAL), Column("lon", _REAL), _number("reports")),
    Index("ix_incidents_newest", "scope", "day", "incident", "last_day"),
    Index("ix_incidents_most_reports", "scope", "reports", "incident"),
    Index("ix_incidents_period", "period"),
    sqlite_strict=True,
)
"""What lists sort by and filter. A day that is not known is empty, and so comes before all others."""

incident_contents = Table("incident_contents", metadata, _id("incident", key=True), _content(), sqlite_strict=True)

incident_stories = Table(
    "incident_stories",
    metadata,
    *(_id("story", key=True), _id("incident", key=True, index=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

incident_terms = Table(
    "incident_terms",
    metadata,
    *(_number("term", key=True), _id("day", key=True), _id("incident", key=True, index=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What an incident can be found by, as hashes."""

incident_harms = Table(
    "incident_harms",
    metadata,
    *(Column("harm", Text, primary_key=True), _number("most", key=True), _id("incident", key=True, index=True)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The highest number of people that anybody gives, by harm."""

incident_sources = Table(
    "incident_sources",
    metadata,
    *(_number("source", key=True), _id("day", key=True), _id("incident", key=True, index=True)),
    *(_number("claims"), _number("revised"), _number("contradicted"), _id("claim")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""By what stands for a source the incidents that it speaks of: how many claims it makes there, how many it revised,
how many others contradict, and one of them."""

source_sums = Table(
    "source_sums",
    metadata,
    *(_number("source", key=True), _number("incidents"), _number("claims"), _number("revised")),
    _number("contradicted"),
    Index("ix_source_sums_claims", "claims", "source"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The rows of `incident_sources` added up by source. The database itself keeps them so, whatever changes the rows."""

incident_marks = Table(
    "incident_marks",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("harm", Text, primary_key=True),
    *(_number("spot", key=True), _id("day", key=True), _id("incident", key=True), _id("last_day")),
    *(_number("contested"), _number("most", needed=False)),
    Index("ix_incident_marks_day", "scope", "harm", "day", "last_day", "contested", "most"),
    Index("ix_incident_marks_incident", "incident", "harm"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What a map and a line of time show, a row an incident and harm, and one under no harm, which has the killed: so
narrow, and in such an order, that all of them are added up in no time. `spot` is the place as one number."""

TABLES = (
    *(gathered, stories, story_claims, story_keys, story_joins, period_claims),
    *(report_voices, text_bands),
    *(incidents, incident_contents, incident_stories, incident_terms, incident_harms),
    *(source_sums, incident_sources, incident_marks),
)


def packed(content: object) -> bytes:
    """Return a JSON value as it stands in `content`."""
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode(), _LIGHT)


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - a JSON value
    """Return the JSON value that `content` holds."""
    return json.loads(zlib.decompress(content))


def beginning(content: bytes, key: str) -> Any:  # noqa: ANN401 - likewise
    """Return what the JSON object in `content` holds before one of its keys, without unpacking the rest.

    Args:
        content: What `packed` made of an object.
        key: The key, which is no key of an object within it that comes before.
    """
    mark = f',"{key}":'.encode()  # a quotation mark within words has a stroke before it
    flow, left, words = zlib.decompressobj(), content, b""
    while mark not in words and not flow.eof:
        words += flow.decompress(left, _LOOKED_AT)
        left = flow.unconsumed_tail
    before, there, _ = words.partition(mark)
    return json.loads(before + b"}" if there else words)


def parts(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Yield items in lists short enough to be named in one statement."""
    left = iter(items)
    while part := list(islice(left, _AT_ONCE)):
        yield part
