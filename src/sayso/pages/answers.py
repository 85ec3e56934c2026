"""What the status and the headers of an answer from the web mean."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from sayso.pages.addresses import Address, RefusedAddressError, parse
from sayso.problems import Problem

if TYPE_CHECKING:
    from sayso.pages.asking import Answer

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that name another address."""

PASSING = frozenset({429, 500, 502, 503, 504})
"""Statuses of a host that may answer otherwise the next time."""

LATER = "Try again later."
"""What to do about most of these."""

_OF_THE_BODY = frozenset({"content-encoding", "content-type", "content-range", "content-length"})
_LONGEST_WAIT = 1e9


def redirected(address: Address, answer: Answer) -> Address:
    """Return the address that a redirect leads to."""
    location = answer.header("location")
    if not location:
        what = f"The host redirects (status {answer.status}) without saying where to."
        raise RefusedAddressError("broken-answer", what, "Open it in a browser, and give the address it ends at.")
    try:
        # Header bytes come as Latin-1; a path in UTF-8 is common all the same.
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        location = quote(location, safe="%/:=&?~#+!$,;'@()*[]", encoding="latin-1")
    try:
        target = urljoin(address.url, location)
    except ValueError:
        target = ""
    try:
        return parse(target)
    except RefusedAddressError as error:
        what = f"The host redirects to an address that is not followed. {error}"
        raise RefusedAddressError(error.code, what, error.remedy) from None


def retry_after(answer: Answer) -> float:
    """Return the seconds that a Retry-After header asks for, in either of its forms (RFC 9110, 10.2.3)."""
    stated = (answer.header("retry-after") or "").strip()
    if stated.isascii() and stated.isdigit():
        return min(float(stated), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(stated)
        return min(max(0.0, until.timestamp() - time.time()), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def brought_up_to_date(
    held: tuple[tuple[str, str], ...], sent: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return the headers of a held page with those of a 304 in their place (RFC 9111, 3.2)."""
    names = {name.lower() for name, _ in sent} - _OF_THE_BODY
    kept = tuple(pair for pair in held if pair[0].lower() not in names)
    return (*kept, *(pair for pair in sent if pair[0].lower() in names))


def no_page(answer: Answer, where: str) -> Problem:
    """Say why an answer is no page that can be read."""
    status = answer.status
    if status in {200, 203}:
        what = f"Nothing of the page could be read: {answer.cut}."
        return Problem("broken-answer", where, what, "Try again later, or save the page from a browser.", lost=True)
    words, remedy = _STATUSES.get(status) or _STATUS_CLASSES.get(status // 100) or _ODD
    return Problem("no-page", where, f"The host answered with status {status}: {words}.", remedy, lost=True)


_BROWSER = "Open it in a browser; what you can see there you can save and read as a file."
_STATUSES = {
    401: ("it wants a login", _BROWSER),
    402: ("it wants to be paid", _BROWSER),
    403: ("it does not give the page to programs, or to nobody", _BROWSER),
    404: ("there is no such page, or no longer", "Check the address; an archive may hold the page."),
    410: ("the page was taken down", "An archive may hold the page."),
    429: ("it has been asked too often", LATER),
    451: ("the page is withheld for legal reasons", "An archive may hold the page."),
    503: ("it is overloaded or closed", LATER),
}
_STATUS_CLASSES = {
    2: ("there is no page in the answer", _BROWSER),
    4: ("it refuses the request", _BROWSER),
    5: ("it has trouble of its own", LATER),
}
_ODD = ("this means nothing to a reader", _BROWSER)
