"""Addresses among the inputs: they are fetched only when one is met, and as the settings say."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from sayso.problems import Problem
from sayso.records import Given, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sayso.pages.web import Fetcher, Got
    from sayso.settings import Web

    Opener = Callable[[bytes, str], Iterator[Page | Problem]]


_NOTHING = Given()


class Online:
    """The web, as far as one run of the program asks it for anything.

    Args:
        folder: Where to keep what is fetched; kept nowhere when None.
        web: How to ask; as the settings say when left out.
    """

    def __init__(self, folder: Path | None = None, web: Web | None = None) -> None:
        self._folder = folder
        self._web = web
        self._open = ExitStack()
        self._fetcher: Fetcher | Problem | None = None

    def __enter__(self) -> Self:
        """Begin a run; nothing is opened yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder."""
        self._open.close()

    def pages(
        self, url: str, *, open_page: Opener, where: str | None = None, given: Given = _NOTHING
    ) -> Iterator[Page | Problem]:
        """Fetch an address, and yield the pages that its bytes hold.

        Args:
            url: The address.
            open_page: What reads bytes under a name as it would read a file.
            where: The address's name for problems, where that is not the address itself.
            given: What whoever named the address says of its page.

        Yields:
            What `open_page` yields, each page with its address and with how it was fetched; before it, what went wrong.
        """
        from sayso.pages.web import NotFetchedError

        if self._fetcher is None:
            yield from self._begin()
        if isinstance(self._fetcher, Problem):
            yield replace(self._fetcher, where=where or url)
            return
        if self._fetcher is None:
            return
        try:
            got = self._fetcher.page(url, where or url)
        except NotFetchedError as error:
            yield error.problem
            return
        yield from opened(got, where or url, open_page, given)

    def _begin(self) -> Iterator[Problem]:
        """Read the settings and open the folder; what is wrong with the folder stands in the way of every address."""
        from sayso.pages.keep import CannotKeepError, Keep
        from sayso.pages.web import Fetcher
        from sayso.settings import load

        web = self._web
        if web is None:
            settings, problems = load()
            yield from problems
            web = settings.web
        try:
            keep = self._open.enter_context(Keep(self._folder)) if self._folder else None
        except CannotKeepError as error:
            self._fetcher = Problem("cannot-keep", "", str(error), error.remedy, lost=True)
            return
        self._fetcher = Fetcher(web, keep)


def opened(got: Got, where: str, open_page: Opener, given: Given = _NOTHING) -> Iterator[Page | Problem]:
    """Yield the pages that an answer from the web holds.

    Args:
        got: The answer.
        where: Its name for problems.
        open_page: What reads bytes under a name as it would read a file.
        given: What whoever named the address says of its page.
    """
    if got.cut:
        what = f"The page did not come whole: {got.cut}."
        yield Problem("cut-short", where, what, "Fetch it again later, and read what there is with care.")
    for found in open_page(got.body, where):
        if isinstance(found, Page):
            yield replace(
                found,
                url=found.url or got.fetched.final,
                fetched=found.fetched or got.fetched,
                charset=found.charset or got.fetched.charset,
                given=found.given.over(given),
            )
        else:
            yield found
