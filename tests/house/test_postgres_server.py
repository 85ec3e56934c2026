"""The database server of the tests: real, shared by a run, and gone after it however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]
TEST = """
import os, signal
import psycopg

def test_it_runs(postgres_url, request):
    with psycopg.connect(postgres_url) as connection:
        print("PID", connection.execute("SELECT pg_backend_pid()").fetchone()[0])
        print("FOLDER", connection.execute("SHOW data_directory").fetchone()[0])
    {ending}
"""


def run(folder: Path, ending: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one test in a run of its own, with this project's conftest."""
    (folder / "test_it.py").write_text(TEST.format(ending=ending), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-sq", "-p", "no:cacheprovider", "test_it.py"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    surroundings.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", check=False)


def told(result: subprocess.CompletedProcess[str]) -> Path:
    """Return the server's folder."""
    return Path(result.stdout.partition("FOLDER ")[2].splitlines()[0])


def gone(folder: Path) -> bool:
    """Wait until a folder is no longer there."""
    until = time.monotonic() + 30
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return not folder.exists()


def test_each_test_has_an_empty_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert tables == (0,)
        order = connection.execute("SELECT string_agg(word, '' ORDER BY word) FROM (VALUES ('B'), ('a')) AS t(word)")
        assert order.fetchone() == ("aB",), "the server should order words unlike SQLite, as servers do"


def test_a_failing_run_leaves_nothing_behind(postgres: str, tmp_path: Path) -> None:
    assert postgres
    result = run(tmp_path, "assert False")
    assert result.returncode == 1, result.stdout
    assert not told(result).parent.exists()


def test_a_killed_run_leaves_nothing_behind(postgres: str, tmp_path: Path) -> None:
    assert postgres
    result = run(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    assert result.returncode == -signal.SIGKILL
    assert gone(told(result).parent)


def test_what_the_machine_lacks_is_said_last(tmp_path: Path) -> None:
    hidden = (
        "import pytest\n@pytest.fixture\ndef postgres_url():\n    pytest.skip('missing on this machine: Chromium')\n"
    )
    (tmp_path / "conftest.py").write_text(hidden, encoding="utf-8")
    result = run(tmp_path, "pass", CI="")
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[-1] == "NOT TESTED, missing on this machine: Chromium, tests left out: 1."
    assert run(tmp_path, "pass", CI="true").returncode == 1
