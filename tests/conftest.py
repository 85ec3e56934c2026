"""Holds for every run of the tests: in CI, a test that is skipped is a test that was not passed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator

# Places that the one who runs the tests has added must change nothing in them.
os.environ["SAYSO_PLACES"] = str(Path(__file__).with_name("no-places-of-your-own"))

# One thread of numpy's a program: its others wait busily, in each of the hundreds that tests start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A run that a shell started in the background ignores Ctrl-C, and so would every program that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# In CI the same examples are drawn every time, so that a change is judged by what it changed; a run by hand looks
# further with every seed.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

_FOLDER = pytest.StashKey[str]()
"""The folder of this run's PostgreSQL server, the same for all workers."""

_BYTECODE = pytest.StashKey[str]()
"""The folder for the bytecode of programs that tests start, the same for all workers; empty where Python keeps it."""

_MISSING = re.compile(r"missing on this machine: (.*)")
"""How a test that needs more than Python says what it did not find."""


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder of the database server; nothing runs in it until a test needs it."""
    given: dict[str, str] | None = getattr(config, "workerinput", None)
    if given is not None:
        config.stash[_FOLDER] = given["postgres_folder"]
        _keep_bytecode(given["bytecode_folder"])
        return
    config.stash[_FOLDER] = tempfile.mkdtemp(prefix="sayso-postgres-")
    postgres_server.prepare(Path(config.stash[_FOLDER]))
    config.stash[_BYTECODE] = tempfile.mkdtemp(prefix="sayso-bytecode-") if sys.dont_write_bytecode else ""
    if not getattr(config.option, "numprocesses", None):
        _keep_bytecode(config.stash[_BYTECODE])


def _keep_bytecode(folder: str) -> None:
    """Let programs that tests start find their bytecode in a folder, where Python is told to write none.

    Hundreds are started, and each would compile the whole of sayso again. This process itself goes on as it was.
    """
    if folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker of pytest-xdist which folder the run has."""
    config: pytest.Config = node.config  # type: ignore[attr-defined] # xdist's own class, which has no types
    node.workerinput["postgres_folder"] = config.stash[_FOLDER]  # type: ignore[attr-defined] # likewise
    node.workerinput["bytecode_folder"] = config.stash[_BYTECODE]  # type: ignore[attr-defined] # likewise


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database server, and say last of all what was not tested because the machine lacks it."""
    if hasattr(config, "workerinput"):
        return
    postgres_server.stop(Path(config.stash[_FOLDER]))
    if config.stash[_BYTECODE]:
        shutil.rmtree(config.stash[_BYTECODE], ignore_errors=True)
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    found = (_MISSING.search(str(one.longrepr[2])) for one in skipped if isinstance(one.longrepr, tuple))
    missing = Counter(match[1] for match in found if match)
    if reporter is not None and missing:
        parts = [f"{what}, tests left out: {number}" for what, number in sorted(missing.items())]
        reporter.write_line(f"NOT TESTED, missing on this machine: {'; '.join(parts)}.", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped anything, so that a missing part of the machine cannot pass unseen."""
    reporter: pytest.TerminalReporter | None = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> str:
    """The URL of a real PostgreSQL server, without a database: postgresql://user:password@127.0.0.1:port."""
    if postgres_server.binaries() is None:
        pytest.skip(postgres_server.MISSING)
    return postgres_server.address(Path(request.config.stash[_FOLDER]))


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    with postgres_server.fresh_database(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, once for each engine: a path of no file yet, or the URL of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sayso")
    url: str = request.getfixturevalue("postgres_url")
    return url
