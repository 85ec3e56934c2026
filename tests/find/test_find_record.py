"""A record's text is taken verbatim; what the record lacks, the user's own words fill."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.find import find_report
from sayso.records import Given, Page, Report

if TYPE_CHECKING:
    from sayso.problems import Problem

NOTHING = Given()


def find(record: object, given_: Given = NOTHING) -> tuple[Report | None, tuple[Problem, ...]]:
    body = record if isinstance(record, bytes) else json.dumps(record).encode("utf-8", "surrogatepass")
    return find_report(Page(body, "f.jsonl:1", "application/json"), given_)


def found(record: object, given_: Given = NOTHING) -> Report:
    report, _ = find(record, given_)
    assert report is not None
    return report


def codes(record: object) -> list[str]:
    return [problem.code for problem in find(record)[1]]


TEXT = "\r\n Café Cafe\u0301 “Ã©”\r\ttwo\x00 died \u2028\u202eحلب\u00a0\n\n"


def test_a_text_is_verbatim() -> None:
    assert found({"text": TEXT}).text == TEXT
    assert codes({"text": TEXT, "language": "en"}) == []


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_any_text_is_verbatim_but_for_a_byte_order_mark(text: str) -> None:
    if text.removeprefix("\ufeff").strip():
        assert found({"text": text, "language": "en"}).text == text.removeprefix("\ufeff")


def test_only_one_byte_order_mark_is_dropped_and_only_at_the_start() -> None:
    assert found({"text": "\ufeffTwo\ufeff died", "language": "en"}).text == "Two\ufeff died"


@pytest.mark.parametrize("body", [b'{"text": "a\\ud83d b\\ude00"}', b'{"text": "a\xed\xa0\xbd b\xed\xb8\x80"}'])
def test_lone_surrogates_are_replaced_one_for_one_and_told_of(body: bytes) -> None:
    report, problems = find(body)
    assert report is not None
    assert report.text == "a\ufffd b\ufffd"
    assert [(problem.code, problem.lost) for problem in problems] == [("lone-surrogate", False)]


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert found(b'{"text": "\\ud83d\\ude00 two died"}').text == "\U0001f600 two died"


def test_what_the_record_says_wins() -> None:
    record = {
        "id": "x",
        "text": "t",
        "title": "a",
        "url": "https://b.example/",
        "outlet": "c",
        "published": "2021-03-04",
        "language": "fr",
    }
    report = found(record, Given("1", "2", "3", "2020-01-01", "en"))
    assert (report.id, report.title, report.url, report.outlet) == ("x", "a", "https://b.example/", "c")
    assert (report.published, report.language) == ("2021-03-04", "fr")


def test_what_it_lacks_is_filled() -> None:
    report = found({"text": "t", "title": "", "outlet": None}, Given("1", "2", "3", "2020-01-01", "en"))
    assert (report.title, report.url, report.outlet) == ("1", "2", "3")
    assert (report.published, report.language) == ("2020-01-01", "en")


def test_ids() -> None:
    page = Page(b'{"text": "t"}', "f", "application/json")
    report, _ = find_report(page, NOTHING)
    assert report is not None
    assert (report.id, report.page_sha256) == (f"r-{page.sha256[:16]}", page.sha256)
    assert found({"id": 17, "text": "t"}).id == "17"
    assert found({"id": "", "text": "t"}).id.startswith("r-")


@pytest.mark.parametrize("wrong", [5, True, [], {}, 1.5, "  "])
@pytest.mark.parametrize("key", ["title", "url", "outlet", "published", "language"])
def test_a_field_of_the_wrong_type_is_left_out_and_told_of(key: str, wrong: object) -> None:
    report, problems = find({"text": "t", key: wrong})
    assert report is not None
    assert getattr(report, key) is None
    assert [(problem.code, problem.lost) for problem in problems] == [("wrong-type", False)]
    assert problems[0].remedy


@pytest.mark.parametrize("wrong", [True, 1.5, [], "  "])
def test_an_id_of_the_wrong_type(wrong: object) -> None:
    assert codes({"text": "t", "id": wrong}) == ["wrong-type"]


@pytest.mark.parametrize(
    "record",
    [
        {"text": ""},
        {"text": " \n\u00a0\t"},
        {"text": "\ufeff"},
        {"text": 5},
        {"text": None},
        {},
        [],
        "x",
        None,
        b"",
        b"\xff",
        b'{"text": NaN}',
        b"[" * 100_000,
        b'{"text": "x", "n": ' + b"1" * 9_000 + b"}",
    ],
)
def test_a_record_without_words_is_lost(record: object) -> None:
    report, problems = find(record)
    assert report is None
    assert [problem.lost for problem in problems] == [True]
    assert problems[0].remedy


def test_the_time_of_publication_stays_the_outlets_own() -> None:
    assert found({"text": "t", "published": "2022-12-31T23:30:00-05:00"}).published == "2022-12-31T23:30:00-05:00"
    assert f"{found({'text': 't', 'published': '2022-12-31T23:30:00-05:00'}).day}" == "2022-12-31"


def test_an_unclear_date_is_left_out_and_told_of() -> None:
    assert codes({"text": "t", "published": "03/04/2021"}) == ["unclear-date"]
    assert found({"text": "t", "published": "last week"}).published is None
    assert found({"text": "t", "published": "4 March 2021"}).published == "2021-03-04"


def test_languages() -> None:
    assert found({"text": "t", "language": "EN-gb"}).language == "en"
    assert codes({"text": "t", "language": "English"}) == ["unclear-language"]
    assert found({"text": "Мэр сообщил, что при пожаре погибли три человека."}).language == "ru"


def test_a_text_from_right_to_left() -> None:
    text = "قالت الوزارة إن خمسة أشخاص قتلوا في الغارة على المدينة."
    assert (found({"text": text}).text, found({"text": text}).language) == (text, "ar")
