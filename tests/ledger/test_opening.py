"""Whatever is wrong with a ledger is said in one clear sentence with its remedy, and no password is ever shown."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from sayso.ledger import Ledger, LedgerError, tables
from tests.ledger.invented import inside, page, reading, ticking

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.problems import Problem


SECRET = "river-salt"  # noqa: S105 - of nobody


def refused(target: object, *, patience: float = 30) -> Problem:
    with pytest.raises(LedgerError) as told:
        Ledger.open(str(target), patience=patience)
    return told.value.problem


def test_a_ledger_is_made_once(ledger: Ledger, ledger_url: str) -> None:
    with pytest.raises(LedgerError) as told:
        Ledger.create(ledger_url)
    assert told.value.problem.code == "ledger-exists"
    with Ledger.open(ledger_url) as again:
        assert again.head() == ledger.head()


def test_a_newer_ledger_is_left_alone(ledger: Ledger, ledger_url: str) -> None:
    with inside(ledger).writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    problem = refused(ledger_url)
    assert problem.code == "newer-ledger"
    assert "schema 9999" in problem.what
    assert f"schemas up to {tables.SCHEMA}" in problem.what


def test_something_else_is_no_ledger(ledger_url: str, tmp_path: Path) -> None:
    if "://" in ledger_url:
        assert refused(ledger_url).code == "not-a-ledger"
        return
    assert refused(tmp_path / "nothing").code == "no-such-ledger"
    assert refused(tmp_path).code == "ledger-unopened"
    (tmp_path / "text").write_text("Not a ledger, but longer than a heading of SQLite.")
    assert refused(tmp_path / "text").code == "not-a-ledger"
    (tmp_path / "broken").write_bytes(b"SQLite format 3\0" + bytes(range(200)))
    assert refused(tmp_path / "broken").code in {"not-a-ledger", "ledger-damaged"}
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE entries (number)")
    assert refused(tmp_path / "other").code == "not-a-ledger"
    with pytest.raises(LedgerError, match="no folder"):
        Ledger.create(tmp_path / "nowhere" / "ledger")


@pytest.mark.parametrize(
    "address", ["mysql://root:river-salt@h/db", "http://a.example", "postgresql://u:river-salt@h:port/db"]
)
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    problem = refused(address)
    assert problem.code == "bad-address"
    assert "river-salt" not in str(problem)


def test_a_server_that_refuses_or_is_not_there_is_told_apart(postgres_url: str) -> None:
    url = make_url(postgres_url)
    other = url.set(password=SECRET)
    wrong = {
        "ledger-refused": other,
        "no-such-database": url.set(database="nothing-here"),
        "no-server": other.set(port=1),
        "no-such-host": other.set(host="no-such-host.invalid"),
    }
    for code, address in wrong.items():
        problem = refused(address.render_as_string(hide_password=False))
        assert problem.code == code, problem
        assert SECRET not in str(problem)
        assert str(url.password) not in str(problem)


def test_psycopg_is_asked_for_where_it_is_missing(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ModuleNotFoundError('psycopg')")
    program = "from sayso.ledger import Ledger\nLedger.open('postgresql://u:river-salt@127.0.0.1/x')"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert 'pip install "sayso[postgres]"' in run.stderr
    assert "river-salt" not in run.stderr


def test_who_waits_too_long_is_told(ledger: Ledger, ledger_url: str) -> None:
    with Ledger.open(ledger_url, patience=0.2) as other, inside(ledger).writing():
        with pytest.raises(LedgerError) as told:
            other.add([(page("x"), None)], "Mara Voss")
        assert told.value.problem.code == "ledger-locked"
        assert list(other.claims()) == []
    assert ledger.head().entries == 0


def test_a_ledger_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Ledger.create(folder / "ledger", clock=ticking()) as ledger:
        ledger.add([(page("3 nurses were killed."), reading(page("3 nurses were killed.")))], "Mara Voss")
    shutil.copytree(folder, tmp_path / "open")
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    (tmp_path / "open").chmod(0o777)
    for file in (*folder.iterdir(), *(tmp_path / "open").iterdir()):
        file.chmod(0o444)
    folder.chmod(0o555)
    program = """if True:
        import os, sys
        sys.path[:] = sys.argv[2].split(os.pathsep)
        # All that is needed is imported before the rights go: Python itself may stand where only root can read.
        import sqlalchemy.dialects.sqlite
        from sayso.ledger import Ledger, LedgerError
        from sayso.records import Page
        if os.geteuid() == 0:
            os.setgid(65534); os.setuid(65534)
        with Ledger.open(sys.argv[1]) as ledger:
            print(len(list(ledger.claims())), len(ledger.search("nurses")), ledger.verify().problems)
            try:
                ledger.add([(Page(b"x", "x", "text/plain"), None)], "Mara Voss")
            except LedgerError as error:
                print(error.problem.code)
    """
    for place in (folder, tmp_path / "open"):
        arguments = [sys.executable, "-c", program, str(place / "ledger"), os.pathsep.join(sys.path)]
        run = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path)
        assert run.stdout.split("\n")[:2] == ["1 1 ()", "ledger-read-only"], run.stderr


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger", clock=ticking()) as ledger:
        ledger.add([(page("3 nurses were killed."), None)], "Mara Voss")
        head = ledger.head()
        with inside(ledger).engine.connect() as connection:
            pages = connection.scalar(text("PRAGMA page_count"))
        engine = inside(ledger).engine
        from sqlalchemy import event

        event.listen(engine, "begin", lambda one: one.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(LedgerError) as told:
            ledger.add([(page(str(number) * 5000), None) for number in range(200)], "Mara Voss")
        assert told.value.problem.code == "disk-full"
        assert ledger.head() == head
    with Ledger.open(tmp_path / "ledger") as ledger:
        assert ledger.head() == head
        assert not ledger.verify().problems
        ledger.add([(page(str(number) * 5000), None) for number in range(200)], "Mara Voss")
        assert not ledger.verify().problems


def test_the_folder_of_a_ledger_may_have_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / "a ?#%41 'b' ü"
    folder.mkdir()
    with Ledger.create(folder / "my ledger?mode=ro", clock=ticking()) as ledger:
        ledger.add([(page("x"), None)], "Mara Voss")
    with Ledger.open(folder / "my ledger?mode=ro") as ledger:
        assert ledger.head().entries == 1
    assert {file.name for file in folder.iterdir()} == {"my ledger?mode=ro", "my ledger?mode=ro.head"}


def test_a_url_may_hold_options(postgres_url: str) -> None:
    engine = create_engine(postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA apart"))
    engine.dispose()
    apart = f"{postgres_url}?options=-csearch_path%3Dapart"
    with Ledger.create(apart, clock=ticking()) as ledger, Ledger.create(postgres_url, clock=ticking()) as other:
        ledger.add([(page("x"), None)], "Mara Voss")
        assert (ledger.head().entries, other.head().entries) == (1, 0)
