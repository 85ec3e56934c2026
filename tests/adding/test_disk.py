"""Disks that are full, files that may not be written to: what was acknowledged stays, and adding goes on afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from sayso.ledger import Ledger, LedgerError
from sayso.problems import Problem
from tests.adding import ready
from tests.adding.killing import check

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GROWING = """
import resource, sys
from sayso.ledger import Ledger, LedgerError
from tests.adding import ready
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
with Ledger.open(sys.argv[1]) as ledger:
    for number in range(2000):
        try:
            ledger.add([ready.page_and_reading(number, 3)], "writer")
        except LedgerError as error:
            print(error.problem.code)
            break
        print(number)
"""
MISSING = "missing on this machine: the right to mount a small disk (run as root)"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 16 MB."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip(MISSING)
    # Not in pytest's own folder, which the server's user may not pass through.
    folder = Path(tempfile.mkdtemp(prefix="sayso-disk-"))
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], check=False)
    if made.returncode:
        folder.rmdir()
        pytest.skip(MISSING)
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - the system's own
        folder.rmdir()


@pytest.fixture
def small_server_disk(postgres: str, small_disk: Path) -> Iterator[tuple[str, Path]]:
    """The URL of an empty database on a small disk, and the disk."""
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        assert row
        owner = Path(row[0]).stat()
        (small_disk / "tables").mkdir()
        os.chown(small_disk / "tables", owner.st_uid, owner.st_gid)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{small_disk / 'tables'}'")
        try:
            connection.execute("CREATE DATABASE small TEMPLATE template0 TABLESPACE small")
            yield f"{postgres}/small", small_disk
        finally:
            connection.execute("DROP DATABASE IF EXISTS small WITH (FORCE)")
            connection.execute("DROP TABLESPACE small")


def fill(ledger: Ledger, first: int, last: int) -> list[int]:
    """Add reports until the disk is full; return the numbers of those that were acknowledged."""
    kept: list[int] = []
    failure = Problem("never-full", "", "", "")
    for number in range(first, last):
        try:
            ledger.add([ready.page_and_reading(number, 3)], "writer")
        except LedgerError as error:
            failure = error.problem
            break
        kept.append(number)
    assert failure.code == "disk-full", failure
    assert "goes on where it stopped" in failure.remedy
    return kept


def test_a_full_disk_costs_nothing_that_was_acknowledged(small_disk: Path) -> None:
    _fill_and_go_on(str(small_disk / "ledger.sayso"), small_disk, leave=1_200_000)


def test_a_server_whose_disk_is_full_loses_nothing_either(small_server_disk: tuple[str, Path]) -> None:
    url, disk = small_server_disk
    _fill_and_go_on(url, disk, leave=2_500_000)


def _fill_and_go_on(url: str, disk: Path, leave: int) -> None:
    ballast = disk / "ballast"
    with Ledger.create(url) as ledger:
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free - leave))
        kept = fill(ledger, 0, 2000)
        assert len(kept) > 5
        # It is told again, and nothing changes by it.
        assert fill(ledger, len(kept), 2000) == []
    check(url, set(kept))
    ballast.unlink()
    with Ledger.open(url) as ledger:
        ledger.add([ready.page_and_reading(number, 3) for number in range(len(kept) + 5)], "writer")
    check(url, set(range(len(kept) + 5)))


def test_a_ledger_that_may_not_be_written_to_is_read_and_told(tmp_path: Path) -> None:
    """A disk that is mounted for reading only: root heeds no bits of permission."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip(MISSING)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)  # noqa: S607 - the system's own
    try:
        url = str(folder / "ledger.sayso")
        with Ledger.create(url) as ledger:
            ledger.add([ready.page_and_reading(1, 3)], "writer")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)  # noqa: S607 - likewise
        with Ledger.open(url) as ledger:
            assert len(list(ledger.claims())) == 3
            assert ledger.verify().problems == ()
            with pytest.raises(LedgerError) as caught:
                ledger.add([ready.page_and_reading(2, 3)], "writer")
            assert caught.value.problem.code == "ledger-read-only"
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)  # noqa: S607 - likewise
        with Ledger.open(url) as ledger:
            ledger.add([ready.page_and_reading(2, 3)], "writer")
        check(url, {1, 2})
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - likewise


def test_a_file_that_may_grow_no_further_is_told(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a quota."""
    url = str(tmp_path / "ledger.sayso")
    Ledger.create(url).close()
    command = [sys.executable, "-c", GROWING, url]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    *kept, code = run.stdout.split()
    assert kept
    assert code == "ledger-unwritten"
    check(url, set(map(int, kept)))


def test_no_ledger_is_made_on_a_disk_for_reading(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S607 - the system's own
    with pytest.raises(LedgerError) as caught:
        Ledger.create(small_disk / "ledger.sayso")
    assert caught.value.problem.code in {"ledger-unmade", "ledger-unopened"}
