"""What the desk does not do, and why: one error, told as a page or as JSON."""

from __future__ import annotations

from pydantic import BaseModel


class Refusal(Exception):  # noqa: N818 - it is no fault of the program's
    """A request that is not met.

    Args:
        status: The status of the answer.
        what: What stands in the way, as one plain sentence.
        remedy: What the person can do about it, as one plain sentence.
        href: Where they can do it, or None.
    """

    def __init__(self, status: int, what: str, remedy: str, href: str | None = None) -> None:
        self.status = status
        self.href = href
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}")


class Refused(BaseModel):
    """Why a request was not met.

    Attributes:
        status: The status of the answer.
        what: What stands in the way.
        remedy: What to do about it.
        href: Where it can be done, or None.
    """

    status: int
    what: str
    remedy: str
    href: str | None = None


class Unsent(Refusal):
    """A form that was not taken, shown again with what the person had filled in.

    Args:
        told: Why it was not taken.
        template: The template of the page that shows it.
        page: What that shows.
        part: Which part of that page a script puts in place of what it has there, as a CSS selector of one element.
    """

    def __init__(self, told: Refused, template: str, page: BaseModel, part: str) -> None:
        super().__init__(told.status, told.what, told.remedy)
        self.template = template
        self.page = page
        self.headers = {"HX-Retarget": part, "HX-Reselect": part, "HX-Reswap": "outerHTML"}


_STATUSES = {
    "ambiguous-id": 409,
    "claim-there": 409,
    "incident-emptied": 410,
    "incidents-behind": 409,
    "ledger-read-only": 403,
    "not-in-force": 409,
    "redacted": 410,
    "redacted-already": 410,
    "ruled-meanwhile": 409,
}


def status_of(code: str) -> int:
    """Return the status that goes with a ledger's problem: 404 where nothing has an id, 503 where it cannot be asked.

    >>> status_of("no-such-claim"), status_of("ruled-meanwhile"), status_of("ledger-locked")
    (404, 409, 503)
    """
    return _STATUSES.get(code, 404 if code.startswith("no-such-") else 503)
