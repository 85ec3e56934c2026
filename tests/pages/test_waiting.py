"""What is due when: feeds by their intervals, pages by their tries and their hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.pages.feed_list import Source
from sayso.pages.feeds import Entry
from sayso.pages.keep import Keep
from sayso.pages.waiting import MOST_TRIES, READINGS, Waiting
from sayso.records import Fetched, Given

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FEED = Source("https://review.example/news", every=10)
FETCHED = Fetched(FEED.url, FEED.url, (), 200, (), "2024-05-01T10:00:00+00:00", "192.0.2.1")
NOW = 1_700_000_000.0


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Waiting]:
    with Keep(tmp_path) as keep:
        yield Waiting(keep)


def entry(number: int, host: str = "review.example") -> Entry:
    return Entry(f"id {number}", f"https://{host}/{number}", Given(title=f"Report {number}"))


def at_once(_url: str) -> float:
    return 0.0


def test_a_feed_is_due_by_its_interval(waiting: Waiting) -> None:
    assert waiting.due([FEED], NOW) == [FEED]
    waiting.looked(FEED, NOW)
    assert waiting.due([FEED], NOW + 599) == []
    assert waiting.due([FEED], NOW + 600) == [FEED]
    assert waiting.due([FEED], NOW + 541, early=0.1) == [FEED]
    assert waiting.due([FEED], NOW + 539, early=0.1) == []
    assert waiting.pause([FEED], NOW + 100) == 500
    waiting.looked(FEED, NOW, wait=3600)
    assert waiting.due([FEED], NOW + 3599) == []


def test_a_feed_is_due_where_the_clock_was_set_back(waiting: Waiting) -> None:
    waiting.looked(FEED, NOW)
    assert waiting.due([FEED], NOW - 86_400) == [FEED]


def test_pages_wait_in_order_and_those_of_a_busy_host_step_back(waiting: Waiting) -> None:
    waiting.add(FEED, [entry(1), entry(2), entry(3, "mail.example")], FETCHED, NOW)
    first = waiting.next(NOW, at_once)
    assert first is not None
    assert (first.url, first.given.title) == (entry(1).url, "Report 1")
    free = waiting.next(NOW, lambda url: 5.0 if "review" in url else 1.0)
    assert free is not None
    assert free.url == entry(3, "mail.example").url
    waiting.read(first, ["{}"])
    second = waiting.next(NOW, at_once)
    assert second is not None
    assert second.url == entry(2).url


def test_an_entry_is_known_by_its_id_in_the_feed_and_by_its_address_anywhere(waiting: Waiting) -> None:
    waiting.add(FEED, [entry(1), Entry("id 1", "https://review.example/moved", Given())], FETCHED, NOW)
    other = Source("https://review.example/sport", every=10)
    waiting.add(other, [Entry("another id", entry(1).url, Given()), entry(2)], FETCHED, NOW)
    found = []
    while page := waiting.next(NOW, at_once):
        found.append(page.url)
        waiting.read(page, [])
    assert found == [entry(1).url, entry(2).url]


def test_tries_come_later_and_later_and_end_but_waiting_for_a_host_is_no_try(waiting: Waiting) -> None:
    waiting.add(FEED, [entry(1)], FETCHED, NOW)
    now, pauses = NOW, []
    while page := waiting.next(now, at_once):
        waiting.failed(page, now, passing=True, wait=7200.0)
        assert waiting.next(now + 7199, at_once) is None
        again = waiting.next(now + 7200, at_once)
        assert again is not None
        waiting.failed(again, now, passing=True)
        pause = waiting.pause([], now)
        pauses.append(pause)
        now += pause
        if len(pauses) == MOST_TRIES:
            break
    assert pauses[: MOST_TRIES - 1] == [600, 1200, 2400, 4800]
    assert waiting.next(now + 1e9, at_once) is None


def test_readings_that_somebody_took_away_are_no_trouble(tmp_path: Path) -> None:
    with Keep(tmp_path) as keep:
        waiting = Waiting(keep)
        waiting.add(FEED, [entry(1), entry(2)], FETCHED, NOW)
        page = waiting.next(NOW, at_once)
        assert page is not None
        waiting.read(page, ["{}" * 50])
    (tmp_path / READINGS).unlink()
    with Keep(tmp_path) as keep:
        waiting = Waiting(keep)
        page = waiting.next(NOW, at_once)
        assert page is not None
        waiting.read(page, ["[]"])
    with Keep(tmp_path) as keep:
        Waiting(keep)
    assert (tmp_path / READINGS).read_text() == "[]\n"
