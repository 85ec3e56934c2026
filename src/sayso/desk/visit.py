"""One request, once it is known who asks: the ledger, the person and their session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from sayso.desk.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.desk.desk import Desk
    from sayso.desk.roles import Person, Role
    from sayso.desk.sessions import Session
    from sayso.ledger import Ledger

COOKIE = "sayso_desk"
TOKEN_HEADER = "X-Desk-Token"  # noqa: S105 - the name of a header
TOKEN_FIELD = "desk_token"  # noqa: S105 - the name of a field
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and of what.

    Attributes:
        desk: What the program serves.
        session: The session, with what it remembers between pages.
    """

    desk: Desk
    session: Session

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.session.person

    @property
    def ledger(self) -> Ledger:
        """The ledger that the desk is over."""
        return self.desk.ledger

    def say(self, what: str) -> None:
        """Tell something on the next page that the person sees."""
        self.session.said.append(what)


def needs(least: Role) -> Callable[[Request], object]:
    """Return what lets a request through whose person has at least a role, with the session's token where it writes."""

    async def check(request: Request) -> None:
        session = await run_in_threadpool(session_of, request)
        if session is None:
            raise Refusal(401, "You are not signed in, or were for too long.", "Sign in and try again.")
        if not session.person.may(least):
            what = f"This takes the role of {least}, and yours is {session.person.role}."
            raise Refusal(403, what, "Ask whoever keeps the accounts of this desk.")
        if request.method not in _SAFE and not session.accepts(await _token(request)):
            what = "The form does not come from this desk's own page, or from an older session."
            raise Refusal(403, what, "Load the page again and send it from there; nothing was changed.")
        request.state.session = session
        request.state.visit = Visit(request.app.state.desk, session)

    return check


def session_of(request: Request) -> Session | None:
    """Return the session of a request, or None; one of before its account was changed or removed has ended."""
    desk: Desk = request.app.state.desk
    key = request.cookies.get(COOKIE, "")
    session = desk.sessions.find(key)
    if session is None or desk.accounts is None:
        return session
    account = desk.accounts.find(session.person.name)
    if account is not None and account.changes == session.changes:
        return session
    desk.sessions.end(key)
    return None


async def _token(request: Request) -> str:
    stated = request.headers.get(TOKEN_HEADER)
    if stated is not None:
        return stated
    kind = request.headers.get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    form = await request.form()
    field = form.get(TOKEN_FIELD, "")
    return field if isinstance(field, str) else ""


def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


Seen = Annotated[Visit, Depends(_visit)]
"""What a page takes as its first parameter."""
