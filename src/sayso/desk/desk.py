"""What one running desk has at hand: the ledger, who is signed in, and how it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.desk.catching_up import CatchingUp
from sayso.desk.checking import Checking
from sayso.desk.intake import Intake
from sayso.desk.sessions import Sessions

if TYPE_CHECKING:
    from sayso.desk.accounts import Accounts
    from sayso.desk.codings import Codings
    from sayso.desk.roles import Person
    from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk over a ledger.

    Attributes:
        ledger: The open ledger; several requests may ask it at once.
        owner: Who sits at a desk without accounts, on a laptop; None where people sign in.
        accounts: Who may sign in, where several people do; None on a laptop.
        codings: The work given out to several coders; None on a laptop.
        hosts: The names under which browsers may ask for it; requests under other names are refused.
        secure: Whether browsers reach it over TLS, so that its cookie travels over nothing else.
        sessions: Who is signed in.
        catching_up: What puts the incidents together.
        checking: What verifies the ledger.
        intake: What reads reports that people bring.
    """

    ledger: Ledger
    owner: Person | None
    accounts: Accounts | None = None
    codings: Codings | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    secure: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    catching_up: CatchingUp = field(default_factory=CatchingUp)
    checking: Checking = field(default_factory=Checking)
    intake: Intake = field(default_factory=Intake)

    @staticmethod
    def hosts_here(host: str) -> tuple[str, ...]:
        """Return the names under which a desk is asked for that listens at an address."""
        return ("127.0.0.1", "localhost", *([] if host in {"127.0.0.1", "0.0.0.0", "::"} else [host]))  # noqa: S104 - told apart, not bound
