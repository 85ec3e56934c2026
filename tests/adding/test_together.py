"""Several programs that add at once: each entry once, one unbroken chain, whichever of them came first."""

from __future__ import annotations

from sayso.ledger import Ledger
from tests.adding import ready
from tests.adding.killing import check
from tests.adding.writers import Writers


def outcomes(url: str, asked: list[tuple[int, int, int, str | None]]) -> list[int]:
    """Let writers run at once to their ends; return what they acknowledged."""
    Ledger.create(url).close()
    kept, ended = [], 0
    with Writers() as writers:
        for first, last, at_once, only in asked:
            writers.start(url, first, last, at_once=at_once, only=only)
        for word, number in writers.told():
            assert word != "failed", number
            if word == "kept":
                kept.append(int(number))
            elif word == "ended":
                assert number == "0"
                ended += 1
                if ended == len(asked):
                    break
    return kept


def test_the_same_reports_added_by_several_at_once_are_there_once(ledger_url: str) -> None:
    kept = outcomes(ledger_url, [(0, 24, 1, "all"), (0, 24, 3, "all"), (0, 24, 2, None), (0, 24, 24, "all")])
    assert set(kept) == set(range(24))
    check(ledger_url, set(kept))
    with Ledger.open(ledger_url) as ledger:
        assert ledger.head().entries == 6 * 24


def test_reports_that_several_add_side_by_side_are_all_there(ledger_url: str) -> None:
    kept = outcomes(ledger_url, [(start, start + 10, 1, None) for start in (0, 10, 20)])
    assert sorted(kept) == list(range(30))
    check(ledger_url, set(kept))


def test_an_open_ledger_sees_what_others_add(ledger_url: str) -> None:
    page, reading = ready.page_and_reading(1)
    with Ledger.create(ledger_url) as one, Ledger.open(ledger_url) as other:
        assert not one.has_read(page, ready.PROGRAM, ready.MODEL)
        other.add([(page, reading)], "other")
        assert one.has_read(page, ready.PROGRAM, ready.MODEL)
        (added,) = one.add([(page, reading)], "one")
        assert added.outcome == "known"
