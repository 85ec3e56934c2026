"""Several programs write at once, and a ledger that lost its end is known."""

from __future__ import annotations

import multiprocessing
import shutil
from typing import TYPE_CHECKING

import pytest

from sayso.entries import Decision
from sayso.ledger import NOBODY_SAW, Ledger, LedgerError
from tests.ledger.invented import page, reading, ticking

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = 3
EACH = 6


def write(url: str, who: int) -> None:
    """Add pages that are this writer's own, and pages that all writers add."""
    with Ledger.open(url) as ledger:
        for number in range(EACH):
            own = page(f"{number} nurses were killed. By writer {who}.", f"https://a.example/{who}/{number}")
            shared = page(f"{number} drivers are missing.", f"https://a.example/{number}")
            ledger.add([(own, reading(own)), (shared, reading(shared))], f"Writer {who}")


def rule(url: str, who: int) -> None:
    """Try to be the first to rule on each claim."""
    with Ledger.open(url) as ledger:
        for kept in list(ledger.claims()):
            try:
                ledger.decide(Decision("accept", (kept.claim.id,), f"Writer {who}"), expects=NOBODY_SAW)
            except LedgerError as error:
                if error.problem.code != "ruled-meanwhile":
                    raise


def run(task: object, url: str) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=task, args=(url, who)) for who in range(WRITERS)]  # type: ignore[arg-type] # a function
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * WRITERS


def test_each_entry_is_there_once_in_one_chain(ledger: Ledger, ledger_url: str) -> None:
    run(write, ledger_url)
    pages = EACH * (WRITERS + 1)
    assert len(list(ledger.pages())) == pages
    assert len(list(ledger.claims())) == pages
    assert ledger.head().entries == 4 * pages
    assert not ledger.verify(against=ledger.head()).problems
    run(rule, ledger_url)
    assert len(list(ledger.decisions())) == pages
    assert not ledger.verify().problems


def test_a_commit_that_was_acknowledged_and_is_gone_is_named(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger", clock=ticking())
    ledger.add([(page("3 nurses were killed."), None)], "Mara Voss")
    early = tmp_path / "early"
    early.mkdir()
    for end in ("", "-wal", ".head"):
        shutil.copy(tmp_path / f"ledger{end}", early / f"ledger{end}")
    for number in range(3):
        ledger.add([(page(f"{number} drivers are missing."), None)], "Mara Voss")
    wal = (tmp_path / "ledger-wal").read_bytes()
    shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name}-copy"))
    ledger.close()
    copy = tmp_path.with_name(f"{tmp_path.name}-copy")
    (copy / "ledger-shm").unlink(missing_ok=True)

    # What stands in the log after the last acknowledged commit may be lost.
    (copy / "ledger-wal").write_bytes(wal + wal[-3000:])
    with Ledger.open(copy / "ledger") as ledger:
        assert ledger.head().entries == 4
        assert not ledger.verify().problems

    # Cut anywhere before its end, and it is told how much is missing.
    shutil.copy(tmp_path / "early" / "ledger", copy / "ledger")
    for length in (len(wal) - 10, len(wal) // 2, 0):
        for end in ("", "-wal", "-shm"):
            (copy / f"ledger{end}").unlink(missing_ok=True)
        shutil.copy(early / "ledger", copy / "ledger")
        (copy / "ledger-wal").write_bytes(wal[:length])
        with pytest.raises(LedgerError) as told:
            Ledger.open(copy / "ledger")
        assert told.value.problem.code in {"ledger-cut-short", "not-a-ledger"}
        if told.value.problem.code == "ledger-cut-short":
            assert "4 were written" in told.value.problem.what

    # Without the file that remembers, it opens with what is left.
    shutil.copy(early / "ledger", copy / "ledger")
    shutil.copy(early / "ledger-wal", copy / "ledger-wal")
    (copy / "ledger-shm").unlink(missing_ok=True)
    (copy / "ledger.head").unlink()
    with Ledger.open(copy / "ledger") as ledger:
        assert ledger.head().entries == 1
        assert not ledger.verify().problems


def test_the_file_that_remembers_survives_a_torn_line(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger", clock=ticking()) as ledger:
        for number in range(3):
            ledger.add([(page(f"{number}"), None)], "Mara Voss")
    head = tmp_path / "ledger.head"
    whole = head.read_bytes()
    assert whole.count(b"\n") == 2
    for place in (3, 30, 100, 160, 290):
        head.write_bytes(whole[:place] + b"#" + whole[place + 1 :])
        with Ledger.open(tmp_path / "ledger") as ledger:
            assert ledger.head().entries == 3
    head.write_bytes(b"\x00" * 1000)
    with Ledger.open(tmp_path / "ledger") as ledger:
        ledger.add([(page("more"), None)], "Mara Voss")
    with Ledger.open(tmp_path / "ledger") as ledger:
        assert ledger.head().entries == 4


def test_a_clock_that_was_set_back_leaves_entries_in_order(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger", clock=ticking("2026-06-01T00:00:00+00:00")) as ledger:
        ledger.add([(page("1"), None)], "Mara Voss")
    with Ledger.open(tmp_path / "ledger", clock=ticking("2020-01-01T00:00:00+00:00")) as ledger:
        ledger.add([(page("2"), None)], "Mara Voss")
        ledger.add([(page("3"), None)], "Mara Voss")
        kept = [entry.kept for entry in reversed(ledger.log())]
        assert kept == sorted(set(kept))
        assert not ledger.verify().problems
