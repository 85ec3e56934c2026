"""What is added is kept once, as it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.ledger import Ledger
from sayso.problems import UsageError
from sayso.records import Fetched, Given, Page
from tests.ledger.invented import page, reading, ticking

if TYPE_CHECKING:
    from pathlib import Path

ORLI = "At least 17 villagers were killed at Orlí. 46 miners were wounded, the army said."


def test_what_was_read_comes_back_as_it_was(ledger: Ledger) -> None:
    read = page(ORLI, "https://review.example/orli")
    was = reading(read)
    added = ledger.add([(read, was)], "Mara Voss")[0]
    assert (added.outcome, added.claims) == ("new", 2)
    kept = list(ledger.claims())
    assert [replace(one.claim, id="") for one in kept] == [replace(one, id="") for one in was.claims]
    assert all(one.claim.id.startswith(was.claims[place].id) for place, one in enumerate(kept))
    assert kept[0].sentence == "At least 17 villagers were killed at Orlí."
    assert kept[0].report.id == kept[0].report.voice == added.report
    assert kept[0].report.url == "https://review.example/orli"
    assert kept[0].ruling is None
    shown = ledger.show(added.report or "")
    assert shown.report == was.report
    assert shown.claims == tuple(kept)
    assert [entry.kind for entry in reversed(ledger.log())] == ["page", "report", "reading", "claim", "claim"]
    assert {entry.author for entry in ledger.log()} == {"Mara Voss"}


def test_the_same_page_added_twice_is_one_page(ledger: Ledger) -> None:
    read = page(ORLI, "https://review.example/orli")
    first = ledger.add([(read, reading(read)), (read, reading(read))], "Mara Voss")
    head = ledger.head()
    again = ledger.add([(replace(read, where="elsewhere.txt"), reading(read))], "Ode Tarn")
    assert [one.outcome for one in (*first, *again)] == ["new", "known", "known"]
    assert ledger.head() == head


def test_the_same_bytes_at_another_address_are_another_page_over_one_blob(ledger: Ledger) -> None:
    reads = [page(ORLI, url) for url in ("https://review.example/orli", "https://star.example/17", None)]
    added = ledger.add([(read, reading(read)) for read in reads], "Mara Voss")
    assert len({one.report for one in added}) == len({one.page for one in added}) == 3
    # Every claim has an id of its own, though its report prints the same text.
    assert len({kept.claim.id for kept in ledger.claims()}) == 6
    assert [(one.url, one.body) for one in ledger.pages()] == [(read.url, read.body) for read in reads]
    assert ledger.verify().pages == 1


def test_a_page_is_kept_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    fetched = Fetched(
        *("https://a.example", "https://a.example/x", ((301, "https://a.example/x"),), 200),
        *((("Content-Type", "text/html"),), "2026-02-28T10:00:00Z", "192.0.2.7"),
    )
    given = Given(title="A flood at Dresk", language="en")
    whole = Page(
        b"\x00\xff<html>" * 100, "a.warc@7", "text/html", "https://a.example/x", fetched, "latin-1", given, "a.warc"
    )
    ledger.add([(whole, None), (page("", None), None)], "Mara Voss")
    assert list(ledger.pages()) == [whole, page("", None)]
    assert not ledger.verify().problems


def test_words_that_no_database_likes_are_kept(ledger: Ledger) -> None:
    odd = page("3 nurses\x00 were killed. \ud800 5 nurses were killed at \U0001f3e5 'Dresk'; DROP.")
    text = odd.body.decode("utf-8", "surrogatepass")
    was = reading(odd, text=text)
    was = replace(was, report=replace(was.report, title="\x00\ud83d", outlet='"'), claims=was.claims)
    ledger.add([(odd, was)], "Mara Voss")
    assert [one.claim.text for one in ledger.claims()] == [one.text for one in was.claims]
    assert ledger.show(next(ledger.reports()).id).report == was.report
    assert [hit.heading.outlet for hit in ledger.search("dresk")] == ['"']
    assert not ledger.verify().problems


def test_it_is_known_who_read_a_page_last(ledger: Ledger) -> None:
    read = page(ORLI)
    assert not ledger.has_read(read, "sayso 0.1", "heads 3")
    ledger.add([(read, reading(read))], "Mara Voss")
    assert ledger.has_read(read, "sayso 0.1", "heads 3")
    assert not ledger.has_read(read, "sayso 0.2", "heads 3")
    assert not ledger.has_read(replace(read, url="https://star.example/17"), "sayso 0.1", "heads 3")
    ledger.add([(read, reading(read, "sayso 0.2"))], "Mara Voss")
    assert ledger.has_read(read, "sayso 0.2", "heads 3")
    assert not ledger.has_read(read, "sayso 0.1", "heads 3")


def test_a_batch_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    good, other = page(ORLI), page("Something else.")
    with pytest.raises(UsageError, match="not of the page"):
        ledger.add([(good, reading(good)), (other, reading(good))], "Mara Voss")
    twice = replace(reading(good), claims=reading(good).claims[:1] * 2)
    with pytest.raises(UsageError, match="one id"):
        ledger.add([(good, twice)], "Mara Voss")
    with pytest.raises(UsageError, match="who it is by"):
        ledger.add([(good, reading(good))], " ")
    assert ledger.head().entries == 0
    assert not list(ledger.pages())


def test_it_answers_as_it_stood(ledger: Ledger) -> None:
    texts = ("3 nurses were killed.", "4 nurses were killed.", "5 nurses were killed.")
    for text in texts:
        ledger.add([(page(text), reading(page(text)))], "Mara Voss")
    moments = [entry.kept for entry in reversed(ledger.log()) if entry.kind == "page"]
    for number, moment in enumerate(moments, 1):
        assert [kept.claim.low for kept in ledger.claims(as_of=moment)] == [3, 4, 5][:number]
        assert len(list(ledger.reports(as_of=moment))) == number
        assert len(ledger.search("nurses", as_of=moment)) == number
    assert not list(ledger.claims(as_of="2026-03-01"))
    assert len(list(ledger.claims(as_of="2027"))) == 3


def test_a_report_of_very_many_claims_is_kept(tmp_path: Path) -> None:
    long = page(" ".join(f"{number} nurses were killed." for number in range(2100)))
    with Ledger.create(tmp_path / "ledger", clock=ticking()) as ledger:
        for whole in (True, False):
            ledger.add([(long, reading(long, whole=whole))], "Mara Voss")
            assert sum(1 for _ in ledger.claims()) == 2100
