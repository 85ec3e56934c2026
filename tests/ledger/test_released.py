"""A ledger of the first release opens, answers as it did, and can be written to."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sayso.entries import Head
from sayso.ledger import Ledger, Sought
from tests.ledger.invented import page, reading, tables_of
from tests.ledger.make_release import FILE

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "24:ac8c198b9a79d46973cf8fa1110cde8b0c7be27fdd268459c1f133bf8e07cab0"


def test_a_ledger_of_the_first_release_opens_and_goes_on(tmp_path: Path) -> None:
    shutil.copy(FILE, tmp_path / "ledger")
    with Ledger.open(tmp_path / "ledger") as ledger:
        entries, link = HEAD.split(":")
        assert str(ledger.head()) == HEAD
        assert not ledger.verify(against=Head(int(entries), link)).problems
        assert [(kept.claim.text, kept.ruling and kept.ruling.verdict) for kept in ledger.claims()] == [
            *(("At least 17 villagers", None), ("46 miners", None)),
            *(("17", "accepted"), ("46", "corrected"), ("3", None)),
        ]
        assert [one.reason for one in ledger.unfitting()] == ["other-words"]
        assert len(ledger.search("orli")) == 2
        before = tables_of(ledger)
        waiting = ledger.waiting(Sought())
        assert waiting
        ledger.rebuild()
        assert ledger.waiting(Sought()) == waiting
        assert tables_of(ledger) == before
        read = page("9 nurses were killed.")
        ledger.add([(read, reading(read))], "Mara Voss")
        assert not ledger.verify(against=Head(int(entries), link)).problems
