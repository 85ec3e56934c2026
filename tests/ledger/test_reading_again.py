"""A report that is read again: claims succeed claims, decisions follow, and what does not fit is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.entries import Decision
from tests.ledger.invented import page, reading

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.records import Page

TEXT = "At least 17 villagers were killed at Dresk. 46 miners were wounded. 3 nurses are missing."
READ = page(TEXT, "https://review.example/dresk")


def add(ledger: Ledger, program: str, *, whole: bool = True, read: Page = READ, text: str | None = None) -> None:
    ledger.add([(read, reading(read, program, whole=whole, text=text))], program)


def words(ledger: Ledger) -> list[str]:
    return [kept.claim.text for kept in ledger.claims()]


def test_a_claim_that_overlaps_succeeds_one_of_the_same_harm(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    old = list(ledger.claims())
    ledger.decide(Decision("accept", (old[0].claim.id,), "Ode Tarn", "It stands there."))
    ledger.decide(Decision("correct", (old[1].claim.id,), "Ode Tarn", None, {"status": "combatant"}))
    before = ledger.log(limit=1)[0].kept
    add(ledger, "sayso 0.2", whole=False)
    new = list(ledger.claims())
    assert [kept.claim.text for kept in new] == ["17", "46", "3"]
    assert [kept.ruling.verdict if kept.ruling else None for kept in new] == ["accepted", "corrected", None]
    assert new[1].claim.status == "combatant"
    assert next(ledger.claims(as_of=before)).claim == old[0].claim
    assert ledger.show(old[0].claim.id).after == new[0].claim.id
    assert ledger.show(new[0].claim.id).before == (old[0].claim.id,)
    assert ledger.show(old[0].claim.id).standing == new[0]
    assert [one.why for one in ledger.show(new[0].claim.id).decisions] == ["It stands there."]
    assert not list(ledger.unfitting())


def test_a_decision_on_an_old_claim_is_one_on_its_successor(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    old = next(ledger.claims())
    add(ledger, "sayso 0.2", whole=False)
    ledger.decide(Decision("reject", (old.claim.id,), "Ode Tarn", "It is a headline."))
    new = next(ledger.claims())
    assert new.ruling is not None
    assert (new.claim.text, new.ruling.verdict) == ("17", "rejected")


def test_a_decision_that_finds_no_successor_is_listed(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    old = list(ledger.claims())
    decision = ledger.decide(Decision("reject", (old[2].claim.id,), "Ode Tarn", "It is another day."))
    was = reading(READ, "sayso 0.2")
    ledger.add([(READ, replace(was, claims=was.claims[:2]))], "sayso 0.2")
    assert words(ledger) == ["At least 17 villagers", "46 miners"]
    assert [(one.decision, one.claim, one.reason) for one in ledger.unfitting()] == [
        (decision, old[2].claim.id, "no-successor")
    ]
    # It fits again when the claim is read again.
    add(ledger, "sayso 0.3")
    assert not list(ledger.unfitting())
    assert [kept.ruling.verdict for kept in ledger.claims() if kept.ruling] == ["rejected"]


def test_a_corrected_figure_does_not_follow_to_other_words(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    old = next(ledger.claims())
    ledger.decide(Decision("correct", (old.claim.id,), "Ode Tarn", None, {"low": 18}))
    add(ledger, "sayso 0.2", whole=False)
    assert [one.reason for one in ledger.unfitting()] == ["other-words"]
    assert next(ledger.claims()).claim.low == 17


def test_another_text_of_the_same_page_is_tied_by_words(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    old = list(ledger.claims())
    for one in old:
        ledger.decide(Decision("accept", (one.claim.id,), "Ode Tarn"))
    ledger.decide(Decision("correct", (old[1].claim.id,), "Ode Tarn", None, {"start": 44, "end": 46, "text": "46"}))
    add(ledger, "sayso 0.2", text="By our reporter. " + TEXT.replace("46 miners", "46 workers"))
    kept = list(ledger.claims())
    assert [(one.claim.text, one.ruling is not None) for one in kept] == [
        ("At least 17 villagers", True),
        ("46 workers", False),
        ("3 nurses", True),
    ]
    assert {one.reason for one in ledger.unfitting()} == {"no-successor"}
    assert len(list(ledger.unfitting())) == 2
    assert [len(ledger.show(one.report.id).entries) for one in kept] == [2, 2, 2]
    assert not ledger.verify().problems


def test_equal_words_that_stand_twice_are_told_apart_by_their_sentence_or_listed(ledger: Ledger) -> None:
    twice = "9 nurses were killed. 9 nurses were killed."
    read = page(f"3 nurses were killed at Orlí. 3 nurses were killed at Dresk. {twice}")
    add(ledger, "sayso 0.1", read=read)
    for one in list(ledger.claims()):
        ledger.decide(Decision("accept", (one.claim.id,), "Ode Tarn", one.sentence))
    add(ledger, "sayso 0.2", read=read, text="Amended. " + read.body.decode())
    kept = list(ledger.claims())
    assert [one.ruling.why if one.ruling else None for one in kept] == [
        "3 nurses were killed at Orlí.",
        " 3 nurses were killed at Dresk.",
        None,
        None,
    ]
    assert [one.reason for one in ledger.unfitting()] == ["no-successor"] * 2


def test_a_claim_that_a_person_added_stays_until_it_is_read(ledger: Ledger) -> None:
    was = reading(READ, "sayso 0.1")
    ledger.add([(READ, replace(was, claims=was.claims[:2]))], "sayso 0.1")
    report = next(ledger.reports()).id
    start = TEXT.index("3 nurses")
    values = {"start": start, "end": start + 8, "text": "3 nurses", "harm": "missing", "kind": "count", "low": 3}
    values |= {
        "high": 3,
        "qualifier": "exact",
        "phrase": None,
        "status": "civilian",
        "sentence": [start - 1, len(TEXT)],
    }
    added = ledger.decide(Decision("add", (report,), "Ode Tarn", "It was not read.", values))
    assert words(ledger)[-1] == "3 nurses"
    last = list(ledger.claims())[-1]
    assert last.ruling is not None
    assert (last.ruling.verdict, last.ruling.by, last.sentence) == ("added", "Ode Tarn", " 3 nurses are missing.")
    ledger.add([(READ, replace(reading(READ, "sayso 0.2"), claims=was.claims[:1]))], "sayso 0.2")
    assert words(ledger) == ["3 nurses", "At least 17 villagers"]
    add(ledger, "sayso 0.3", whole=False)
    kept = {one.claim.start: one for one in ledger.claims()}
    assert len(kept) == 3
    assert kept[start].claim.status == "civilian"
    assert kept[start].claim.text == "3 nurses"
    assert kept[start].claim.id.startswith("c-")
    ledger.decide(Decision("withdraw", (added.id,), "Ode Tarn"))
    assert [one.claim.text for one in ledger.claims()] == ["17", "46", "3"]


def test_a_withdrawn_addition_is_gone_and_can_be_made_again(ledger: Ledger) -> None:
    read = page("Many came. Nobody knows more.")
    add(ledger, "sayso 0.1", read=read)
    values = {"start": 0, "end": 4, "text": "Many", "harm": "displaced", "kind": "vague", "low": 2, "high": None}
    decision = Decision(
        "add", (next(ledger.reports()).id,), "Ode Tarn", None, {**values, "qualifier": "vague", "phrase": "many"}
    )
    first = ledger.decide(decision)
    ledger.decide(Decision("withdraw", (first.id,), "Mara Voss"))
    assert words(ledger) == []
    ledger.decide(decision)
    assert words(ledger) == ["Many"]


def test_nothing_is_read_anew_where_the_same_was_read(ledger: Ledger) -> None:
    add(ledger, "sayso 0.1")
    head = ledger.head()
    add(ledger, "sayso 0.1")
    assert ledger.head() == head
    outcome = ledger.add([(READ, reading(READ, "sayso 0.2"))], "Mara Voss")[0]
    assert (outcome.outcome, outcome.claims) == ("read_again", 3)
    # One more reading with its claims; the report says the same and is not written again.
    assert [entry.kind for entry in ledger.log(limit=4)] == ["claim", "claim", "claim", "reading"]
