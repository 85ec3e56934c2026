"""A watch over feeds: looks at each in its turn, reads what is new once, says what failed, and goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sayso.problems import Problem
from sayso.records import Given, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sayso.ledger import Ledger
    from sayso.pages.feed_list import Source
    from sayso.pages.waiting import Waiting, WaitingPage
    from sayso.pages.web import Fetcher, Got
    from sayso.settings import Settings

_EARLY = 0.1
"""The share of its interval by which a feed may be looked at early in a single round: cron is not exact."""

_LONGEST_SLEEP = 3600.0


@dataclass(frozen=True, slots=True)
class _Web:
    """Where pages come from, and the ledger that keeps them as well, where there is one."""

    fetcher: Fetcher
    ledger: Ledger | None = None

    def read(self, pages: Iterator[Page | Problem]) -> Iterator[Reading | Problem]:
        """Read pages, and keep each with its reading."""
        from sayso.pipeline import read_pages

        last: list[Page] = []

        def seen() -> Iterator[Page | Problem]:
            for page in pages:
                last[:] = [page] if isinstance(page, Page) else []
                yield page

        for item in read_pages(seen(), Given()):
            if self.ledger is not None and isinstance(item, Reading):
                self.ledger.add([(last[0], item)], item.program)
            yield item


def watch(
    sources: Sequence[Source],
    folder: Path,
    settings: Settings,
    *,
    once: bool = False,
    ledger: Ledger | None = None,
) -> Iterator[Reading | Problem]:
    """Watch feeds and read the pages of their new entries.

    Pages, readings and problems are on the disk before they are yielded here.

    Args:
        sources: The feeds.
        folder: Where pages, readings and the state are kept; ``docs/web.md`` tells what lies in it.
        settings: How to ask for pages, and whom.
        once: Whether to stop when the feeds that are due have been looked at and their pages read; without it the
            watch goes on for ever.
        ledger: A ledger to keep pages and readings in as well.

    Yields:
        A Reading for each report, and a Problem for each thing that went wrong.

    Raises:
        LedgerError: The ledger cannot be written to. The watch goes on where it was when it is started again.
    """
    from sayso.pages.keep import CannotKeepError, Keep
    from sayso.pages.waiting import Waiting
    from sayso.pages.web import Fetcher

    try:
        with Keep(folder) as keep:
            web = _Web(Fetcher(settings.web, keep), ledger)
            yield from _watch(sources, Waiting(keep), web, once=once)
    except CannotKeepError as error:
        yield Problem("cannot-keep", str(folder), str(error), error.remedy, lost=True)


def _watch(sources: Sequence[Source], waiting: Waiting, web: _Web, *, once: bool) -> Iterator[Reading | Problem]:
    if once:
        # Pages first: where a host wants long pauses, looking at its feed would keep its pages from ever being read.
        yield from _read_all(waiting, web)
        yield from _look_at_all(waiting.due(sources, time.time(), early=_EARLY), waiting, web.fetcher)
        yield from _read_all(waiting, web)
        return
    while True:
        yield from _look_at_all(waiting.due(sources, time.time()), waiting, web.fetcher)
        page = _next(waiting, web.fetcher)
        if page is not None:
            yield from _read(page, waiting, web)
        else:
            time.sleep(min(waiting.pause(sources, time.time()), _LONGEST_SLEEP))


def _read_all(waiting: Waiting, web: _Web) -> Iterator[Reading | Problem]:
    while page := _next(waiting, web.fetcher):
        yield from _read(page, waiting, web)


def _next(waiting: Waiting, fetcher: Fetcher) -> WaitingPage | None:
    # One moment for all, so that pages of one host stay in the feed's order.
    return waiting.next(time.time(), partial(fetcher.wait_for, now=time.monotonic()))


def _look_at_all(sources: Sequence[Source], waiting: Waiting, fetcher: Fetcher) -> Iterator[Problem]:
    for source in sources:
        problems = _look(source, waiting, fetcher)
        waiting.note(problems)
        yield from problems


def _look(source: Source, waiting: Waiting, fetcher: Fetcher) -> list[Problem]:
    """Look at one feed, and put its new entries among the pages that wait."""
    from sayso.pages.feeds import FEED_BYTES, entries
    from sayso.pages.web import NotFetchedError

    try:
        got = fetcher.get(source.url, source.url, waiting.held(source), limit=FEED_BYTES)
    except NotFetchedError as error:
        waiting.looked(source, time.time(), wait=error.wait)
        return [error.problem]
    if got.fetched.status == 304:
        waiting.looked(source, time.time())
        return []
    found, problems = entries(got.body, got.fetched, source)
    waiting.add(source, found, got.fetched, time.time())
    return [*_notes(source, got), *problems]


def _notes(source: Source, got: Got) -> Iterator[Problem]:
    if got.cut:
        what = f"The feed did not come whole: {got.cut}."
        yield Problem("cut-short", source.url, what, "Nothing; it is looked at again in its turn.")
    moved = got.fetched.redirects
    if moved and all(status in {301, 308} for status, _ in moved):
        what = f"The feed has moved for good to {got.fetched.final}."
        yield Problem("feed-moved", source.url, what, "Put the new address into the list.")


def _read(page: WaitingPage, waiting: Waiting, web: _Web) -> Iterator[Reading | Problem]:
    """Fetch and read one page, and keep what was read."""
    from sayso.export.jsonl import line
    from sayso.pages.files import in_bytes
    from sayso.pages.keep import CannotKeepError
    from sayso.pages.online import opened
    from sayso.pages.web import NotFetchedError

    try:
        got = web.fetcher.page(page.url, page.url)
    except NotFetchedError as error:
        if error.problem.code == "cannot-keep":
            raise CannotKeepError(error.problem.what, error.problem.remedy) from None
        waiting.failed(page, time.time(), passing=error.passing, wait=error.wait)
        waiting.note([error.problem])
        yield error.problem
        return
    # In the ledger before the watch takes note of it: what is read twice is kept once.
    found = list(web.read(opened(got, page.url, in_bytes, page.given)))
    # With the text: offsets count in what this version found on the page.
    waiting.read(page, [line(one, with_text=True) for one in found if isinstance(one, Reading)])
    waiting.note([one for one in found if isinstance(one, Problem)])
    yield from found
