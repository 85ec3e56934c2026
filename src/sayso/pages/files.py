"""Files, folders, patterns and standard input to pages, in a fixed order, whatever stands in them."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from sayso.pages import contents, url_lists
from sayso.pages.addresses import is_address
from sayso.pages.online import Online
from sayso.pages.source import Source
from sayso.pages.streams import Budget, OverLimitError, Tape
from sayso.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.records import Page

STDIN = "-"
_PLACE = re.compile(r"(.+)@(\d{1,18})(-?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read.

    Attributes:
        path: Its name.
        given: Whether a person named it, not a folder or a pattern that it was found by.
        at: The place in a web archive from which to read, or None for all of any file.
        only: Whether to read the record at that place alone.
    """

    path: str
    given: bool
    at: int | None = None
    only: bool = False


def pages(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, keep: Path | None = None
) -> Iterator[Page | Problem]:
    """Read every input in turn; what cannot be read is a problem beside the rest.

    Args:
        inputs: Addresses on the web, paths of files and folders, patterns (``*``, ``?``, ``[]`` and ``**`` for folders
            of any depth), or ``-`` for standard input. Folders are walked in sorted order; names that begin with a dot
            are passed over there, and links that lead round in a circle are followed once.
            ``archive.warc.gz@PLACE`` is the one record of a web archive that begins at that place, and
            ``archive.warc.gz@PLACE-`` all from there on.
        stdin: What ``-`` reads; the process's own standard input when left out.
        keep: A folder in which pages from the web are kept before they are read.

    Yields:
        Pages and problems in the order of the inputs. A problem has `lost` set where a report may have been lost by
        it: not for an image or an archive that merely lies in a folder beside the reports.
    """
    with Online(keep) as online:
        for name in inputs:
            if name == STDIN:
                yield from _standard_input(stdin or sys.stdin.buffer, online)
                continue
            if is_address(name):
                yield from online.pages(name.strip(), open_page=in_bytes)
                continue
            for found in _files(name):
                if isinstance(found, Problem):
                    yield found
                else:
                    yield from _file(found, online)


def count(inputs: Sequence[str]) -> int:
    """Count the files and addresses that `pages` will open for these inputs, without opening any."""
    return sum(
        1 if name == STDIN or is_address(name) else sum(isinstance(found, _File) for found in _files(name))
        for name in inputs
    )


def found(name: str) -> Iterator[tuple[str, bool] | Problem]:
    """Find the files that one input names, without opening any.

    Yields:
        The path of each and whether a person named it; a place in an archive is not looked at.
    """
    for one in _files(name):
        yield one if isinstance(one, Problem) else (one.path, one.given)


def in_bytes(body: bytes, where: str) -> Iterator[Page | Problem]:
    """Read bytes that came from elsewhere as a file that somebody named would be read.

    Args:
        body: The bytes.
        where: What they are called; its ending tells their kind where the bytes leave it open.
    """
    yield from _stream(io.BytesIO(body), _File(where, given=True), seekable=True)


def _files(name: str) -> Iterator[_File | Problem]:
    """Find the files that one input names."""
    if os.path.lexists(name):
        if not Path(name).is_dir():
            yield _File(name, given=True)
            return
        found: Iterator[_File | Problem] = _walk(name)
    else:
        place = _PLACE.fullmatch(name)
        if place and _is_file(place[1]):
            yield _File(place[1], given=True, at=int(place[2]), only=not place[3])
            return
        found = _matches(name) if has_magic(name) else iter(())
    empty = True
    for file in found:
        empty = False
        yield file
    if empty:
        what = "There are no files in this folder." if os.path.lexists(name) else "Nothing has this name."
        yield Problem("no-such-file", shown(name), what, "Check the name and the folder you are in.", lost=True)


def _walk(top: str) -> Iterator[_File | Problem]:
    """Yield the files below a folder, sorted by path; each folder once, so that circles of links end."""
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = Path(path).stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _File(path, given=False)
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(entry for entry in os.listdir(path) if not entry.startswith("."))  # noqa: PTH208 - names, not paths
        except OSError as error:
            yield unreadable(path, error)
            continue
        waiting.extend(os.path.join(path, entry) for entry in reversed(names))  # noqa: PTH118 - keeps "./" as given


def _matches(pattern: str) -> Iterator[_File | Problem]:
    """Yield the files that a pattern matches, sorted; a folder that it matches is walked unless it has ``**``."""
    parts = PurePath(pattern).parts
    if "**" not in parts:
        for path in sorted(_glob(pattern)):
            yield from _walk(path)
        return
    at = parts.index("**")
    # glob's own ** follows links in circles, so the folders below are walked here.
    tops = sorted(_glob(str(PurePath(*parts[:at])))) if at else [os.curdir]
    for top in tops:
        for found in _walk(top):
            below = PurePath(found.path).relative_to(top).parts if isinstance(found, _File) else ()
            if isinstance(found, Problem) or _fits(below, parts[at:]):
                yield found


def _glob(pattern: str) -> list[str]:
    try:
        return glob(pattern)  # noqa: PTH207 - Path.glob knows no absolute patterns
    except (OSError, ValueError):
        return []


def _fits(names: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Say whether the names of a path fit the parts of a pattern, ``**`` standing for any number of folders."""
    if not pattern:
        return not names
    if pattern[0] == "**":
        rest = pattern[1:]
        if not rest or rest[0] == "**":
            return bool(names) if not rest else _fits(names, rest)
        return any(_fits(names[skip:], rest) for skip in range(len(names)))
    return bool(names) and fnmatchcase(names[0], pattern[0]) and _fits(names[1:], pattern[1:])


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _standard_input(stream: BinaryIO, online: Online) -> Iterator[Page | Problem]:
    where = "standard input"
    try:
        yield from _stream(stream, _File(where, given=True), online, seekable=False)
    except (OSError, ValueError) as error:
        yield unreadable(where, error)


def _file(file: _File, online: Online) -> Iterator[Page | Problem]:
    try:
        with opened(file.path) as stream:
            if stream is not None:
                yield from _stream(stream, file, online, seekable=True)
            else:
                yield no_file(shown(file.path))
    except OSError as error:
        yield unreadable(file.path, error)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO | None]:
    """Open a file to be read; give None where the name turns out to be that of a pipe, a device or a socket.

    Raises:
        OSError: It cannot be opened.
    """
    # Not to wait for a writer where the name turns out to be a pipe.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123 - opens the descriptor just checked
        yield stream if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else None


def no_file(where: str) -> Problem:
    """Say that a name is of no file."""
    what = "This is a pipe, a device or a socket, not a file."
    remedy = 'Name a file, or send the text to standard input and give "-".'
    return Problem("not-a-file", where, what, remedy, lost=True)


def _stream(stream: BinaryIO, file: _File, online: Online | None = None, *, seekable: bool) -> Iterator[Page | Problem]:
    where, budget = shown(file.path), Budget()

    def follow(body: bytes, listed: url_lists.Layout) -> Iterator[Page | Problem]:
        if online:
            yield from url_lists.pages(body, where, listed, online, in_bytes)

    source = Source(
        tape=Tape(stream.read, count=budget.feed),
        where=where,
        name=file.path,
        given=file.given,
        budget=budget,
        file=stream if seekable else None,
        # A file that merely lies in a folder makes nobody ask the web for anything, and neither does a page from there.
        follow=follow if online and file.given else None,
    )
    try:
        yield from contents.pages(source) if file.at is None else contents.from_place(source, file.at, only=file.only)
    except OverLimitError as error:
        what = f"{error}, so the rest of it was left."
        remedy = "If you trust it, unpack it, and give what it holds."
        yield Problem("over-limit", source.where, what, remedy, lost=True)


def unreadable(path: str, error: Exception) -> Problem:
    """Say why a file cannot be read."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    what = f"It cannot be read: {reason}."
    return Problem("unreadable", shown(path), what, "Check that it exists and that you may read it.", lost=True)


def shown(path: str) -> str:
    """Return a path that can be printed: names of files may hold bytes that are no text."""
    return path.encode("utf-8", "replace").decode()
