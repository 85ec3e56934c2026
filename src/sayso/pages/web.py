"""Pages from the web: asked for politely, kept before anything reads them.

The manners: robots.txt is heeded, requests name the program, one host is asked at a time and not too often, a page
that is held is asked for only where it has changed, and a host that is overrun is left alone for as long as it asks.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.pages.addresses import Address, RefusedAddressError, network_addresses, parse
from sayso.pages.answers import LATER, PASSING, REDIRECTS, brought_up_to_date, no_page, redirected, retry_after
from sayso.pages.asking import Answer, NoAnswer, ask
from sayso.pages.keep import CannotKeepError
from sayso.pages.robots import Rules, read_rules
from sayso.problems import Problem
from sayso.records import Fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sayso.pages.keep import Held, Keep
    from sayso.settings import Web

_ROBOTS_REDIRECTS = 5
_ROBOTS_BYTES = 4_000_000
_RULES_HOLD = 24 * 3600.0
"""Seconds for which a robots.txt is not asked for again (RFC 9309, 2.4)."""
_RULES_LACK = 300.0
"""Seconds after which a robots.txt that could not be had is asked for again."""

_CIRCLE = (
    "redirect-loop",
    "The host sends the request round in a circle, or on and on.",
    "Open it in a browser; some hosts do so to programs that take no cookies. Save the page there.",
)

_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.8"


class NotFetchedError(Exception):
    """An address gave no page.

    Attributes:
        problem: Why.
        fetched: What is known of the answer, where there was one.
        passing: Whether it may be had at another time.
        wait: The seconds for which the host asked to be left alone.
    """

    def __init__(
        self, problem: Problem, fetched: Fetched | None = None, *, passing: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(problem.what)
        self.problem = problem
        self.fetched = fetched
        self.passing = passing
        self.wait = wait


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
        self._rules: dict[str, tuple[Rules | NotFetchedError, float]] = {}

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

    def get(
        self, url: str, where: str, held: Callable[[str], Held | None] | None = None, *, limit: int | None = None
    ) -> Got:
        """Fetch an address without keeping anything.

        Args:
            url: The address to ask for.
            where: Its name for problems.
            held: What is held of an address, if anything; a page that has not changed is then not sent again.
            limit: The most bytes to take; the settings' own when left out.

        Raises:
            NotFetchedError: There is no answer that can be used.
        """
        try:
            address, answer, redirects, before = self._followed(parse(url), where, held or _nothing_held, limit)
        except RefusedAddressError as error:
            problem = Problem(error.code, where, str(error), error.remedy, lost=True)
            raise NotFetchedError(problem, passing=error.passing) from None
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
            return Got(replace(fetched, headers=brought_up_to_date(before.headers, answer.headers)), before.body)
        if answer.status in {200, 203} and (answer.body or not answer.cut):
            return Got(fetched, answer.body, answer.cut)
        raise NotFetchedError(no_page(answer, where), fetched, passing=bool(answer.cut) or answer.status in PASSING)

    def _followed(
        self, address: Address, where: str, held: Callable[[str], Held | None], limit: int | None
    ) -> tuple[Address, Answer, tuple[tuple[int, str], ...], Held | None]:
        """Ask for an address and follow where it leads; return where that ended, with what was held of it before."""
        redirects: list[tuple[int, str]] = []
        seen = {address.url}
        host = None
        while True:
            before = held(address.url)
            rules = self._rules_for(address, where)
            # Where a host sends the request on to itself, it has asked to be asked again at once.
            if address.host != host:
                host = address.host
                self._wait(host, self._due.get(host, 0.0), where)
            conditions = before.conditions if before else {}
            try:
                answer = self._until_answered(address, {**self._headers, **conditions}, where, limit)
            finally:
                self._due[address.host] = time.monotonic() + max(self.settings.delay, rules.delay)
            if answer.status not in REDIRECTS:
                return address, answer, tuple(redirects), before
            address = redirected(address, answer)
            redirects.append((answer.status, address.url))
            if address.url in seen or len(redirects) > self.settings.redirects:
                raise RefusedAddressError(*_CIRCLE)
            seen.add(address.url)

    def wait_for(self, url: str, now: float) -> float:
        """Return the seconds from `now` (on the monotonic clock) for which an address's host is to be left alone."""
        try:
            host = parse(url).host
        except RefusedAddressError:
            return 0.0
        return max(0.0, self._due.get(host, 0.0) - now, self._closed.get(host, 0.0) - now)

    def _rules_for(self, address: Address, where: str) -> Rules:
        """Return the rules by which an address may be asked for; nothing is sent to a host that may not be asked."""
        try:
            network_addresses(address, self.settings)
        except RefusedAddressError as error:
            if not error.passing:
                raise
        rules = self._rules_of(address)
        if isinstance(rules, NotFetchedError):
            raise NotFetchedError(replace(rules.problem, where=where), passing=rules.passing, wait=rules.wait)
        if rules.closed:
            what = "The host has trouble giving its robots.txt, so the page was not asked for."
            raise NotFetchedError(Problem("robots-unreachable", where, what, LATER, lost=True), passing=True)
        if not rules.may_fetch(address.url):
            what = "The host's robots.txt asks programs to leave this page alone."
            remedy = "Save it from a browser and read the file, or ask the host."
            raise NotFetchedError(Problem("robots-refuse", where, what, remedy, lost=True))
        return rules

    def _until_answered(self, address: Address, headers: Mapping[str, str], where: str, limit: int | None) -> Answer:
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
                if answer.status in PASSING:
                    pause = max(pause, retry_after(answer))
                elif not answer.cut:
                    return answer
            elif not answer.passing:
                break
            self._closed[host] = time.monotonic() + pause
        if isinstance(answer, Answer):
            return answer
        if answer.down:
            self._down.add(host)
        problem = Problem(answer.code, where, answer.what, answer.remedy, lost=True)
        raise NotFetchedError(problem, passing=answer.passing or answer.code == "too-slow")

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
            raise NotFetchedError(Problem("asked-to-wait", where, what, remedy, lost=True), passing=True, wait=pause)
        if pause > 0:
            time.sleep(pause)

    def _rules_of(self, address: Address) -> Rules | NotFetchedError:
        known = self._rules.get(address.origin)
        if known and known[1] > time.monotonic():
            return known[0]
        rules: Rules | NotFetchedError
        try:
            rules = self._fetched_rules(address)
            holds = _RULES_LACK if rules.closed else _RULES_HOLD
        except (NotFetchedError, RefusedAddressError) as error:
            code, remedy, wait = "robots-unreachable", LATER, 0.0
            if isinstance(error, NotFetchedError):
                code, remedy, wait = error.problem.code, error.problem.remedy, error.wait
            what = f"The host's robots.txt could not be had, so the page was not asked for. {error}"
            rules = NotFetchedError(Problem(code, "", what, remedy, lost=True), passing=error.passing, wait=wait)
            holds = _RULES_LACK
        self._rules[address.origin] = (rules, time.monotonic() + holds)
        return rules

    def _fetched_rules(self, origin: Address) -> Rules:
        address = replace(origin, target="/robots.txt")
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._until_answered(address, self._headers, address.url, _ROBOTS_BYTES)
            if answer.status not in REDIRECTS:
                # Of rules that did not come whole, one that matters may be missing.
                return Rules(closed=True) if answer.cut else read_rules(answer.status, answer.body)
            address = redirected(address, answer)
        # RFC 9309, 2.3.1.2: after five redirects it may be taken as not there.
        return Rules()


def _nothing_held(_url: str) -> None:
    return None
