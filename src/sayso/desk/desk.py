"""What one running desk has at hand: the ledger, who is signed in, and how it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.desk.sessions import Sessions

if TYPE_CHECKING:
    from sayso.desk.roles import Person
    from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk over a ledger.

    Attributes:
        ledger: The open ledger; several requests may ask it at once.
        owner: Who sits at a desk without accounts, on a laptop; None where people sign in.
        hosts: The names under which browsers may ask for it; requests under other names are refused.
        secure: Whether browsers reach it over TLS, so that its cookie travels over nothing else.
        sessions: Who is signed in.
    """

    ledger: Ledger
    owner: Person | None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    secure: bool = False
    sessions: Sessions = field(default_factory=Sessions)
