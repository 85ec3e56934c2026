"""Who is signed in: sessions in memory, which end with the program, and the tokens that forms carry.

A session's key lies in the browser's cookie alone; here only its hash is kept. Forms carry a token of the session, so
that no other site can send them in a person's name. The token is masked anew each time it is written into a page:
pages are sent compressed, and a value that never changes could be guessed from their lengths.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.desk.roles import Person

LONGEST = 12 * 3600.0
"""Seconds after which one signs in again."""

_BYTES = 32


@dataclass(slots=True)
class Session:
    """One person at one browser.

    Attributes:
        person: Who it is.
        token: What forms must carry, as bytes.
        changes: How often the person's account had been changed when they signed in.
        began: When, in seconds of the clock that the sessions go by.
        said: What is told on the next page, once.
        names: Whether names of people harmed are shown in lists and pictures.
    """

    person: Person
    token: bytes
    began: float
    changes: int = 0
    said: list[str] = field(default_factory=list)
    names: bool = False

    def form_token(self) -> str:
        """Return the token as a page carries it."""
        mask = secrets.token_bytes(_BYTES)
        return (mask + _masked(self.token, mask)).hex()

    def accepts(self, stated: str) -> bool:
        """Say whether a form's token is this session's."""
        try:
            sent = bytes.fromhex(stated)
        except ValueError:
            return False
        mask, masked = sent[:_BYTES], sent[_BYTES:]
        return len(masked) == _BYTES and secrets.compare_digest(_masked(masked, mask), self.token)


class Sessions:
    """The sessions of one desk; safe to be asked from several threads.

    Args:
        clock: What tells the time, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._links: set[str] = set()
        self._lock = threading.Lock()

    def start(self, person: Person, changes: int = 0) -> str:
        """Begin a session and return its key, for the browser's cookie alone.

        Args:
            person: Who it is.
            changes: How often their account was changed until now.
        """
        key = secrets.token_urlsafe(_BYTES)
        now = self._clock()
        with self._lock:
            self._sessions = {name: one for name, one in self._sessions.items() if now - one.began < LONGEST}
            self._sessions[_hashed(key)] = Session(person, secrets.token_bytes(_BYTES), now, changes)
        return key

    def find(self, key: str) -> Session | None:
        """Return the session of a key, or None where there is none any more."""
        with self._lock:
            session = self._sessions.get(_hashed(key))
            return session if session is not None and self._clock() - session.began < LONGEST else None

    def end(self, key: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_hashed(key), None)

    def link(self) -> str:
        """Return the key of a link that opens the desk once, for the one who started it."""
        key = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._links.add(_hashed(key))
        return key

    def use_link(self, key: str) -> bool:
        """Say whether a link's key opens the desk, and let it do so no more."""
        with self._lock:
            if _hashed(key) not in self._links:
                return False
            self._links.remove(_hashed(key))
            return True


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def _masked(token: bytes, mask: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(token, mask, strict=True))
