"""How fast the desk answers over a large ledger, for one person and for many at once.

The ledger is one that is there already, such as `make soak` leaves behind; nothing is written to it, but that one of an
older schema is brought up to date. The desk runs as a
program of its own, as people run it, and is asked over loopback for each of its pages in turn.
"""

from __future__ import annotations

import gzip
import http.cookiejar
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote

from sayso.ledger import Ledger
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SAMPLES = 60
"""Things of each kind that pages are asked about, drawn from the whole ledger."""

_EACH = 100
"""Requests for each page by one person."""

_OF_A_USER = 20
"""Requests of each of many people."""


@dataclass(frozen=True, slots=True)
class PageSpeed:
    """How long one page took, in seconds, from the request to the last byte of the answer."""

    page: str
    median: float
    p95: float
    longest: float


@dataclass(frozen=True, slots=True)
class DeskSpeed:
    """What was timed.

    Attributes:
        claims: Claims in the ledger, as far as they were counted.
        pages: For one person, page by page.
        users: People at once.
        together: Over all requests of these people.
        errors: Answers other than 200, among all requests.
        per_second: Requests answered in a second while they all asked.
        script: Bytes of script that the first view of any page loads, compressed.
        load: The machine's one-minute load average before and after.
    """

    claims: int
    pages: tuple[PageSpeed, ...]
    users: int
    together: PageSpeed
    errors: int
    per_second: float
    script: int
    load: tuple[float, float]


def measure(ledger: Path, users: int) -> DeskSpeed:
    """Time the desk.

    Args:
        ledger: A ledger that is there, with incidents put together.
        users: How many people ask at once.

    Raises:
        UsageError: The desk does not start over it.
    """
    before = os.getloadavg()[0]
    paths, claims = _paths(ledger)
    command = [sys.executable, "-m", "sayso", "desk", "--port", "0", "--ledger", str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as desk:  # noqa: S603 - our own program
        try:
            assert desk.stdout is not None  # noqa: S101 - it was asked for
            told = [desk.stdout.readline() for _ in range(3)]
            link = told[-1].strip()
            if not link.startswith("http://127.0.0.1:"):
                raise UsageError(f"The desk did not start: {' '.join(told)}")
            return _measured(link, paths, claims, users, before)
        finally:
            desk.terminate()


def _measured(link: str, paths: dict[str, list[str]], claims: int, users: int, before: float) -> DeskSpeed:
    address = link.partition("/enter/")[0]
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(link) as answer:
        answer.read()
    cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    failed: list[str] = []

    def ask(path: str) -> float:
        request = urllib.request.Request(address + path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})  # noqa: S310 - of the desk just started
        begun = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - likewise
                answer.read()
        except OSError as error:
            failed.append(f"{path}: {error}")
        return time.perf_counter() - begun

    found = []
    for page, those in paths.items():
        ask(those[0])  # what is loaded once is loaded now
        found.append(_speed(page, [ask(those[turn % len(those)]) for turn in range(_EACH)]))
    begun = time.perf_counter()
    times = _together(ask, [path for those in paths.values() for path in those], users)
    seconds = time.perf_counter() - begun
    for one in failed[:5]:
        print(f"bench: {one}", file=sys.stderr)
    return DeskSpeed(
        claims,
        tuple(found),
        users,
        _speed(f"{users} people at once", times),
        len(failed),
        len(times) / seconds,
        max(_script(opener, address, cookie, those[0]) for those in paths.values()),
        (before, os.getloadavg()[0]),
    )


def _together(ask: Callable[[str], float], paths: list[str], users: int) -> list[float]:
    """Let many people ask at once, each for pages of their own choice, and return how long each answer took."""
    times: list[list[float]] = [[] for _ in range(users)]

    def person(number: int) -> None:
        drawn = random.Random(number)  # noqa: S311 - the same pages every time
        times[number] = [ask(drawn.choice(paths)) for _ in range(_OF_A_USER)]

    threads = [threading.Thread(target=person, args=(number,)) for number in range(users)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return [time for own in times for time in own]


def _paths(ledger: Path) -> tuple[dict[str, list[str]], int]:
    """Return the addresses that are asked for, by page."""
    with Ledger.open(ledger) as opened:
        claims = list(islice(opened.claims(), 50_000))
        if not claims:
            raise UsageError(f"There are no claims in {ledger}.")
        drawn = random.Random(1).sample(claims, min(_SAMPLES, len(claims)))  # noqa: S311 - the same pages every time
        head = opened.head().entries
    words = [word for kept in drawn for word in re.findall(r"\w{5,}", kept.sentence)[:1]]
    days = sorted({kept.claim.date_from for kept in drawn if kept.claim.date_from})
    overviews = [f"{asked}={day}" for day in days for asked in ("since", "harm=injured&until", "contested=yes&since")]
    places = sorted({kept.claim.place for kept in drawn if kept.claim.place})[:10]
    return {
        "/inbox": ["/inbox"],
        "/inbox?words=": [f"/inbox?words={quote(word)}" for word in words] or ["/inbox"],
        "/report/ID": [f"/report/{kept.report.id}" for kept in drawn],
        "/incidents": ["/incidents", "/incidents?sort=toll", "/incidents?contested=true", "/incidents?sort=reports"],
        # No two of them ask for the same, so that each is added up when it is asked for.
        "/incidents/overview": ["/incidents/overview", *(f"/incidents/overview?{one}" for one in overviews)],
        "/incidents?place=": [f"/incidents?place={quote(place)}" for place in places] or ["/incidents"],
        "/incident/ID": [f"/incident/{kept.claim.id}" for kept in drawn],
        "/sources": [f"/sources?begin={begin}" for begin in (0, 50, 100, 500, 950)],
        "/source/NAME": [f"/source/{quote(kept.claim.source or '', safe='')}" for kept in drawn if kept.claim.source],
        "/compare": [f"/compare?since={one}" for one in days[:10]],
        "/history": [f"/history?before={number}" for number in range(head, max(head - 5000, 0), -100)],
    }, len(claims)


def _script(opener: urllib.request.OpenerDirector, address: str, cookie: str, path: str) -> int:
    """Return the bytes of script that a page loads, compressed."""
    request = urllib.request.Request(address + path, headers={"Cookie": cookie})  # noqa: S310 - of the desk just started
    with opener.open(request) as answer:
        names = re.findall(r'<script[^>]* src="/static/[0-9a-f]+/([^"]+)"', answer.read().decode())
    static = files("sayso.desk") / "static"
    return sum(len(gzip.compress(static.joinpath(*name.split("/")).read_bytes())) for name in names)


def _speed(page: str, times: list[float]) -> PageSpeed:
    return PageSpeed(page, median(times), quantiles(times, n=20)[-1], max(times))
