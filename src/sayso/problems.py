"""What can go wrong, as values.

Bad input is normal in this field, so it is not an exception: every room returns `Problem` values beside its
results. Exceptions are kept for a caller's mistake.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done, said so that a person can act on it.

    Attributes:
        code: A short stable name in kebab-case, such as ``empty-file``.
        where: The input it happened in: a path, a URL, ``file.jsonl:3``, or a place in a text.
        what: What happened, as one plain sentence.
        remedy: What the user can do about it, as one plain sentence.
        lost: Whether the input gave no report because of it; the program then exits with 1.
    """

    code: str
    where: str
    what: str
    remedy: str
    lost: bool = False


class SaysoError(Exception):
    """The base of the few errors that sayso raises."""


class UsageError(SaysoError, ValueError):
    """A caller asked for something that makes no sense; the message says what to ask instead."""


class NotReadError(SaysoError):
    """An input gave no report; `problems` says why and what to do."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(f"{p.where}: {p.what} {p.remedy}" for p in problems))
