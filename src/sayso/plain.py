"""Records to plain JSON values and back, with nothing lost on the way.

A record becomes an object with a key for every field, so that a default that changes later changes no record that was
written before. A Span becomes a pair of offsets, a tuple a list, bytes their
Base64. Reading back is strict: values come from files that
anybody may have written.
"""

from __future__ import annotations

import binascii
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sayso import entries, events, problems, records

Plain = dict[str, Any]
_Record = TypeVar("_Record")
_Way = Callable[[Any], Any]
_Made = TypeVar("_Made")


def _once(make: Callable[[Any], _Made]) -> Callable[[Any], _Made]:
    """Return a function that makes something once for each class; mypy does not know that classes can be hashed."""
    made: dict[object, _Made] = {}

    def look_up(kind: object) -> _Made:
        if kind not in made:
            made[kind] = make(kind)
        return made[kind]

    return look_up


_MOST_SHAPES = 500
"""Combinations of types that are remembered of a kind of record."""
_HEART = {**vars(problems), **vars(records), **vars(events), **vars(entries)}
"""Names in the annotations of the records, some of which the records import for type checkers alone."""


class NotPlainError(ValueError):
    """A value is not what the field of a record holds; the message says which and why."""


def to_plain(record: object) -> Plain:
    """Return a record as plain JSON values.

    >>> to_plain(records.Passage(records.Span(3, 9), "2024-05-01"))
    {'span': [3, 9], 'published': '2024-05-01', 'title': None}
    """
    return cast("Plain", _writer(type(record))(record))


def from_plain(kind: type[_Record], value: object) -> _Record:
    """Return the record of a kind that plain JSON values stand for.

    Args:
        kind: The class of the record.
        value: What `to_plain` made of it, as it came back from JSON. A key may be left out where the field has a
            default, which is what the record meant when the field was not there yet.

    Raises:
        NotPlainError: A key is unknown or missing, or a value is not of its field's type.

    >>> from_plain(records.Passage, {"span": [3, 9], "published": "2024-05-01"})
    Passage(span=Span(start=3, end=9), published='2024-05-01', title=None)
    """
    return cast("_Record", _reader(kind)(value))


def checked(kind: type[Any], field: str, value: object) -> object:
    """Return the value of one field of a record, read back from plain JSON values.

    Raises:
        NotPlainError: There is no such field, or the value is not of its type.

    >>> checked(records.Claim, "spans", {"source": [4, 11]}).source
    Span(start=4, end=11)
    """
    ways = _field_readers(kind)
    if field not in ways:
        raise NotPlainError(f"{kind.__name__} has no field {field[:40]!r}")
    return _at(field, ways[field], value)


@_once
def _hints(kind: type[Any]) -> dict[str, Any]:
    # A record of another module may hold others that stand there.
    return get_type_hints(kind, {**vars(sys.modules[kind.__module__]), **_HEART})


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@_once
def _writer(kind: type[Any]) -> _Way:
    """Return what turns a record of a class into plain values; made once, so that a million records are affordable."""
    if kind is records.Span:
        return _span_out
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no record")
    names = tuple(field.name for field in fields(kind))
    ways = [(name, way) for name in names if (way := _way_out(_hints(kind)[name])) is not None]
    if len(names) == 1:
        return lambda record: _spelled(names, (getattr(record, names[0]),), ways)
    values = attrgetter(*names)
    return lambda record: _spelled(names, values(record), ways)


def _spelled(names: tuple[str, ...], values: tuple[object, ...], ways: list[tuple[str, _Way]]) -> Plain:
    plain: Plain = dict(zip(names, values, strict=True))
    for name, way in ways:
        if plain[name] is not None:
            plain[name] = way(plain[name])
    return plain


def _span_out(span: records.Span) -> list[int]:
    return [span.start, span.end]


def _way_out(hint: Any) -> _Way | None:  # noqa: ANN401 - an annotation is of any kind
    """Return how a field's value becomes plain; None for what is plain already. None itself is left to the caller."""
    options = [one for one in _options(hint) if one is not NoneType]
    if len(options) != 1:
        return None
    hint = options[0]
    if hint is bytes:
        return _bytes_out
    if is_dataclass(hint):
        return _writer(cast("type[Any]", hint))
    if get_origin(hint) is tuple:
        inner = [_way_out(one) for one in get_args(hint) if one is not ...]
        if len(inner) == 1 or not any(inner):
            return _list_out(inner[0])
        return lambda value: [
            part if way is None or part is None else way(part) for part, way in zip(value, inner, strict=True)
        ]
    if get_origin(hint) is dict:
        way = _way_out(get_args(hint)[1])
        return dict if way is None else lambda value: {key: way(one) for key, one in value.items()}
    return None


def _bytes_out(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _list_out(way: _Way | None) -> _Way:
    if way is None:
        return list
    return lambda value: [None if part is None else way(part) for part in value]


def _options(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation is of any kind
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@_once
def _reader(kind: type[Any]) -> _Way:
    if kind is records.Span:
        return _span_in
    ways = _field_readers(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
    name = kind.__name__
    names = tuple(field.name for field in fields(kind))
    as_it_is = {field.name: _kept_types(_hints(kind)[field.name]) for field in fields(kind)}
    words = {field.name: _kept_words(_hints(kind)[field.name]) for field in fields(kind)}
    in_order = [(field, ways[field], words[field]) for field in names]
    # By the types of all values, which of them are to be looked at: most values are what they are.
    looked_at: dict[tuple[type, ...], tuple[int, ...]] = {}

    def others(types: tuple[type, ...]) -> tuple[int, ...]:
        if len(looked_at) >= _MOST_SHAPES:
            looked_at.clear()
        found = tuple(
            [at for at, (field, one) in enumerate(zip(names, types, strict=True)) if one not in as_it_is[field]]
        )
        looked_at[types] = found
        return found

    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise NotPlainError(f"{name} is not an object")
        if tuple(value) != names:
            if not value.keys() <= ways.keys():
                unknown = min(str(key) for key in value.keys() - ways.keys())
                raise NotPlainError(f"{name} has no field {unknown[:40]!r}; a newer sayso may have written it")
            if not needed <= value.keys():
                raise NotPlainError(f"{name} lacks {min(needed - value.keys())!r}")
            return kind(**{key: _at(key, ways[key], one) for key, one in value.items()})
        values = list(value.values())
        types = tuple(map(type, values))
        found = looked_at.get(types)
        for at in others(types) if found is None else found:
            field, way, allowed = in_order[at]
            one = values[at]
            if not (types[at] is str and one in allowed):
                values[at] = _at(field, way, one)
        return kind(*values)

    return _again(read) if all(_is_text(hint) for hint in _hints(kind).values()) else read


def _is_text(hint: Any) -> bool:  # noqa: ANN401 - an annotation is of any kind
    return all(one in {str, NoneType} or get_origin(one) is Literal for one in _options(hint))


def _again(read: _Way) -> _Way:
    """Return a reader that makes one record of equal values that follow each other, as headings of one report's claims.

    It is for records of texts alone: an equal number may be of another type.
    """
    last: tuple[object, object] = (None, None)

    def read_again(value: object) -> object:
        nonlocal last
        known = last  # another thread may change it meanwhile
        if not isinstance(value, dict) or known[0] != value:
            made = read(value)
            known = last = {**cast("Plain", value)}, made
        return known[1]

    return read_again


@_once
def _field_readers(kind: type[Any]) -> dict[str, _Way]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is no record")
    return {field.name: _way_in(_hints(kind)[field.name]) for field in fields(kind)}


def _kept_types(hint: Any) -> frozenset[type]:  # noqa: ANN401 - an annotation is of any kind
    """Return the types whose values a field holds just as they come, whatever they are."""
    options = _options(hint)
    kept = {kind for one in options for kind in _KEPT.get(one, ())}
    return frozenset(kept)


def _kept_words(hint: Any) -> frozenset[str]:  # noqa: ANN401 - an annotation is of any kind
    """Return the few words that a field may hold."""
    return frozenset(word for one in _options(hint) if get_origin(one) is Literal for word in get_args(one))


def _at(name: str, way: _Way, value: object) -> object:
    try:
        return way(value)
    except NotPlainError as error:
        raise NotPlainError(f"{name}: {error}") from None


def _span_in(value: object) -> records.Span:
    if not isinstance(value, list) or len(value) != 2:
        raise NotPlainError("a span is a pair of whole numbers")
    start, end = value
    if type(start) is not int or type(end) is not int:
        raise NotPlainError("a span is a pair of whole numbers")
    if not 0 <= start <= end:
        raise NotPlainError("a span does not run backwards")
    return records.Span(start, end)


def _way_in(hint: Any) -> _Way:  # noqa: ANN401 - an annotation is of any kind
    options = _options(hint)
    ways = [_one_way_in(one) for one in options if one is not NoneType]
    if NoneType not in options:
        return ways[0] if len(ways) == 1 else _any_of(ways)
    some = ways[0] if len(ways) == 1 else _any_of(ways)
    return lambda value: None if value is None else some(value)


def _one_way_in(hint: Any) -> _Way:  # noqa: ANN401 - an annotation is of any kind
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _literal(args)
    if origin is tuple:
        if args[-1] is ...:
            return _many(_way_in(args[0]))
        return _exactly([_way_in(one) for one in args])
    if origin is dict:
        return _mapping(_way_in(args[0]), _way_in(args[1]))
    if is_dataclass(hint):
        return _reader(cast("type[Any]", hint))
    return _SCALARS[hint]


def _any_of(ways: list[_Way]) -> _Way:
    def read(value: object) -> object:
        for way in ways:
            try:
                return way(value)
            except NotPlainError:
                continue
        raise NotPlainError("it is of another type")

    return read


def _literal(allowed: tuple[object, ...]) -> _Way:
    def read(value: object) -> object:
        if not isinstance(value, str) or value not in allowed:
            raise NotPlainError(f"it is none of {', '.join(map(str, allowed))}")
        return value

    return read


def _many(way: _Way) -> _Way:
    def read(value: object) -> object:
        if not isinstance(value, list):
            raise NotPlainError("it is not a list")
        return tuple([way(one) for one in value])

    return read


def _exactly(ways: list[_Way]) -> _Way:
    def read(value: object) -> object:
        if not isinstance(value, list) or len(value) != len(ways):
            raise NotPlainError(f"it is not a list of {len(ways)}")
        return tuple([way(one) for way, one in zip(ways, value, strict=True)])

    return read


def _mapping(key: _Way, way: _Way) -> _Way:
    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise NotPlainError("it is not an object")
        return {key(name): way(one) for name, one in value.items()}

    return read


def _scalar(*kinds: type, called: str) -> _Way:
    def read(value: object) -> object:
        if type(value) not in kinds:
            raise NotPlainError(f"it is not {called}")
        return value

    return read


def _plain(value: object) -> object:
    """Pass any JSON value on."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {_SCALARS[str](key): _plain(one) for key, one in value.items()}
    return _scalar(str, int, float, bool, NoneType, called="a JSON value")(value)


def _bytes_in(value: object) -> bytes:
    try:
        return b64decode(_SCALARS[str](value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotPlainError(f"it is not Base64: {error}") from None


_KEPT: dict[Any, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (float, int),
    bool: (bool,),
    NoneType: (NoneType,),
}
# A whole number may stand for a coordinate; it stays what it was, so that it is written again in the same way.
_SCALARS: dict[Any, _Way] = {
    str: _scalar(str, called="text"),
    int: _scalar(int, called="a whole number"),
    float: _scalar(float, int, called="a number"),
    bool: _scalar(bool, called="true or false"),
    bytes: _bytes_in,
    object: _plain,
}
