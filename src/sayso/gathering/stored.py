"""Stories and incidents as plain JSON values and back, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from sayso.events import Incident, Kept
from sayso.incident import told
from sayso.incident.told import Story
from sayso.plain import from_plain, to_plain

Content = dict[str, Any]


def number_of(key: str) -> int:
    """Return 64 bits with a sign that stand for a key: words of reports need not be kept to be found again.

    >>> number_of("t:dresk|738228") == number_of("t:dresk|738228") != number_of("t:dresk|738229")
    True
    """
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def story_out(story: Story, claims: tuple[Kept, ...]) -> Content:
    """Return a story with its claims."""
    return {"claims": list(story.claims), "story": _out(story), "kept": [to_plain(kept) for kept in claims]}


def story_in(content: Content) -> Story:
    """Return the story that `story_out` was given."""
    return cast("Story", _in(Story, content["story"]))


def hollow(identity: str, report: str, published: int, claims: tuple[str, ...]) -> Story:
    """Return a story of which nothing is left but its place, so that it can be taken out."""
    empty: Content = {name: _nothing(hint) for name, hint in _hints(Story).items()}
    known = {"id": identity, "report": report, "voice": report, "published": published, "claims": claims}
    return Story(**{**empty, **known})


def kept_out(kept: Kept) -> Content:
    """Return a claim with what stands around it."""
    return to_plain(kept)


def kept_in(content: Content) -> Kept:
    """Return the claim that `kept_out` was given."""
    return from_plain(Kept, content)


def incident_out(incident: Incident) -> Content:
    """Return an incident."""
    return to_plain(incident)


def incident_in(content: Content) -> Incident:
    """Return the incident that `incident_out` was given."""
    return from_plain(Incident, content)


def _out(value: object) -> Any:  # noqa: ANN401 - a JSON value
    """Return a value of a story's field as JSON knows it."""
    if is_dataclass(value):
        return {one.name: _out(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_out(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _out(one) for key, one in value.items()}
    return value


def _in(hint: Any, value: Any) -> Any:  # noqa: ANN401 - an annotation, and a JSON value
    """Return the value that `_out` was given, by the annotation of its field."""
    if value is None:
        return None
    hint = _option(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return cast("type", hint)(**{name: _in(one, value[name]) for name, one in _hints(cast("type", hint)).items()})
    if origin is frozenset:
        return frozenset(value)
    if origin is tuple and inner[-1] is ...:
        return tuple([_in(inner[0], one) for one in value])
    if origin is tuple:
        return tuple([_in(of, one) for of, one in zip(inner, value, strict=True)])
    if origin is Mapping and inner[1] in {float, int, str}:
        return value
    if origin is Mapping:
        return {key: _in(inner[1], one) for key, one in value.items()}
    return value


def _nothing(hint: Any) -> object:  # noqa: ANN401 - an annotation
    """Return what a field has where nothing is known."""
    if NoneType in get_args(hint):
        return None
    origin = get_origin(hint)
    return {} if origin is Mapping else origin() if origin in {tuple, frozenset} else ""


@cache
def _option(hint: Any) -> Any:  # noqa: ANN401 - an annotation
    options = [one for one in get_args(hint) if one is not NoneType]
    return options[0] if get_origin(hint) in {Union, UnionType} and len(options) == 1 else hint


@cache
def _hints(of: Any) -> dict[str, Any]:  # noqa: ANN401 - a class of records
    return get_type_hints(of, {**vars(told), "Mapping": Mapping})
