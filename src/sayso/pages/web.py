"""Pages from the web: asked for politely, kept before anything reads them.

The manners: robots.txt is heeded, requests name the program, one host is asked at a time and not too often, a page
that is held is asked for only where it has changed, and a host that is overrun is left alone for as long as it asks.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from sayso import __version__
from sayso.pages.addresses import Address, RefusedAddressError, network_addresses, parse
from sayso.pages.asking import Answer, NoAnswer, ask
from sayso.pages.keep import CannotKeepError
from sayso.pages.robots import Rules, read_rules
from sayso.problems import Problem
from sayso.records import Fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sayso.pages.keep import Held, Keep
    from sayso.settings import Web

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({429, 500, 502, 503, 504})
_ROBOTS_REDIRECTS = 5
_ROBOTS_BYTES = 4_000_000
_RULES_HOLD = 24 * 3600.0
"""Seconds for which a robots.txt is not asked for again (RFC 9309, 2.4)."""
_RULES_LACK = 300.0
"""Seconds after which a robots.txt that could not be had is asked for again."""

_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.8"


class NotFetchedError(Exception):
    """An address gave no page; `problem` says why, and `fetched` what is known of the answer, where there was one."""

    def __init__(self, problem: Problem, fetched: Fetched | None = None) -> None:
        super().__init__(problem.what)
        self.problem = problem
        self.fetched = fetched


@dataclass(frozen=True, slots=True)
class Got:
    """An answer that can be used.

    Attributes:
        fetched: What is known of it.
        body: The bytes; those that were held where the status is 304.
        cut: Why they are not whole, as the end of a sentence; empty where they are.
    """

    fetched: Fetched
    body: bytes
    cut: str = ""


class Fetcher:
    """Asks for pages, one at a time, and remembers what each host asked for itself.

    Args:
        settings: How to ask, and whom.
        keep: The folder to keep pages in, where there is one.
    """

    def __init__(self, settings: Web, keep: Keep | None = None) -> None:
        self.settings = settings
        self.keep = keep
        contact = f" ({settings.contact})" if settings.contact else ""
        self._headers = {"User-Agent": f"sayso/{__version__}{contact}", "Accept": _ACCEPT}
        # By host, on the monotonic clock: when its next page is due, and until when it asked to be left alone.
        self._due: dict[str, float] = {}
        self._closed: dict[str, float] = {}
        self._down: set[str] = set()
        # By origin: its rules, and when they are to be asked for again.
        self._rules: dict[str, tuple[Rules | Problem, float]] = {}

    def page(self, url: str, where: str) -> Got:
        """Fetch a page, and keep it where there is a folder to keep it in.

        Args:
            url: The address to ask for.
            where: Its name for problems.

        Raises:
            NotFetchedError: There is no page to be had, or it could not be kept.
        """
        keep = self.keep
        try:
            try:
                got = self.get(url, where, keep.held if keep else None)
            except NotFetchedError as error:
                # That a page is gone may matter as much as what it said.
                if keep and error.fetched:
                    keep.keep(error.fetched, None)
                raise
            if keep:
                keep.keep(got.fetched, got.body)
        except CannotKeepError as error:
            raise NotFetchedError(Problem("cannot-keep", where, str(error), error.remedy, lost=True)) from None
        return got

    def get(self, url: str, where: str, held: Callable[[str], Held | None] | None = None) -> Got:
        """Fetch an address without keeping anything.

        Args:
            url: The address to ask for.
            where: Its name for problems.
            held: What is held of an address, if anything; a page that has not changed is then not sent again.

        Raises:
            NotFetchedError: There is no answer that can be used.
        """
        try:
            address, answer, redirects, before = self._followed(parse(url), where, held or _nothing_held)
        except RefusedAddressError as error:
            raise NotFetchedError(Problem(error.code, where, str(error), error.remedy, lost=True)) from None
        fetched = Fetched(
            asked=url,
            final=address.url,
            redirects=redirects,
            status=answer.status,
            headers=answer.headers,
            at=answer.at,
            ip=answer.ip,
            complete=not answer.cut,
        )
        if answer.status == 304 and before is not None:
            return Got(replace(fetched, headers=_brought_up_to_date(before.headers, answer.headers)), before.body)
        if answer.status in {200, 203} and (answer.body or not answer.cut):
            return Got(fetched, answer.body, answer.cut)
        raise NotFetchedError(_no_page(answer, where), fetched)

    def _followed(
        self, address: Address, where: str, held: Callable[[str], Held | None]
    ) -> tuple[Address, Answer, tuple[tuple[int, str], ...], Held | None]:
        """Ask for an address and follow where it leads; return where that ended, with what was held of it before."""
        redirects: list[tuple[int, str]] = []
        seen = {address.url}
        while True:
            before = held(address.url)
            answer = self._politely(address, before.conditions if before else {}, where, first=not redirects)
            if answer.status not in _REDIRECTS:
                return address, answer, tuple(redirects), before
            address = _redirected(address, answer)
            redirects.append((answer.status, address.url))
            if address.url in seen or len(redirects) > self.settings.redirects:
                raise RefusedAddressError(*_CIRCLE)
            seen.add(address.url)

    def wait_for(self, url: str) -> float:
        """Return the seconds for which the host of an address is still to be left alone, 0 where it is not."""
        try:
            host = parse(url).host
        except RefusedAddressError:
            return 0.0
        return max(0.0, self._due.get(host, 0.0) - time.monotonic(), self._closed.get(host, 0.0) - time.monotonic())

    def _politely(self, address: Address, conditions: Mapping[str, str], where: str, *, first: bool) -> Answer:
        """Ask for one address as its host wants to be asked."""
        # Before robots.txt is asked for: nothing at all is sent to a host that may not be asked.
        network_addresses(address, self.settings)
        rules = self._rules_of(address)
        if isinstance(rules, Problem):
            raise NotFetchedError(replace(rules, where=where))
        if rules.closed:
            what = "The host has trouble giving its robots.txt, so the page was not asked for."
            raise NotFetchedError(Problem("robots-unreachable", where, what, _LATER, lost=True))
        if not rules.may_fetch(address.url):
            what = "The host's robots.txt asks programs to leave this page alone."
            remedy = "Save it from a browser and read the file, or ask the host."
            raise NotFetchedError(Problem("robots-refuse", where, what, remedy, lost=True))
        if first:
            self._wait(address.host, self._due.get(address.host, 0.0), where)
        try:
            return self._until_answered(address, {**self._headers, **conditions}, where)
        finally:
            self._due[address.host] = time.monotonic() + max(self.settings.delay, rules.delay)

    def _until_answered(
        self, address: Address, headers: Mapping[str, str], where: str, *, limit: int | None = None
    ) -> Answer:
        """Ask, and ask again after passing failures."""
        host = address.host
        retries = 0 if host in self._down else self.settings.retries
        answer: Answer | NoAnswer
        for attempt in range(retries + 1):
            self._wait(host, self._closed.get(host, 0.0), where)
            answer = self._once(address, headers, limit)
            pause = self.settings.backoff * 2.0**attempt
            if isinstance(answer, Answer):
                self._down.discard(host)
                if answer.status in _PASSING:
                    pause = max(pause, _retry_after(answer))
                elif not answer.cut:
                    return answer
            elif not answer.passing:
                break
            self._closed[host] = time.monotonic() + pause
        if isinstance(answer, Answer):
            return answer
        if answer.down:
            self._down.add(host)
        raise NotFetchedError(Problem(answer.code, where, answer.what, answer.remedy, lost=True))

    def _once(self, address: Address, headers: Mapping[str, str], limit: int | None) -> Answer | NoAnswer:
        try:
            # Looked up and checked anew each time; the connection is made to what was checked.
            ips = network_addresses(address, self.settings)
        except RefusedAddressError as error:
            if not error.passing:
                raise
            return NoAnswer(error.code, str(error), error.remedy, passing=True)
        return ask(address, ips, headers, self.settings, limit=limit)

    def _wait(self, host: str, until: float, where: str) -> None:
        pause = max(until, self._closed.get(host, 0.0)) - time.monotonic()
        if pause > self.settings.longest_wait:
            at = datetime.fromtimestamp(time.time() + pause, UTC)
            what = f"The host {host} asks to be left alone until {at:%Y-%m-%d %H:%M:%S} UTC."
            remedy = "Ask again after that, or raise web.longest_wait to have the program wait."
            raise NotFetchedError(Problem("asked-to-wait", where, what, remedy, lost=True))
        if pause > 0:
            time.sleep(pause)

    def _rules_of(self, address: Address) -> Rules | Problem:
        known = self._rules.get(address.origin)
        if known and known[1] > time.monotonic():
            return known[0]
        rules: Rules | Problem
        try:
            rules = self._fetched_rules(address)
            holds = _RULES_LACK if rules.closed else _RULES_HOLD
        except (NotFetchedError, RefusedAddressError) as error:
            problem = error.problem if isinstance(error, NotFetchedError) else None
            what = f"The host's robots.txt could not be had, so the page was not asked for. {error}"
            remedy = problem.remedy if problem else "Try again later."
            rules = Problem(problem.code if problem else "robots-unreachable", "", what, remedy, lost=True)
            holds = _RULES_LACK
        self._rules[address.origin] = (rules, time.monotonic() + holds)
        return rules

    def _fetched_rules(self, origin: Address) -> Rules:
        address = replace(origin, target="/robots.txt")
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._until_answered(address, self._headers, address.url, limit=_ROBOTS_BYTES)
            if answer.status not in _REDIRECTS:
                return read_rules(answer.status, answer.body)
            address = _redirected(address, answer)
        # RFC 9309, 2.3.1.2: after five redirects it may be taken as not there.
        return Rules()


def _nothing_held(_url: str) -> None:
    return None


_CIRCLE = (
    "redirect-loop",
    "The host sends the request round in a circle, or on and on.",
    "Open it in a browser; some hosts do so to programs that take no cookies. Save the page there.",
)


def _redirected(address: Address, answer: Answer) -> Address:
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


def _retry_after(answer: Answer) -> float:
    """Return the seconds that a Retry-After header asks for, in either of its forms (RFC 9110, 10.2.3)."""
    stated = (answer.header("retry-after") or "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:12])
    try:
        until = parsedate_to_datetime(stated)
        return max(0.0, until.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _brought_up_to_date(
    held: tuple[tuple[str, str], ...], sent: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return the headers of a held page with those of a 304 in their place (RFC 9111, 3.2)."""
    names = {name.lower() for name, _ in sent} - _OF_THE_BODY
    kept = tuple(pair for pair in held if pair[0].lower() not in names)
    return (*kept, *(pair for pair in sent if pair[0].lower() in names))


_OF_THE_BODY = frozenset({"content-encoding", "content-type", "content-range", "content-length"})


def _no_page(answer: Answer, where: str) -> Problem:
    status = answer.status
    if status in {200, 203}:
        what = f"Nothing of the page could be read: {answer.cut}."
        return Problem("broken-answer", where, what, "Try again later, or save the page from a browser.", lost=True)
    words, remedy = _STATUSES.get(status) or _STATUS_CLASSES.get(status // 100) or _ODD
    return Problem("no-page", where, f"The host answered with status {status}: {words}.", remedy, lost=True)


_LATER = "Try again later."
_BROWSER = "Open it in a browser; what you can see there you can save and read as a file."
_STATUSES = {
    401: ("it wants a login", _BROWSER),
    402: ("it wants to be paid", _BROWSER),
    403: ("it does not give the page to programs, or to nobody", _BROWSER),
    404: ("there is no such page, or no longer", "Check the address; an archive may hold the page."),
    410: ("the page was taken down", "An archive may hold the page."),
    429: ("it has been asked too often", _LATER),
    451: ("the page is withheld for legal reasons", "An archive may hold the page."),
    503: ("it is overloaded or closed", _LATER),
}
_STATUS_CLASSES = {
    2: ("there is no page in the answer", _BROWSER),
    4: ("it refuses the request", _BROWSER),
    5: ("it has trouble of its own", _LATER),
}
_ODD = ("this means nothing to a reader", _BROWSER)
