"""The nouns of the ledger: what is written down once and never changed.

Frozen records, standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

EntryKind = Literal["page", "report", "reading", "claim", "decision", "note", "redaction"]
DecisionKind = Literal["accept", "correct", "reject", "add", "merge", "split", "move", "withdraw", "note"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        number: Its place in this ledger, from 1.
        id: Hash of its kind, time, author and content hash: the same in every ledger that holds it.
        kind: What it holds.
        time: When it was first written, ISO 8601 in UTC.
        author: Who wrote it: a person's name, or the program with its version.
        content_sha256: Hash of its content; stays when the content is redacted.
        content: What it holds, as plain JSON values; None once redacted.
        kept: When it came into this ledger, ISO 8601 in UTC; never before that of the entry before it.
        link: Hash of `id`, `kept` and the link of the entry before: what makes the entries a chain.
    """

    number: int
    id: str
    kind: EntryKind
    time: str
    author: str
    content_sha256: str
    content: dict[str, object] | None
    kept: str
    link: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a ledger goes: the number of entries and the last one's link, to be published elsewhere.

    >>> str(Head(3, "9f" * 32))[:12]
    '3:9f9f9f9f9f'
    """

    entries: int
    link: str

    def __str__(self) -> str:
        """Return the form in which it is printed and read."""
        return f"{self.entries}:{self.link}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person ruled; itself an entry of the ledger.

    Attributes:
        kind: What was ruled.
        on: Ids of what it is about: a claim; the claims that belong together or apart (``merge``, ``split``,
            ``move``); a decision (``withdraw``); anything (``note``).
        by: Who ruled.
        why: The reason given, or None.
        set: The fields that it sets, for ``correct`` and ``add``.
        id: The id of its entry; empty until it is written.
        at: When, ISO 8601 in UTC; empty until it is written.
    """

    kind: DecisionKind
    on: tuple[str, ...]
    by: str
    why: str | None = None
    set: dict[str, object] = field(default_factory=dict)
    id: str = ""
    at: str = ""
