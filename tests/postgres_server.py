"""A real PostgreSQL server for a run of the tests, from the binaries that are installed.

The first test that needs it starts it, all workers of pytest-xdist share it, and it is gone when the run is over, even
when the run was killed: a keeper process, started as ``python -m tests.postgres_server``, holds it and watches the run.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "river-and-salt"  # noqa: S105 - of a server that lives as long as the tests and listens on loopback only
MISSING = "missing on this machine: PostgreSQL (on Debian: apt-get install postgresql)"

_START_LIMIT = 60.0
_SETTINGS = {
    # The server itself is never killed by a test, so it need not outlive a loss of power.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "jit": "off",
    "timezone": "Asia/Kathmandu",  # not UTC and not a whole hour from it: times must not depend on the server's zone
}


def binaries() -> Path | None:
    """Return the folder that holds initdb and postgres, the newest where there are several; None where none does."""
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    with suppress(OSError, subprocess.CalledProcessError):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, encoding="utf-8", check=True)  # noqa: S607
        folders.append(Path(told.stdout.strip()))
    return next((one for one in folders if (one / "initdb").is_file() and (one / "postgres").is_file()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def address(folder: Path) -> str:
    """Return the server's URL without a database, having started it where it does not run yet.

    Args:
        folder: The folder of this run of the tests, the same for all its workers.

    Raises:
        RuntimeError: It did not start; the message has what it wrote.
    """
    told, failed = folder / "address", folder / "failed"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists() and not failed.exists():
            _start_keeper(folder)
        until = time.monotonic() + _START_LIMIT
        while not told.exists() and not failed.exists() and time.monotonic() < until:
            time.sleep(0.02)
    if not told.exists():
        raise RuntimeError(failed.read_text("utf-8") if failed.exists() else "PostgreSQL did not start in time.")
    return told.read_text("utf-8")


def _start_keeper(folder: Path) -> None:
    run = int((folder / "run").read_text("utf-8"))
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres_server", str(folder), str(run)],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder / "keeper").write_text(str(keeper.pid), "utf-8")
    keeper.returncode = 0  # the keeper outlives this worker, and that is no leak to warn of


def prepare(folder: Path) -> None:
    """Say in the folder which process the run of the tests is: the one that calls this."""
    (folder / "run").write_text(str(os.getpid()), "utf-8")


def stop(folder: Path) -> None:
    """Stop the server, where one was started, and remove the folder."""
    keeper = folder / "keeper"
    if keeper.exists():
        pid = int(keeper.read_text("utf-8"))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + _START_LIMIT
        while (folder / "data").exists() and time.monotonic() < until:
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Give the URL of an empty database that goes when the test is over."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class _Server:
    """The server as its keeper holds it."""

    def __init__(self, folder: Path) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError(MISSING)
        self._binaries = found
        self._folder = folder
        # PostgreSQL refuses to run as root, as it well should.
        self._user = _ordinary_user() if os.geteuid() == 0 else None
        self._data = folder / "data"
        self._data.mkdir(mode=0o700)
        if self._user is not None:
            os.chown(self._data, self._user.pw_uid, self._user.pw_gid)
            folder.chmod(0o711)  # the other user must pass through it
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Make a cluster, start the server on a free port, and return its URL without a database."""
        password = self._folder / "password"
        password.write_text(PASSWORD, "utf-8")
        password.chmod(0o644)
        initdb = [str(self._binaries / "initdb"), "--pgdata", str(self._data), "--username", "sayso", "--no-sync"]
        initdb += ["--encoding", "UTF8", "--auth", "scram-sha-256", "--pwfile", str(password), *self._locale()]
        subprocess.run(initdb, check=True, **self._as_user())  # type: ignore[call-overload] # keywords in a dict
        for _ in range(5):
            port = _free_port()
            settings = _SETTINGS | {"port": str(port), "listen_addresses": "127.0.0.1"}
            # Another folder than the usual one, which may not be ours to write to.
            settings["unix_socket_directories"] = ""
            chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            command = [str(self._binaries / "postgres"), "-D", str(self._data), *chosen]
            self._process = subprocess.Popen(command, **self._as_user())  # type: ignore[call-overload] # likewise
            url = f"postgresql://sayso:{PASSWORD}@127.0.0.1:{port}"
            if self._answers(url):
                return url
        raise RuntimeError("PostgreSQL found no free port.")

    def stop(self) -> None:
        """Stop the server at once; what it holds is of no use any more."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
        shutil.rmtree(self._data, ignore_errors=True)

    def _answers(self, url: str) -> bool:
        until = time.monotonic() + _START_LIMIT
        while self._process is not None and self._process.poll() is None and time.monotonic() < until:
            with suppress(psycopg.OperationalError), psycopg.connect(f"{url}/postgres", connect_timeout=5):
                return True
            time.sleep(0.02)
        return False

    def _locale(self) -> list[str]:
        """Return the options for an order of words as most servers have it, unlike SQLite's by code point."""
        offered = subprocess.run(
            [str(self._binaries / "initdb"), "--help"], capture_output=True, encoding="utf-8", check=True
        ).stdout
        icu = ["--locale-provider", "icu", "--icu-locale", "en-US"] if "--icu-locale" in offered else []
        return ["--locale", "C", *icu]

    def _as_user(self) -> dict[str, object]:
        common: dict[str, object] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if self._user is None:
            return common
        return common | {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def _ordinary_user() -> pwd.struct_passwd:
    names = {one.pw_name: one for one in pwd.getpwall()}
    return next(names[name] for name in ("postgres", "nobody") if name in names)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _keep(folder: Path, run: int) -> None:
    """Hold the server until it is told to stop or the run of the tests is gone."""
    stopping = False

    def told(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, told)
    server = None
    try:
        server = _Server(folder)
        draft = folder / "address.part"
        draft.write_text(server.start(), "utf-8")
        draft.replace(folder / "address")
        while not stopping and _lives(run):
            time.sleep(0.1)
    except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must be told
        (folder / "failed").write_text(f"{type(error).__name__}: {error}", "utf-8")
    finally:
        if server is not None:
            server.stop()
        if not _lives(run):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
