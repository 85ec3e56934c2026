"""The accounts of a desk for several people: names, roles and passwords.

Passwords are kept as Argon2id hashes alone (RFC 9106).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Column, Integer, Table, Text, delete, func, insert, select, update

from sayso.desk.beside import metadata
from sayso.desk.roles import ROLES, Person
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from sayso.desk.beside import Beside
    from sayso.desk.roles import Role

SHORTEST = 12
LONGEST = 200
"""Signs of a password, at least and at most."""

TRIES = 8
"""Wrong passwords for one name within `WINDOW` after which nobody signs in under it for a while."""

TRIES_FROM = 40
"""The same for one address, behind which may be a whole office."""

WINDOW = timedelta(minutes=15)

_AT_ONCE = 2
"""Passwords that are checked at once: each takes 64 MiB for the moment."""

_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,80}")

_accounts = Table(
    "desk_accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("made", Text, nullable=False),
)
"""`changes` counts what was changed of an account: a session of before a change no longer holds."""

_tries = Table(
    "desk_tries",
    metadata,
    Column("of", Text, nullable=False, index=True),
    Column("at", Text, nullable=False, index=True),
)
"""Wrong passwords of late, by the name and by the address."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account.

    Attributes:
        name: The name under which they sign in, and under which what they rule stands in the ledger.
        role: What they may do.
        made: When it was made, ISO 8601 in UTC.
        changes: How often it was changed since.
    """

    name: str
    role: Role
    made: str
    changes: int

    @property
    def person(self) -> Person:
        """Who that is."""
        return Person(self.name, self.role)


class Accounts:
    """The accounts beside one ledger; safe to be asked from several threads and programs.

    Args:
        beside: Where they are kept.
        clock: What tells the time.
    """

    def __init__(self, beside: Beside, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._beside = beside
        self._clock = clock
        self._hasher = PasswordHasher()
        self._few = threading.Semaphore(_AT_ONCE)

    def all(self) -> list[Account]:
        """Return all accounts by name."""
        with self._beside.connection() as connection:
            rows = connection.execute(select(_accounts).order_by(_accounts.c.name))
            return [Account(row.name, row.role, row.made, row.changes) for row in rows]

    def find(self, name: str) -> Account | None:
        """Return an account by its exact name."""
        with self._beside.connection() as connection:
            row = connection.execute(select(_accounts).where(_accounts.c.name == name)).one_or_none()
            return None if row is None else Account(row.name, row.role, row.made, row.changes)

    def make(self, name: str, role: Role, password: str) -> None:
        """Make an account.

        Raises:
            UsageError: The name is taken or cannot be one, or the password is too short.
        """
        name = " ".join(name.split())
        if not _NAME.fullmatch(name):
            raise UsageError("A name has 1 to 80 signs, all of them visible.")
        row = {"name": name, "folded": _folded(name), "role": role, "password": self._hash(name, password)}
        with self._beside.connection() as connection:
            if connection.scalar(select(_accounts.c.name).where(_accounts.c.folded == row["folded"])) is not None:
                raise UsageError(f'There is an account of the name "{name}" already, or of one like it.')
            connection.execute(insert(_accounts).values(**row, changes=0, made=self._clock().isoformat()))

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give an account another role or password; whoever is signed in under it signs in again.

        Raises:
            UsageError: There is no such account, it is the last admin's, or the password is too short.
        """
        values: dict[str, object] = {} if role is None else {"role": role}
        if password is not None:
            values["password"] = self._hash(name, password)
        with self._beside.connection() as connection:
            if role is not None and role != "admin":
                self._keep_an_admin(connection, name)
            changed = update(_accounts).where(_accounts.c.name == name)
            if connection.execute(changed.values(**values, changes=_accounts.c.changes + 1)).rowcount == 0:
                raise _no_account(name)

    def remove(self, name: str) -> None:
        """Remove an account; what the person ruled stays in the ledger under their name.

        Raises:
            UsageError: There is no such account, or it is the last admin's.
        """
        with self._beside.connection() as connection:
            self._keep_an_admin(connection, name)
            if connection.execute(delete(_accounts).where(_accounts.c.name == name)).rowcount == 0:
                raise _no_account(name)

    def sign_in(self, name: str, password: str, address: str) -> Account | None:
        """Return the account whose name and password these are, or None.

        Args:
            name: The name as it was typed; capitals and blanks around it do not matter.
            password: The password as it was typed.
            address: Where it came from.

        Raises:
            TooManyTriesError: There were too many wrong ones of late.
        """
        since = (self._clock() - WINDOW).isoformat()
        folded, place = f"name {_folded(name)}", f"from {address}"
        with self._beside.connection() as connection:
            connection.execute(delete(_tries).where(_tries.c.at < since))
            for of, most in ((folded, TRIES), (place, TRIES_FROM)):
                if (connection.scalar(select(func.count()).where(_tries.c.of == of)) or 0) >= most:
                    raise TooManyTriesError
            row = connection.execute(select(_accounts).where(_accounts.c.folded == _folded(name))).one_or_none()
        # A name that nobody has takes as long as one with a wrong password.
        right = self._fits(row.password if row is not None else self._nobody(), password) and row is not None
        with self._beside.connection() as connection:
            if right:
                connection.execute(delete(_tries).where(_tries.c.of == folded))
            else:
                at = self._clock().isoformat()
                connection.execute(insert(_tries), [{"of": folded, "at": at}, {"of": place, "at": at}])
        return Account(row.name, row.role, row.made, row.changes) if right and row is not None else None

    def _keep_an_admin(self, connection: Connection, name: str) -> None:
        admins = connection.scalars(select(_accounts.c.name).where(_accounts.c.role == "admin")).all()
        if list(admins) == [name]:
            raise UsageError(f'"{name}" is the last admin; make another one first.')

    def _hash(self, name: str, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise UsageError(f"A password has {SHORTEST} to {LONGEST} signs.")
        if _folded(password) == _folded(name):
            raise UsageError("A password is not the name.")
        with self._few:
            return self._hasher.hash(_plain(password))

    def _fits(self, kept: str, password: str) -> bool:
        if len(password) > LONGEST:
            return False
        with self._few:
            try:
                return self._hasher.verify(kept, _plain(password))
            except (VerificationError, InvalidHashError):
                return False

    def _nobody(self) -> str:
        if not hasattr(self, "_nobodys"):
            self._nobodys = self._hasher.hash("nobody has this password")
        return self._nobodys


class TooManyTriesError(Exception):
    """There were too many wrong passwords of late."""


def role_of(stated: str) -> Role:
    """Return a role by its name.

    Raises:
        UsageError: There is no such role.
    """
    if stated not in ROLES:
        raise UsageError(f'"{stated[:40]}" is no role; it is one of {", ".join(ROLES)}.')
    return stated


def _no_account(name: str) -> UsageError:
    return UsageError(f'There is no account of the name "{name[:80]}".')


def _folded(name: str) -> str:
    """Return a name without what people type in one way today and in another tomorrow."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _plain(password: str) -> str:
    """Return a password as it is hashed: the same however a keyboard composes its accents."""
    return unicodedata.normalize("NFC", password)
