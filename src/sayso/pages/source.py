"""What is read: a file, or a file within a file, with all that must be known to read it safely."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from sayso.pages.streams import Budget, Tape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.pages.url_lists import Layout
    from sayso.problems import Problem
    from sayso.records import Given, Page

    Reader = Callable[["Source"], Iterator[Page | Problem]]
    """What reads a file found within another one."""

DEPTH_LIMIT = 4
"""How deep files may lie within files."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read.

    Attributes:
        tape: Its bytes, to be read forwards.
        where: Where it is, for people.
        name: Its name, whose ending decides where the bytes leave its kind open.
        given: Whether a person named it, rather than a folder, a pattern or an archive that it was found in.
        budget: What the outermost file has unpacked to.
        file: Its bytes, where one can go anywhere in them; zip needs that.
        archive: The outermost archive of many files that it lies in.
        depth: How many files it lies within.
        about: What its container says of it.
        follow: What fetches the addresses that it lists, where it may make anybody ask the web for anything.
    """

    tape: Tape
    where: str
    name: str
    given: bool
    budget: Budget
    file: BinaryIO | None = None
    archive: str | None = None
    depth: int = 0
    about: Given | None = None
    follow: Callable[[bytes, Layout], Iterator[Page | Problem]] | None = None

    @property
    def ending(self) -> str:
        """The ending of its name in small letters, with its dot."""
        return PurePath(self.name).suffix.lower()

    def member(self, tape: Tape, name: str, file: BinaryIO | None = None) -> Source:
        """Return a file that lies within this one, which is an archive of many."""
        return replace(
            self,
            tape=tape,
            where=f"{self.where}/{name}",
            name=name,
            given=False,
            follow=None,
            file=file,
            archive=self.archive or self.where,
            depth=self.depth + 1,
        )


def of_bytes(body: bytes) -> tuple[Tape, BinaryIO]:
    """Return bytes at hand as a `Source` takes them."""
    return Tape(io.BytesIO(body).read), io.BytesIO(body)
