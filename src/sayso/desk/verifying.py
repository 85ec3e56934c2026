"""The page of verifying: whether the ledger is as it was written."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from pydantic import BaseModel

from sayso.desk.routes import Pages
from sayso.desk.visit import Seen  # noqa: TC001 - FastAPI reads the annotations
from sayso.verifying import head_of

pages = Pages()


class Wrong(BaseModel):
    """Something that is not as it was written.

    Attributes:
        where: The entry.
        what: What is wrong.
        remedy: What to do about it.
    """

    where: str
    what: str
    remedy: str


class Verification(BaseModel):
    """What came of verifying the ledger, or how far it is.

    Attributes:
        head: How far the ledger goes now.
        by: Who asked for the last verifying; None where nobody has since the desk was started.
        began: When it began, ISO 8601 in UTC.
        ended: When it ended; None while it goes on.
        fault: Why it could not be done, or None.
        verified: The head up to which it was verified; None while it goes on.
        pages: How many pages' bytes were found as they were fetched.
        claims: How many claims were found in the words of their reports.
        redacted: How many entries and pages are without content because a redaction took it.
        wrong: What is wrong, the first entry first; empty where nothing is.
        more: How much more is wrong than is listed.
    """

    head: str
    by: str | None = None
    began: str | None = None
    ended: str | None = None
    fault: str | None = None
    verified: str | None = None
    pages: int = 0
    claims: int = 0
    redacted: int = 0
    wrong: list[Wrong] = []
    more: int = 0


@pages.page("/verify", "verify.html")
def verification(visit: Seen) -> Verification:
    """Return what came of verifying the ledger last, or that it goes on."""
    head = str(visit.ledger.head())
    last = visit.desk.checking.last
    if last is None:
        return Verification(head=head)
    page = Verification(head=head, by=last.by, began=last.began, ended=last.ended, fault=last.fault)
    if last.found is None:
        return page
    found = last.found
    page.verified = str(found.head)
    page.pages, page.claims, page.redacted, page.more = found.pages, found.claims, found.redacted, found.more
    page.wrong = [Wrong(where=one.where, what=one.what, remedy=one.remedy) for one in found.problems]
    return page


@pages.act("/verify", least="coder")
def verify(visit: Seen, against: Annotated[str, Form(max_length=200)] = "") -> str:
    """Verify the ledger from its first entry on, and against a head that was published, where one is given."""
    head = head_of(against) if against.strip() else None
    if not visit.desk.checking.begin(visit.ledger, visit.person.name, head):
        visit.say("The ledger is being verified already.")
    return "/verify"
