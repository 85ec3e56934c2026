"""What law or safety demands gone is gone, and nothing else is; the hashes stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sayso.entries import Decision
from sayso.ledger import Ledger, LedgerError
from sayso.problems import UsageError
from tests.ledger.invented import page, reading, ticking

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "At least 17 villagers were killed at Dresk. 46 miners were wounded. Qwrtzuma lives there."
READ = page(TEXT, "https://review.example/dresk")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    copy = page(TEXT, "https://star.example/dresk")
    other = page("3 nurses were killed at Orlí.")
    ledger.add([(one, reading(one)) for one in (READ, copy, other)], "Mara Voss")
    claims = list(ledger.claims())
    ledger.decide(Decision("accept", (claims[0].claim.id,), "Ode Tarn", "Qwrtzuma said so."))
    ledger.decide(Decision("note", (claims[0].report.id,), "Ode Tarn", "Ask Qwrtzuma."))
    ledger.decide(Decision("accept", (claims[4].claim.id,), "Ode Tarn"))
    return ledger


def test_a_page_is_redacted_with_all_that_was_read_in_it(filled: Ledger) -> None:
    links = [entry.link for entry in reversed(filled.log(limit=100))]
    taken = filled.redact(READ.sha256, by="Ode Tarn", why="A court asked for it.")
    assert (taken.entries, taken.pages) == (12, 1)
    log = list(reversed(filled.log(limit=100)))
    assert [entry.link for entry in log[:-1]] == links
    assert log[-1].kind == "redaction"
    assert log[-1].author == "Ode Tarn"
    assert "Qwrtzuma" not in str(log)
    assert [kept.claim.text for kept in filled.claims()] == ["3 nurses"]
    assert filled.search("qwrtzuma") == []
    assert [one.body for one in filled.pages()] == ["3 nurses were killed at Orlí.".encode()]
    found = filled.verify()
    assert (found.problems, found.redacted, found.claims) == ((), 13, 1)
    assert len(list(filled.decisions())) == 1
    assert [len(list(filled.claims(as_of=entry.kept))) for entry in log[:1]] == [1]


def test_it_does_not_come_back_when_it_is_added_again(filled: Ledger) -> None:
    filled.redact(READ.sha256, by="Ode Tarn", why="A court asked for it.")
    head = filled.head()
    assert [one.outcome for one in filled.add([(READ, reading(READ, "sayso 0.2"))], "Mara Voss")] == ["redacted"]
    assert filled.head() == head
    assert filled.has_redacted(READ)
    with pytest.raises(LedgerError, match=f"taken out of the ledger; entry {head.entries} says"):
        filled.show(READ.sha256)


def test_a_report_and_a_claim_can_go_by_themselves(filled: Ledger) -> None:
    claims = list(filled.claims())
    filled.redact(claims[1].claim.id, by="Ode Tarn", why="Wrongly read, and it names somebody.")
    assert [kept.claim.text for kept in filled.claims()] == [
        *("At least 17 villagers", "At least 17 villagers", "46 miners", "3 nurses")
    ]
    filled.redact(claims[2].report.id, by="Ode Tarn", why="The outlet withdrew it.")
    assert [kept.claim.text for kept in filled.claims()] == ["At least 17 villagers", "3 nurses"]
    assert len(list(filled.pages())) == 3
    outcomes = filled.add([(one, reading(one, "sayso 0.2")) for one in filled.pages()], "Mara Voss")
    assert [one.outcome for one in outcomes] == ["read_again", "redacted", "read_again"]
    assert [kept.claim.text for kept in filled.claims()] == ["At least 17 villagers", "3 nurses"]
    assert not filled.verify().problems


def test_a_claim_goes_with_those_it_succeeded(filled: Ledger) -> None:
    filled.add([(READ, reading(READ, "sayso 0.2", whole=False))], "Mara Voss")
    claim = next(kept for kept in filled.claims() if kept.claim.text == "17")
    filled.redact(claim.claim.id, by="Ode Tarn", why="It names somebody.")
    left: list[Any] = [entry.content for entry in filled.log(limit=100) if entry.kind == "claim" and entry.content]
    assert sorted(one["claim"]["text"] for one in left) == [
        "3 nurses",
        "46",
        "46 miners",
        "46 miners",
        "At least 17 villagers",
    ]
    assert not filled.verify().problems


def test_one_decision_or_note_can_go(filled: Ledger) -> None:
    accepted, note, _ = filled.decisions()
    filled.redact(note.id[:12], by="Ode Tarn", why="It names somebody.")
    filled.redact(accepted.id, by="Ode Tarn", why="It names somebody.")
    assert next(filled.claims()).ruling is None
    assert "Qwrtzuma" not in str([entry for entry in filled.log(limit=100) if entry.kind in {"decision", "note"}])
    assert not filled.verify().problems


def test_what_cannot_go_is_refused(filled: Ledger) -> None:
    accepted = next(filled.decisions())
    withdrawn = filled.decide(Decision("withdraw", (accepted.id,), "Ode Tarn"))
    with pytest.raises(UsageError, match="the decision that it withdrew"):
        filled.redact(withdrawn.id, by="Ode Tarn", why="x")
    filled.redact(accepted.id, by="Ode Tarn", why="It names somebody.")
    redaction = filled.log(limit=1)[0]
    with pytest.raises(UsageError, match="A redaction does not go alone"):
        filled.redact(redaction.id, by="Ode Tarn", why="x")
    with pytest.raises(LedgerError, match="taken out before"):
        filled.redact(accepted.id, by="Ode Tarn", why="x")
    with pytest.raises(UsageError, match="Say why"):
        filled.redact(READ.sha256, by="Ode Tarn", why=" ")
    with pytest.raises(LedgerError, match="Nothing in the ledger"):
        filled.redact("0" * 64, by="Ode Tarn", why="x")
    reading_entry = next(entry for entry in filled.log(limit=100) if entry.kind == "reading")
    with pytest.raises(UsageError, match="its report or its claims"):
        filled.redact(reading_entry.id, by="Ode Tarn", why="x")


def test_no_word_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger", clock=ticking()) as ledger:
        others = [page(f"{number} nurses were killed. " + "Far away. " * 50) for number in range(200)]
        ledger.add([(one, reading(one)) for one in (*others[:100], READ, *others[100:])], "Mara Voss")
        held = [b"Qwrtzuma", b"qwrtzuma", b"46 miners"]
        files = [tmp_path / "ledger", tmp_path / "ledger-wal"]
        before = b"".join(file.read_bytes() for file in files)
        assert all(words in before for words in held)
        ledger.redact(READ.sha256, by="Ode Tarn", why="A court asked for it.")
        after = b"".join(file.read_bytes() for file in files if file.exists())
        assert not [words for words in held if words in after]
    assert not [words for words in held if words in (tmp_path / "ledger").read_bytes()]
