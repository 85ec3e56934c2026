"""What is read at once: a file, a range of its records, or some addresses of one host; named by what is in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Literal

from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.problems import Problem
    from sayso.records import Given

NAME_LENGTH = 40
_STEP = 1 << 20

State = Literal["done", "failed", "left"]


@dataclass(frozen=True, slots=True)
class Part:
    """Something to read at once.

    Attributes:
        name: Hash of what is in it, so that the same records have the same name whoever cuts them, and others never.
        where: The name of the file for people, as it was given; of addresses, what tells them.
        path: The file; None for addresses.
        start: The first byte of a range.
        end: The first byte after it; None for the end of the file.
        line: The number of its first line.
        size: How much it is: bytes; for addresses so many as pages have on the average.
        whole: The size of the whole file when it was cut.
        asked: Addresses, each with its name for people and what is known of its page; all of one host.
    """

    name: str
    where: str
    path: str | None = None
    start: int = 0
    end: int | None = None
    line: int = 1
    size: int = 0
    whole: int = 0
    asked: tuple[tuple[str, str, Given], ...] = ()

    @property
    def called(self) -> str:
        """Its name for people."""
        is_whole = self.path is None or (self.start == 0 and self.end is None)
        return self.where if is_whole else f"{self.where}, from byte {self.start:,}"


@dataclass(slots=True)
class Counts:
    """What reading a part came to.

    `seen` are all pages and `passed` those that the gate let through; `lost` are inputs that gave no report.
    """

    seen: int = 0
    passed: int = 0
    reports: int = 0
    claims: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part.

    Attributes:
        part: Its name.
        where: Its name for people.
        size: How much it is, as its Part says.
        counts: What was read; nothing where it failed.
        problem: Why it failed; None where it is done.
        told: What went wrong in it, as far as it cost a report or is about more than one; the first of these.
    """

    part: str
    where: str
    size: int = 0
    counts: Counts = field(default_factory=Counts)
    problem: Problem | None = None
    told: tuple[Problem, ...] = ()


def is_name(name: str) -> bool:
    """Say whether a word can be a part's name; nothing else is ever looked for on the disk."""
    return len(name) == NAME_LENGTH and set(name) <= set("0123456789abcdef")


def name_of(stream: BinaryIO, path: str, start: int, end: int | None) -> tuple[str, int]:
    """Return the name of a range of a file, and its size in bytes.

    Args:
        stream: The file.
        path: Its path, whose ending may decide how it is read.
        start: The first byte of the range.
        end: The first byte after it; None for the end of the file.
    """
    hashed = hashlib.sha256(f"records {PurePath(path).suffix.lower()}\n".encode("utf-8", "replace"))
    stream.seek(start)
    left, size = end and end - start, 0
    while piece := stream.read(_STEP if left is None else min(_STEP, left - size)):
        hashed.update(piece)
        size += len(piece)
    return hashed.hexdigest()[:NAME_LENGTH], size


def name_of_addresses(asked: Sequence[tuple[str, str, Given]]) -> str:
    """Return the name of some addresses, with what is known of their pages."""
    told = json.dumps([[url, to_plain(given)] for url, _, given in asked])
    return hashlib.sha256(f"addresses\n{told}".encode()).hexdigest()[:NAME_LENGTH]
