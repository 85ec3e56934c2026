"""One flipped bit in any entry or page, and an end that was cut off: found, and named."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import Ledger, LedgerError
from tests.adding import ready
from tests.adding.killing import check

ROOT = Path(__file__).parents[2]
REPORTS = 5
ENTRIES = ("id", "kind", "time", "author", "content_sha256", "content", "kept", "link")
BLOBS = ("sha256", "size", "packed_sha256", "packed")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with some reports and decisions, all of it in one file and without the triggers that guard it."""
    path = tmp_path_factory.mktemp("whole") / "ledger.sayso"
    _fill(str(path))
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


def _fill(url: str) -> None:
    with Ledger.create(url) as ledger:
        ledger.add(ready.every(0, REPORTS, 3), "writer")
        assert ledger.verify().problems == ()


def _flipped(value: object, at: int, bit: int) -> object:
    """Return a value with one bit changed in one of its bytes."""
    if isinstance(value, int):
        return value ^ (1 << bit)
    raw = bytearray(value if isinstance(value, bytes) else str(value).encode())
    raw[at % len(raw)] ^= 1 << bit
    return bytes(raw) if isinstance(value, bytes) else raw.decode("latin-1")


def _told(path: Path) -> list[str]:
    """Return where verify finds something wrong; a ledger that is refused as damaged is told, too."""
    try:
        with Ledger.open(path) as ledger:
            return [problem.where for problem in ledger.verify().problems]
    except LedgerError as error:
        return [error.problem.code]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_bit_flipped_in_an_entry_is_found_and_the_entry_named(whole: Path, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, REPORTS * 6))
    column = data.draw(st.sampled_from(ENTRIES))
    at, bit = data.draw(st.integers(0, 100_000)), data.draw(st.integers(0, 6))
    copy = whole.with_name("copy.sayso")
    shutil.copyfile(whole, copy)
    with sqlite3.connect(copy) as connection:
        (value,) = connection.execute(f"SELECT {column} FROM entries WHERE number = ?", (number,)).fetchone()  # noqa: S608 - our own names
        changed = _flipped(value, at, bit)
        connection.execute(f"UPDATE entries SET {column} = ? WHERE number = ?", (changed, number))  # noqa: S608 - likewise
    connection.close()
    assert _told(copy)[0] == f"entry {number}"


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_bit_flipped_in_a_page_is_found(whole: Path, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(BLOBS))
    which, at, bit = (
        data.draw(st.integers(0, REPORTS - 1)),
        data.draw(st.integers(0, 100_000)),
        data.draw(st.integers(0, 6)),
    )
    copy = whole.with_name("copy.sayso")
    shutil.copyfile(whole, copy)
    with sqlite3.connect(copy) as connection:
        query = f"SELECT sha256, {column} FROM blobs ORDER BY sha256 LIMIT 1 OFFSET ?"  # noqa: S608 - likewise
        key, value = connection.execute(query, (which,)).fetchone()
        connection.execute(f"UPDATE blobs SET {column} = ? WHERE sha256 = ?", (_flipped(value, at, bit), key))  # noqa: S608 - likewise
    connection.close()
    assert _told(copy)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_bit_flipped_in_the_file_where_entries_and_pages_stand_is_found(whole: Path, data: st.DataObject) -> None:
    raw = bytearray(whole.read_bytes())
    with sqlite3.connect(whole) as connection:
        parts = [str(row[0]).encode() for row in connection.execute("SELECT content FROM entries")]
        parts += [str(row[0]).encode() for row in connection.execute("SELECT link FROM entries")]
        parts += [row[0] for row in connection.execute("SELECT packed FROM blobs")]
    connection.close()
    part = data.draw(st.sampled_from(parts))
    # A long value goes on elsewhere in the file; its beginning stands in one piece.
    begin = raw.find(part[:200])
    assert begin > 0
    at = begin + data.draw(st.integers(0, min(len(part), 200) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    copy = whole.with_name("copy.sayso")
    copy.write_bytes(raw)
    assert _told(copy)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET content = replace(content, 'people', 'persons') WHERE number = 10",
        "UPDATE entries SET author = 'someone else' WHERE number = 12",
        "UPDATE blobs SET packed = set_byte(packed, 40, get_byte(packed, 40) # 4)",
        "DELETE FROM entries WHERE number = 9",
        "DELETE FROM blobs WHERE sha256 = (SELECT min(sha256) FROM blobs)",
    ],
)
def test_what_is_changed_behind_a_servers_back_is_found(postgres_url: str, change: str) -> None:
    _fill(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute(change)
        connection.rollback()
        connection.execute("SET session_replication_role = replica")
        connection.execute(change)
    with Ledger.open(postgres_url) as ledger:
        assert ledger.verify().problems


def test_a_log_that_loses_its_end_loses_nothing_acknowledged_or_is_told(tmp_path: Path) -> None:
    """A writer is killed; then its write-ahead log is cut at every kind of place."""
    ledger = tmp_path / "ledger.sayso"
    Ledger.create(ledger).close()
    log = ledger.with_name("ledger.sayso-wal")
    script = (
        "import os, pathlib, sys\n"
        "from sayso.ledger import Ledger\n"
        "from tests.adding import ready\n"
        "with Ledger.open(sys.argv[1]) as ledger:\n"
        "    for number in range(6):\n"
        "        ledger.add([ready.page_and_reading(number, 3)], 'writer')\n"
        "        print(pathlib.Path(sys.argv[1] + '-wal').stat().st_size, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", script, str(ledger)]
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    sizes = [int(size) for size in killed.stdout.split()]
    assert len(sizes) == 6
    assert log.stat().st_size == sizes[-1]
    for more in (0, 1, 31, 4120, 9000):
        copy = _copied(ledger, tmp_path / f"longer by {more}")
        with copy.with_name(log.name).open("ab") as stream:
            stream.write(log.read_bytes()[-max(more, 1) :][:more])  # half of what would have been the next transaction
        check(str(copy), set(range(6)))
    for lost, size in enumerate(reversed([*sizes[:-1], 0]), start=1):
        cut = [size, (size + sizes[-lost]) // 2, sizes[-lost] - 1]
        for number, end in enumerate(cut):
            copy = _copied(ledger, tmp_path / f"shorter by {lost}-{number}")
            with copy.with_name(log.name).open("r+b") as stream:
                stream.truncate(end)
            with pytest.raises(LedgerError) as caught:
                Ledger.open(copy)
            assert caught.value.problem.code == "ledger-cut-short", caught.value.problem


def _copied(ledger: Path, folder: Path) -> Path:
    folder.mkdir()
    for file in ledger.parent.glob("ledger.sayso*"):
        if not file.name.endswith("-shm"):
            shutil.copyfile(file, folder / file.name)
    return folder / ledger.name
