"""Records of the grouping as bytes and back within one program, faster than Python's own way of packing frozen records.

Python asks a frozen record with slots for its fields one by one, on the way in and on the way out, which takes longer
than all else. Here a record is packed as its class and the values that it was made of.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import fields, is_dataclass
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sayso import events, records
from sayso.incident import told

if TYPE_CHECKING:
    from collections.abc import Callable

    Reducer = Callable[[object], tuple[type, tuple[Any, ...]]]


_LIGHT = 1
"""How hard zlib tries: harder takes longer than it is worth."""


def packed(thing: object) -> bytes:
    """Return a record, or records in tuples, lists or maps, as bytes; for `unpacked` in a process of this program."""
    held = BytesIO()
    pickler = pickle.Pickler(held, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TABLE
    pickler.dump(thing)
    return held.getvalue()


def unpacked(held: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what `packed` was given, by this process or one that it started, never by anybody else."""
    return pickle.loads(held)  # noqa: S301 - ours


def squeezed(thing: object) -> bytes:
    """Return what `packed` gives, in a quarter of the room."""
    return zlib.compress(packed(thing), _LIGHT)


def unsqueezed(held: bytes) -> Any:  # noqa: ANN401 - whatever was squeezed
    """Return what `squeezed` was given."""
    return unpacked(zlib.decompress(held))


def _reducer(kind: type) -> Reducer:
    names = [one.name for one in fields(kind)]
    values = attrgetter(*names)
    if len(names) == 1:
        return lambda record: (kind, (values(record),))
    return lambda record: (kind, values(record))


def _is_made_of_its_fields(kind: object) -> bool:
    return isinstance(kind, type) and is_dataclass(kind) and all(one.init for one in fields(kind))


_TABLE: dict[type, Reducer] = {
    kind: _reducer(kind)
    for room in (records, events, told)
    for kind in vars(room).values()
    if _is_made_of_its_fields(kind)
}
