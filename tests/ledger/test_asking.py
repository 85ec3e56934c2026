"""Looking things up: the log, one thing by the beginning of its id, and search."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.entries import Decision
from sayso.ledger import Ledger, LedgerError
from sayso.ledger.words import index_words, words_of
from tests.ledger.invented import page, reading

TEXTS = (
    "At least 17 villagers were killed at Dresk. 46 miners were wounded.",
    "3 nurses were killed at Orlí, the ÄRZTEKAMMER said. Überlebende: keine.",
    "Убито 12 человек в Дреске. 12 drivers are missing.",
    "A bakery at Dresk burnt down.",
)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    for number, text in enumerate(TEXTS):
        read = page(text, f"https://review.example/{number}")
        ledger.add([(read, reading(read))], "Mara Voss")
    return ledger


def test_the_log_is_paged_from_the_newest(filled: Ledger) -> None:
    every = filled.log(limit=1000)
    assert [entry.number for entry in every] == list(range(filled.head().entries, 0, -1))
    paged = filled.log(limit=5)
    while more := filled.log(before=paged[-1].number, limit=5):
        paged += more
    assert paged == every


def test_every_entry_is_shown_by_its_id(filled: Ledger) -> None:
    for entry in filled.log(limit=1000):
        assert filled.show(entry.id).entries == (entry,)
    note = filled.decide(Decision("note", (entry.id,), "Ode Tarn", "The first."))
    assert filled.show(entry.id).decisions == (note,)


def test_a_page_is_shown_with_its_reports(filled: Ledger) -> None:
    shown = filled.show(page(TEXTS[0]).sha256[:10])
    assert (shown.thing, len(shown.entries)) == ("page", 1)
    assert shown.reports == tuple(one.id for one in filled.reports())[:1]


def test_an_id_that_several_things_begin_with_lists_them(filled: Ledger) -> None:
    for kept in filled.claims():
        assert filled.show(kept.claim.id).standing == kept
        assert filled.show(kept.claim.id[:18]).id == kept.claim.id
    for number in range(40):
        filled.decide(Decision("note", ("x",), "Ode Tarn", str(number)))
    ids = sorted(entry.id for entry in filled.log(limit=1000))
    # Among so many ids two begin with the same sign; four signs are asked for, so one of them is made unlike.
    with pytest.raises(LedgerError, match="Nothing in the ledger has this id"):
        filled.show(ids[0][:3])
    same = page(TEXTS[0], "https://star.example/1")
    filled.add([(same, reading(same))], "Mara Voss")
    first = next(filled.claims()).claim.id
    with pytest.raises(LedgerError, match="Several ids begin so") as told:
        filled.show(first[:18])
    assert first in told.value.problem.what


def test_an_id_that_nothing_has_is_said_so(filled: Ledger) -> None:
    for asked in ["", "abc", "'; DROP TABLE entries", "%", "____", "c-%", "\x00abcd", "ü" * 5, "a" * 5000]:
        with pytest.raises(LedgerError, match="Nothing in the ledger"):
            filled.show(asked)


ASKED: list[tuple[str, list[int]]] = [
    ("dresk", [3, 0]),
    ("DRESK bakery", [3]),
    ("orli", [1]),
    ("Orlí", [1]),
    ("ärztekammer", [1]),
    ("arztekammer uberlebende", [1]),
    ("дреске", [2]),
    ("дрес*", [2]),
    ("dres*", [3, 0]),
    ("12", [2]),
    ("1*", [2, 0]),
    ("dresk nurses", []),
    ("", []),
    ("*", []),
    ("--", []),
    ("dresk OR orli", []),
    ("dresk NOT bakery", []),
    ('"dresk"', [3, 0]),
    ("words:dresk", []),
    ("dresk'); DELETE FROM entries; --", []),
    ("dresk & !bakery | (at", [3]),
    ("a\x00t dresk", []),
]


def test_words_are_found_as_words_and_never_taken_as_a_query(filled: Ledger) -> None:
    for asked, found in ASKED:
        assert [int((hit.heading.url or "")[-1]) for hit in filled.search(asked)] == found, asked


def test_a_hit_shows_its_claims_and_the_words_around(filled: Ledger) -> None:
    hit = filled.search("nurses")[0]
    assert [kept.claim.text for kept in hit.claims] == ["3 nurses"]
    assert hit.words.startswith("3 nurses were killed at Orlí")


def test_hits_are_paged_and_those_of_older_texts_are_left_out(filled: Ledger) -> None:
    first = filled.search("dresk", limit=1)
    assert [one.number for one in filled.search("dresk", before=first[0].number)] == [
        one.number for one in filled.search("dresk")[1:]
    ]
    read = page(TEXTS[3], "https://review.example/3")
    filled.add([(read, reading(read, text="A bakery at Orlí burnt down."))], "Mara Voss")
    assert [hit.heading.url for hit in filled.search("bakery dresk")] == []
    assert len(filled.search("bakery orli")) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=40))
def test_any_words_can_be_asked_for(filled: Ledger, asked: str) -> None:
    hits = filled.search(asked)
    wanted = words_of(asked)
    if wanted and "*" not in asked:
        numbers = [n for n, text in enumerate(TEXTS) if set(wanted) <= set(words_of(text + " " + text[:20]))]
        assert [int((hit.heading.url or "")[-1]) for hit in hits] == numbers[::-1]


@given(text=st.text())
def test_words_hold_letters_and_digits_alone(text: str) -> None:
    for word in words_of(text):
        assert word.isalnum()
        assert word.encode()
    assert index_words(text) == sorted(set(words_of(text)))


def test_a_text_of_more_words_than_can_be_indexed_is_kept(ledger: Ledger) -> None:
    long = page("Dresk " + " ".join(f"word{number}" for number in range(150_000)))
    ledger.add([(long, reading(long))], "Mara Voss")
    assert len(ledger.search("dresk word1")) == 1
