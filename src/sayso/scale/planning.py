"""Inputs cut into parts: files by their records, addresses by their hosts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.pages import files, ranges, url_lists
from sayso.pages.addresses import RefusedAddressError, is_address, parse
from sayso.pages.kinds import HEAD, kind_of
from sayso.problems import Problem
from sayso.records import Given
from sayso.scale.folder import Planned
from sayso.scale.parts import Part, name_of, name_of_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.pages.ranges import Sizes

AT_ONCE = 200
"""Addresses in one part: at two seconds each they take some minutes."""

LIST_LIMIT = 500_000_000
"""The largest list of inputs or addresses, in bytes; it is held in memory."""

_PAGE = 50_000
"""Bytes that a page is taken for before it was fetched."""


@dataclass(frozen=True, slots=True)
class File:
    """A file among the inputs: its full path, its name for people, its size and when it was last changed."""

    path: str
    where: str
    size: int
    changed: int


@dataclass(slots=True)
class Inputs:
    """What the inputs name: files, addresses (each with its name and what is known of its page), and problems."""

    files: dict[str, File]
    addresses: dict[str, tuple[str, str, Given]]
    problems: list[Problem]


def look_up(names: Sequence[str], lists: Sequence[str] = ()) -> Inputs:
    """Find what inputs name; nothing is fetched, and only lists are read.

    Args:
        names: Paths of files and folders, patterns, addresses, and files with lists of addresses.
        lists: Files that name inputs, one a line.
    """
    found = Inputs({}, {}, [])
    for name in names:
        _input(name, found)
    for path in lists:
        for name in _lines(path, found):
            _input(name, found)
    return found


def _lines(path: str, found: Inputs) -> Iterator[str]:
    try:
        body = _whole(path)
    except OSError as error:
        found.problems.append(files.unreadable(path, error))
        return
    for line in body.decode("utf-8-sig", "surrogateescape").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _whole(path: str) -> bytes:
    with files.opened(path) as stream:
        body = stream.read(LIST_LIMIT + 1) if stream is not None else b""
    if len(body) > LIST_LIMIT:
        raise OSError(0, f"A list may have {LIST_LIMIT // 1_000_000} MB; cut it into several")
    return body


def _input(name: str, found: Inputs) -> None:
    if is_address(name):
        _address(name.strip(), name.strip(), Given(), found)
        return
    for one in files.found(name):
        if isinstance(one, Problem):
            found.problems.append(one)
            continue
        path, named = one
        try:
            if named and (listed := _list(path)):
                _listed(path, listed, found)
                continue
            status = Path(path).stat()
        except OSError as error:
            found.problems.append(files.unreadable(path, error))
            continue
        full = os.path.abspath(path)  # noqa: PTH100 - links stay as they are named
        found.files.setdefault(full, File(full, path, status.st_size, status.st_mtime_ns))


def _list(path: str) -> url_lists.Layout | None:
    """Tell whether a file that a person named is a list of addresses."""
    with files.opened(path) as stream:
        head = stream.read(HEAD) if stream is not None else b""
    return url_lists.layout(head) if head and kind_of(head, path) == "text/plain" else None


def _listed(path: str, layout: url_lists.Layout, found: Inputs) -> None:
    for one in url_lists.addresses(_whole(path), files.shown(path), layout):
        if isinstance(one, Problem):
            found.problems.append(one)
        else:
            _address(one.url, one.where, one.given, found)


def _address(url: str, where: str, given: Given, found: Inputs) -> None:
    try:
        found.addresses.setdefault(parse(url).url, (url, where, given))
    except RefusedAddressError as error:
        found.problems.append(Problem("not-an-address", where, str(error), "Mend it, or take it out.", lost=True))


def plan_file(file: File, sizes: Sizes) -> Planned | Problem:
    """Cut a file into parts, and name each by what is in it. The file is read once, or twice where it is cut.

    Args:
        file: The file.
        sizes: How large parts become.
    """
    try:
        with files.opened(file.path) as stream:
            if stream is None:
                return files.no_file(file.where)
            cuts = ranges.cut(stream, file.path, sizes)
            parts = []
            for one in cuts:
                name, size = name_of(stream, file.path, one.start, one.end)
                parts.append(
                    Part(name, files.shown(file.where), file.path, one.start, one.end, one.line, size, file.size)
                )
            return Planned(file.path, file.size, file.changed, tuple(parts))
    except OSError as error:
        return files.unreadable(file.where, error)


def plan_hosts(addresses: Iterable[tuple[str, str, Given]]) -> list[Planned]:
    """Put addresses into parts, those of each host by themselves, so that nobody asks a host twice at once."""
    by_host: dict[str, list[tuple[str, str, Given]]] = {}
    for one in addresses:
        by_host.setdefault(parse(one[0]).host, []).append(one)
    return [Planned(f"host:{host}", parts=tuple(_of_host(host, asked))) for host, asked in by_host.items()]


def _of_host(host: str, asked: list[tuple[str, str, Given]]) -> Iterator[Part]:
    for start in range(0, len(asked), AT_ONCE):
        some = tuple(asked[start : start + AT_ONCE])
        where = f"{host}, addresses {start + 1} to {start + len(some)}"
        yield Part(name_of_addresses(some), where, size=_PAGE * len(some), asked=some)


def merged(before: Iterable[Planned], now: Iterable[Planned]) -> list[Planned]:
    """Return a plan that goes on from the one before: what was planned keeps its place, what is cut anew its own."""
    found = {one.source: one for one in before}
    for one in now:
        is_host = one.source.startswith("host:")
        known = {part.name for part in found[one.source].parts} if is_host and one.source in found else set()
        more = tuple(part for part in one.parts if part.name not in known)
        # A host's addresses of an earlier run stay; a file that was cut anew has no other parts any more.
        found[one.source] = Planned(one.source, parts=(*found[one.source].parts, *more)) if known else one
    return list(found.values())
