"""The folder in which fetched pages are kept: bytes by their hash, what is known of them as JSON lines, and a state.

``docs/web.md`` tells what lies in it. Whatever moment the program is ended at, all that was kept before holds: bytes
are on the disk under another name before they get their own, a line that was not written to its end is taken back at
the next start, and the state is a SQLite database.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sayso.records import Fetched

SCHEMA = 1
"""The number of the form of a line of ``pages.jsonl``."""

_HELD = """
CREATE TABLE IF NOT EXISTS held (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, sha256 TEXT NOT NULL, headers TEXT NOT NULL
) WITHOUT ROWID
"""


class CannotKeepError(Exception):
    """The folder cannot be used; the message says why, and `remedy` what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of an address: enough to ask whether it has changed (RFC 9110, section 13)."""

    etag: str | None
    modified: str | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def conditions(self) -> dict[str, str]:
        """The request headers that ask for the page only where it has changed."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in stated.items() if value}


class Keep:
    """One folder, held by one program at a time.

    Args:
        folder: The folder; it is made where it is not there.

    Raises:
        CannotKeepError: It cannot be written to, another program holds it, or its state cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with telling(folder):
            (folder / "pages").mkdir(parents=True, exist_ok=True)
            self.state = sqlite3.connect(folder / "state.sqlite", timeout=0.2, isolation_level=None)
            try:
                self.state.execute("PRAGMA locking_mode = EXCLUSIVE")
                self.state.execute("PRAGMA synchronous = FULL")
                self.state.execute("BEGIN EXCLUSIVE")
                self.state.execute(_HELD)
                self.state.execute("COMMIT")
                take_back_half_a_line(folder / "pages.jsonl")
            except BaseException:
                self.state.close()
                raise

    def __enter__(self) -> Self:
        """Hold the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the folder go."""
        self.state.close()

    def held(self, url: str) -> Held | None:
        """Return what is held of an address, or None where nothing is or its bytes are no longer what they were."""
        with telling(self.folder):
            query = "SELECT etag, modified, sha256, headers FROM held WHERE url = ?"
            row = self.state.execute(query, (url,)).fetchone()
        if row is None:
            return None
        try:
            body = self._path(row[2]).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(body).hexdigest() != row[2]:
            return None
        return Held(row[0], row[1], tuple((name, value) for name, value in json.loads(row[3])), body)

    def keep(self, fetched: Fetched, body: bytes | None) -> None:
        """Keep an answer: its bytes first, then what is known of it.

        Args:
            fetched: What is known of the answer.
            body: The page's bytes; None for an answer that is no page.

        Raises:
            CannotKeepError: There is no room, or the folder cannot be written to.
        """
        sha256 = None if body is None else hashlib.sha256(body).hexdigest()
        with telling(self.folder):
            if body is not None and sha256 is not None:
                _write(self._path(sha256), body)
            append(self.folder / "pages.jsonl", [line(fetched, sha256)])
            if sha256 is not None and fetched.complete:
                known = (fetched.header("etag"), fetched.header("last-modified"), sha256, json.dumps(fetched.headers))
                self.state.execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?)", (fetched.final, *known))

    def _path(self, sha256: str) -> Path:
        return self.folder / "pages" / sha256[:2] / sha256


def line(fetched: Fetched, sha256: str | None) -> str:
    """Return what is known of an answer as one line of JSON, without the line end."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "at": fetched.at,
            "asked": fetched.asked,
            "final": fetched.final,
            "redirects": fetched.redirects,
            "ip": fetched.ip,
            "status": fetched.status,
            "headers": fetched.headers,
            "complete": fetched.complete,
            "sha256": sha256,
        }
    )


def append(path: Path, lines: Sequence[str]) -> int:
    """Add lines to a file, on the disk before this returns, and return the file's size in bytes with them."""
    with path.open("ab") as stream:
        stream.write("".join(f"{one}\n" for one in lines).encode("utf-8", "replace"))
        stream.flush()
        os.fsync(stream.fileno())
        return stream.tell()


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with the folder into a CannotKeepError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise CannotKeepError(f"The state in {folder} cannot be written: {error}.", _REMEDY) from None
        what = f"Another program is using the folder {folder}."
        raise CannotKeepError(what, "Wait until it is done, or name another folder.") from None
    except sqlite3.Error as error:
        what = f"The state in {folder} cannot be read: {error}."
        raise CannotKeepError(what, "Move state.sqlite away; only the memory of what was fetched is lost.") from None
    except OSError as error:
        raise CannotKeepError(f"The folder {folder} cannot be used: {error.strerror}.", _REMEDY) from None


_REMEDY = "Check that you may write there and that there is room, or name another folder."


def _write(path: Path, body: bytes) -> None:
    """Put bytes under their name at once or not at all."""
    if path.is_file() and path.stat().st_size == len(body):
        return
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    for folder in (path.parent, path.parent.parent):
        _settle(folder)


def _settle(folder: Path) -> None:
    """See to it that the names in a folder are on the disk, on systems that open folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def take_back_half_a_line(path: Path) -> None:
    """Cut off a last line that was not written to its end."""
    if not path.is_file():
        return
    with path.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        start = end
        while start > 0:
            before, start = start, max(0, start - 65536)
            stream.seek(start)
            at = stream.read(before - start).rfind(b"\n")
            if at >= 0:
                start += at + 1
                break
        if start < end:
            stream.truncate(start)
