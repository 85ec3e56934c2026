"""Records become plain JSON values and come back as they were."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import entries, events, plain, problems, records
from sayso.plain import NotPlainError, checked, from_plain, to_plain
from sayso.records import Claim, Page, Passage, Report, Span

KINDS = [
    kind
    for module in (records, events, entries, problems)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__ and kind is not Span
]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(Span, st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair))))


def strategy(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Draw records of a class by the annotations of its fields."""
    hints = plain._hints(kind)  # noqa: SLF001 - the names that annotations use are known there
    return st.builds(kind, **{field.name: drawn(hints[field.name]) for field in fields(kind)})


def drawn(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - an annotation is of any kind
    options = plain._options(hint)  # noqa: SLF001 - likewise
    return st.one_of(*[_drawn(one) for one in options])


def _drawn(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - likewise
    args, origin = get_args(hint), get_origin(hint)
    if hint is float:
        return NUMBERS
    if hint is object:
        return st.recursive(st.none() | st.booleans() | st.integers() | NUMBERS | st.text(), st.lists, max_leaves=3)
    if hint is not Span and isinstance(hint, type) and is_dataclass(hint):
        return st.deferred(lambda: strategy(hint))
    if origin is tuple and args[-1] is ...:
        return st.lists(drawn(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(drawn, args))
    if origin is dict:
        return st.dictionaries(drawn(args[0]), drawn(args[1]), max_size=2)
    return st.from_type(hint)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_record_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    record = data.draw(strategy(kind))
    written = json.dumps(to_plain(record))
    assert from_plain(kind, json.loads(written)) == record
    assert json.dumps(to_plain(from_plain(kind, json.loads(written)))) == written


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.sampled_from(("id", "start", "text", "spans", "via")), one),
    )
)
def test_anything_else_is_refused_in_words(value: object) -> None:
    with pytest.raises(NotPlainError):
        from_plain(Claim, value)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Passage, {"span": [1, 2]}, "Passage lacks 'published'"),
        (Passage, {"span": [1, 2], "published": "x", "new": 1}, "a newer sayso may have written it"),
        (Passage, {"span": [1, True], "published": "x"}, "span: a span is a pair"),
        (Passage, {"span": [2, 1], "published": "x"}, "backwards"),
        (Passage, {"span": [1, 2], "published": 3}, "published: it is not text"),
        (Report, {"id": "x", "text": "y", "passages": {}}, "passages: it is not a list"),
        (Report, {"id": "x", "text": "y", "published_from": "guess"}, "published_from: it is none of record"),
        (Report, {"id": "x", "text": "y", "anchors": [{"span": [0, 1], "boxes": [[1, 2, 3]]}]}, "list of 4"),
        (Page, {"body": "###", "where": "x", "media_type": "x"}, "body: it is not Base64"),
        (Claim, [], "Claim is not an object"),
    ],
)
def test_what_is_wrong_is_said(kind: type[Any], value: object, message: str) -> None:
    with pytest.raises(NotPlainError, match=message):
        from_plain(kind, value)


def test_one_field_can_be_read_by_itself() -> None:
    assert checked(Claim, "via", ["the mayor"]) == ("the mayor",)
    with pytest.raises(NotPlainError, match="no field 'figure'"):
        checked(Claim, "figure", 3)
    with pytest.raises(NotPlainError, match="low: it is not a whole number"):
        checked(Claim, "low", 3.0)
