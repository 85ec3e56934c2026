"""Any one changed byte is found, and the first entry that was tampered with is named."""

from __future__ import annotations

import zlib
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text, update

from sayso.entries import Decision, Head
from sayso.ledger import Ledger, LedgerError, tables
from sayso.ledger.chain import content_hash, entry_id, link
from sayso.ledger.verify import verify
from tests.ledger.invented import inside, page, reading, ticking

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.records import Page, Report

TEXT = "At least 17 villagers were killed at Dresk. 46 miners were wounded."


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    for number in range(3):
        read = page(f"{TEXT} Report {number}.", f"https://review.example/{number}")
        ledger.add([(read, reading(read))], "Mara Voss")
    ledger.decide(Decision("accept", (next(ledger.claims()).claim.id,), "Ode Tarn", "Seen."))
    return ledger


def unguarded(connection: Connection) -> None:
    """Take the guards away, as somebody can who owns the file or the database."""
    if connection.dialect.name == "sqlite":
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def problems(ledger: Ledger, against: Head | None = None) -> list[str]:
    return [problem.where for problem in ledger.verify(against=against).problems]


def flipped(value: object, place: int) -> Any:  # noqa: ANN401 - as the column has it
    """Return a value with one bit of one byte turned."""
    if isinstance(value, int):
        return value ^ (1 << place % 4)
    raw = bytearray(value if isinstance(value, bytes) else str(value).encode())
    raw[place % len(raw)] ^= 1
    return bytes(raw) if isinstance(value, bytes) else raw.decode("latin-1")


def test_a_ledger_that_nobody_touched_is_as_it_was(filled: Ledger) -> None:
    found = filled.verify()
    assert (found.head, found.pages, found.claims, found.problems) == (filled.head(), 3, 6, ())


@pytest.mark.parametrize("place", [0, 61])
def test_any_flipped_byte_of_an_entry_is_found(filled: Ledger, place: int) -> None:
    table = tables.entries
    with inside(filled).writing() as connection:
        unguarded(connection)
        rows = connection.execute(select(table)).all()
        # One connection that is never committed: each flip is undone before the next.
        for row in rows:
            for column in table.columns:
                if column.name == "number":
                    continue
                value = flipped(getattr(row, column.name), place)
                connection.execute(update(table).where(table.c.number == row.number).values({column.name: value}))
                told = [problem.where for problem in verify(connection).problems]
                assert f"entry {row.number}" == told[0], (row.number, column.name)
                connection.execute(update(table).where(table.c.number == row.number).values(row._asdict()))
        assert not verify(connection).problems


@pytest.mark.parametrize("column", ["sha256", "size", "packed_sha256", "packed"])
def test_any_flipped_byte_of_a_page_is_found(filled: Ledger, column: str) -> None:
    table = tables.blobs
    with inside(filled).writing() as connection:
        unguarded(connection)
        row = connection.execute(select(table).order_by(table.c.sha256)).first()
        assert row is not None
        for place in range(0, len(bytes(row.packed)), 3):
            value = getattr(row, column)
            changed = flipped(bytes(value) if column == "packed" else value, place)
            connection.execute(
                update(table).where(table.c.packed_sha256 == row.packed_sha256).values({column: changed})
            )
            assert verify(connection).problems, place
            key = table.c.packed_sha256 == (changed if column == "packed_sha256" else row.packed_sha256)
            connection.execute(update(table).where(key).values(row._asdict()))
        assert not verify(connection).problems


def test_an_entry_that_is_missing_is_named(filled: Ledger) -> None:
    head = filled.head()
    with inside(filled).writing() as connection:
        unguarded(connection)
        connection.execute(text("DELETE FROM decided WHERE number = 16"))
        connection.execute(text("DELETE FROM decisions WHERE number = 16"))
        connection.execute(text("DELETE FROM entries WHERE number = 16"))
    assert problems(filled) == []
    assert problems(filled, head) == ["entry 16"]


def test_a_rewrite_of_the_whole_is_told_by_a_head_that_was_published(filled: Ledger) -> None:
    head = filled.head()
    early = Head(4, filled.log(limit=100)[-4].link)
    with inside(filled).writing() as connection:
        unguarded(connection)
        rewrite(connection, 5)
    assert problems(filled) == []
    assert problems(filled, early) == []
    assert problems(filled, head) == ["entry 16"]
    assert filled.verify(against=head).problems[0].what.startswith("Entry 16 or one before it")


def rewrite(connection: Connection, number: int) -> None:
    """Change a claim's author and compute all that follows again, as a careful forger would."""
    table = tables.entries
    rows = connection.execute(select(table).order_by(table.c.number)).all()
    before = ""
    for row in rows:
        author = "Nobody" if row.number == number else row.author
        identity = entry_id(row.kind, row.time, author, row.content_sha256)
        before = link(before, identity, row.kept)
        changed = {"author": author, "id": identity, "link": before}
        connection.execute(update(table).where(table.c.number == row.number).values(changed))


def test_a_claim_whose_words_do_not_stand_there_is_found_though_its_hashes_hold(filled: Ledger) -> None:
    table = tables.entries
    with inside(filled).writing() as connection:
        unguarded(connection)
        row = connection.execute(select(table).where(table.c.number == 4)).one()
        content = row.content.replace('"start":0', '"start":1')
        hashed = content_hash(content)
        connection.execute(update(table).where(table.c.number == 4).values(content=content, content_sha256=hashed))
        rewrite(connection, 4)
    assert problems(filled) == ["entry 4"]
    assert "words do not stand" in filled.verify().problems[0].what


def test_a_page_whose_bytes_were_exchanged_with_their_hashes_is_found(filled: Ledger) -> None:
    with inside(filled).writing() as connection:
        unguarded(connection)
        small = zlib.compress(b"Nobody was killed.")
        values = {"packed": small, "packed_sha256": sha256(small).hexdigest(), "size": 18}
        values["sha256"] = sha256(b"Nobody was killed.").hexdigest()
        first = select(tables.blobs.c.sha256).limit(1).scalar_subquery()
        connection.execute(update(tables.blobs).where(tables.blobs.c.sha256 == first).values(values))
    found = filled.verify().problems
    assert len(found) == 1
    assert "are missing" in found[0].what


def test_a_bomb_in_a_page_is_not_unpacked(filled: Ledger) -> None:
    with inside(filled).writing() as connection:
        unguarded(connection)
        small = zlib.compress(bytes(50_000_000))
        values = {"packed": small, "packed_sha256": sha256(small).hexdigest()}
        connection.execute(update(tables.blobs).values(values))
    assert len(filled.verify().problems) == 3
    with pytest.raises(LedgerError, match="when they are unpacked"):
        list(filled.pages())


def test_the_hall_can_hold_reports_against_their_pages(filled: Ledger) -> None:
    def recheck(read: Page, report: Report) -> str | None:
        return None if read.body.decode() == report.text else "its text is not on the page"

    assert not filled.verify(recheck=recheck).problems
    read = page("The page.")
    was = reading(read)
    filled.add([(read, replace(was, report=replace(was.report, text="Another text.", text_sha256="")))], "Mara Voss")
    assert not filled.verify().problems
    assert "its text is not on the page" in filled.verify(recheck=recheck).problems[0].what


def test_a_file_that_was_overwritten_is_told_of(tmp_path: Any) -> None:  # noqa: ANN401 - pathlib's
    with Ledger.create(tmp_path / "ledger", clock=ticking()) as ledger:
        for number in range(40):
            read = page(f"{number} nurses were killed. " + "x" * 3000, f"https://a.example/{number}")
            ledger.add([(read, reading(read))], "Mara Voss")
        with inside(ledger).engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("COMMIT")
    file = tmp_path / "ledger"
    whole = file.read_bytes()
    found = 0
    for at in range(4096 * 30, len(whole) - 1, 4096 * 7 + 11):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        (tmp_path / "ledger.head").unlink(missing_ok=True)
        try:
            with Ledger.open(file) as ledger:
                found += bool(ledger.verify().problems)
        except LedgerError:
            found += 1
    assert found
