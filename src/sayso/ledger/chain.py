"""How entries are written down, and the hashes that make them a chain.

``docs/ledger-entries.md`` shows how to check them.

Standard library only, and so plain that it can be done again in any language: every hash is the SHA-256 of JSON.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder

START = ""
"""The link before the first entry."""

_TIME = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z")
_ENCODED = JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: object) -> str:
    r"""Return the one way in which a JSON value is written: keys sorted, no spaces, nothing but ASCII.

    >>> canonical({"b": 1, "a": "Orlí"})
    '{"a":"Orl\\u00ed","b":1}'
    """
    return _ENCODED(value)


def digest(*parts: object) -> str:
    """Return the SHA-256 of a JSON list, in hexadecimal; the first part says what is hashed, and in which version.

    A list tells its parts apart whatever stands in them, and no hash of one kind is ever one of another.
    """
    return sha256(_ENCODED(parts).encode()).hexdigest()


def content_hash(written: str) -> str:
    """Return the hash of an entry's content as it is written."""
    return sha256(written.encode()).hexdigest()


def entry_id(kind: str, time: str, author: str, content_sha256: str) -> str:
    """Return an entry's id, which is the same in every ledger."""
    return digest("sayso-entry-1", kind, time, author, content_sha256)


def link(before: str, identity: str, kept: str) -> str:
    """Return an entry's link: the hash that ties it to all entries before it.

    Args:
        before: The link of the entry before, or `START`.
        identity: The entry's id.
        kept: When it came into this ledger.
    """
    return digest("sayso-link-1", before, identity, kept)


def now() -> datetime:
    """Return the time, as every entry is stamped with it."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a moment as entries have it: UTC, always to the microsecond, so that stamps sort as text.

    >>> stamp(datetime(2026, 3, 1, 12, tzinfo=UTC))
    '2026-03-01T12:00:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def is_stamp(text: object) -> bool:
    """Say whether a value is a time as entries have it."""
    return isinstance(text, str) and _TIME.fullmatch(text) is not None
