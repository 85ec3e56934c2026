"""Records are cut out of JSON files byte for byte, and a broken one never takes its neighbours along."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages import jsonl
from sayso.pages.jsonl import document, is_records, lines
from sayso.problems import Problem
from sayso.records import Page

A = '{"id": "a",  "text": "One man died in Orra – nobody else."}'.encode()
B = b'{ "text" : "Two \\ud83d\\ude00 died", "id": 7, "extra": [1, {"deep": null}] }'


def split(items: object) -> tuple[list[Page], list[Problem]]:
    assert hasattr(items, "__iter__")
    found = list(items)
    return [item for item in found if isinstance(item, Page)], [item for item in found if isinstance(item, Problem)]


def test_lines_keep_the_bytes_and_count_blank_lines() -> None:
    body = b"\xef\xbb\xbf" + A + b"\r\n\n  \n\t" + B
    found, problems = split(lines(io.BytesIO(body), "f.jsonl"))
    assert [(page.body, page.where) for page in found] == [(A, "f.jsonl:1"), (B, "f.jsonl:4")]
    assert [page.sha256 for page in found] == [hashlib.sha256(A).hexdigest(), hashlib.sha256(B).hexdigest()]
    assert problems == []


def test_one_record_has_the_same_bytes_in_every_container() -> None:
    containers = [
        lines(io.BytesIO(A), "f"),
        document(b"\xef\xbb\xbf\n" + A + b"\n", "f"),
        document(b"[" + A + b"]", "f"),
        document(b" [\n  " + B + b" ,\n" + A + b"\n]\n", "f"),
        document(A + b"\n" + B, "f"),
    ]
    assert all(A in {page.body for page in split(items)[0]} for items in containers)


def test_places_in_a_list() -> None:
    found, problems = split(document(b"[" + A + b", 5, " + B + b"]", "f.json"))
    assert [page.where for page in found] == ["f.json[0]", "f.json[2]"]
    assert [(problem.where, problem.code, problem.lost) for problem in problems] == [
        ("f.json[1]", "not-a-record", True)
    ]


@pytest.mark.parametrize(
    "bad",
    [
        b'{"text": "x"',
        b'{"text": "x"} {"text": "y"}',
        b'{"text": "\xff"}',
        b'{"text": "x", "n": NaN}',
        b'{"text": "x", "n": -Infinity}',
        b'{"text": "x", "n": ' + b"9" * 10_000 + b"}",
        b'{"text": "x", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": "x"}',
        b'{"text": 5}',
        b'{"text": null}',
        b"[1, 2]",
        b'"text"',
        b"hello",
        b"{'text': 'x'}",
        b'{"text": "a\x01b"}',
    ],
)
def test_a_bad_line_is_lost_alone(bad: bytes) -> None:
    found, problems = split(lines(io.BytesIO(A + b"\n" + bad + b"\n" + B), "f.jsonl"))
    assert [page.body for page in found] == [A, B]
    assert [(problem.where, problem.lost) for problem in problems] == [("f.jsonl:2", True)]
    assert problems[0].remedy


@pytest.mark.parametrize("bad", [b"[" * 100_000, b"9" * 10_000, b"\xff", b"{", b"[", b"[]", b"", b"NaN", b"[" + A])
def test_a_bad_document_is_lost(bad: bytes) -> None:
    _, problems = split(document(bad, "f.json"))
    assert [problem.lost for problem in problems] == [True]


@pytest.mark.parametrize("body", [A + b" x", b"[" + A + b"] x", b"[" + A + b" " + B + b"]"])
def test_what_stands_after_a_record_is_told_of(body: bytes) -> None:
    assert split(document(body, "f.json"))[1][0].code == "broken-json"


def test_a_missing_key_is_named() -> None:
    problem = split(document(b'{"id": "a", "body": "x"}', "f.json"))[1][0]
    assert (problem.code, '"text" is missing' in problem.what) == ("not-a-record", True)


def test_ids_that_stand_twice_are_told_of_and_both_kept() -> None:
    doubles = [b'{"id": "7", "text": "x"}', b'{"id": 7, "text": "y"}', b'{"text": "z"}', b'{"text": "z"}']
    for items in (lines(io.BytesIO(b"\n".join(doubles)), "f"), document(b"[" + b",".join(doubles) + b"]", "f")):
        found, problems = split(items)
        assert [page.body for page in found] == doubles
        assert [(problem.code, problem.lost) for problem in problems] == [("duplicate-id", False)]


def test_an_endless_line_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LINE_LIMIT", 100)
    long = b'{"text": "' + b"x" * 5000 + b'"}'
    found, problems = split(lines(io.BytesIO(A + b"\n" + long + b"\n" + A.replace(b'"a"', b'"b"')), "f"))
    assert [page.where for page in found] == ["f:1", "f:3"]
    assert [(problem.where, problem.lost) for problem in problems] == [("f:2", True)]


def test_records_are_known_without_a_name() -> None:
    assert is_records(A)
    assert is_records(A + b"\nrubbish")
    assert is_records(b"\xef\xbb\xbf\n[5, " + A + b"]")
    assert not is_records(b"[Harrow radio] One man died.")
    assert not is_records(b'{"title": "x"}')
    assert not is_records(b"One man died.")


@given(st.lists(st.builds(lambda text: {"text": text}, st.text()), min_size=1), st.sampled_from([None, 2]))
def test_any_list_of_records_is_cut_at_the_right_places(records: list[dict[str, str]], indent: int | None) -> None:
    found, problems = split(document(json.dumps(records, indent=indent).encode(), "f"))
    assert [json.loads(page.body) for page in found] == records
    assert problems == []


@given(st.binary(max_size=400) | st.text('{}[]",:text1e\\ \n').map(str.encode))
def test_any_bytes_give_pages_or_problems(body: bytes) -> None:
    items = list(document(body, "f"))
    assert all(isinstance(item, Page | Problem) for item in (*items, *lines(io.BytesIO(body), "f")))
    assert is_records(body) or not any(isinstance(item, Page) for item in items)
