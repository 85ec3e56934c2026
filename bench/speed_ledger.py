"""How fast a ledger takes claims, and how fast it answers and lists incidents when it holds a million of them.

The reports are invented (`bench.printed`) and so are the readings of them, so that nothing but the ledger is timed. It
lies on the disk of the folder that is named, because what a commit costs depends on that.
"""

from __future__ import annotations

import os
import re
import resource
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from statistics import quantiles
from typing import TYPE_CHECKING

from bench import speed_lists
from bench.printed import drawing, reports
from sayso.ledger import Ledger
from sayso.records import HARMS, Claim, Evidence, Page, PlaceMatch, Reading, Rival, Span, Trace

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

CLAIMS = 1_000_000
INCIDENTS = 100_000
"""Incidents at most, one for each report with claims."""
_PAGES_AT_ONCE = 100
_PROBES = 200
_COUNTED = re.compile(r"\b(\d+) (\w+)")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class LedgerSpeed:
    """What was timed.

    Attributes:
        claims: How many claims were added.
        reports: In how many reports.
        seconds: Time that adding them took, by the clock on the wall: commits wait for the disk.
        processor: Processor time of the same.
        first: Claims added in a second over the first tenth.
        last: The same over the last tenth.
        open: Seconds at the 95th percentile to open the ledger and ask for its head.
        show: The same to show a claim by its id.
        search: The same to search for two words of a report, and for one word that very many reports have.
        memory: The most memory that the process had after a tenth, and at the end, in bytes.
        size: Bytes of the ledger's files.
        load: The machine's one-minute load average before and after.
        incidents: How many incidents were put on its shelf, once all was added.
        lists: How long pages of lists of them take, by what is asked for.
    """

    claims: int
    reports: int
    seconds: float
    processor: float
    first: float
    last: float
    open: float
    show: float
    search: float
    memory: tuple[int, int]
    size: int
    load: tuple[float, float]
    incidents: int
    lists: dict[str, speed_lists.ListSpeed]

    @property
    def per_second(self) -> float:
        """Claims added in a second."""
        return self.claims / self.seconds


def measure(folder: Path, claims: int = CLAIMS) -> LedgerSpeed:
    """Time an SQLite ledger in a folder; the ledger is removed afterwards.

    Args:
        folder: Where to put it.
        claims: How many claims to add.
    """
    before = os.getloadavg()[0]
    file = folder / f"bench-{os.getpid()}.sayso"
    marks: list[tuple[int, float]] = [(0, 0.0)]
    memory: list[int] = []
    number, processor = 0, 0.0
    asked: list[tuple[str, str]] = []
    told: list[tuple[str, tuple[str, ...]]] = []
    try:
        with Ledger.create(file) as ledger:
            stream, draw = ready(1), drawing(2)
            while marks[-1][0] < claims:
                batch = list(islice(stream, _PAGES_AT_ONCE))
                start, used = time.perf_counter(), time.process_time()
                ledger.add(batch, "bench")
                processor += time.process_time() - used
                number += sum(len(reading.claims) for _, reading in batch)
                told += [(one.report.id, tuple(claim.id for claim in one.claims)) for _, one in batch if one.claims]
                marks.append((number, marks[-1][1] + time.perf_counter() - start))
                asked.append(_question(draw, next(reading for _, reading in batch if reading.claims)))
                if not memory and number >= claims / 10:
                    memory.append(_memory())
            memory.append(_memory())
            incidents = speed_lists.fill(ledger, told[:INCIDENTS])
        asked = draw.sample(asked, min(len(asked), _PROBES))
        times = _answers(file, asked)
        with Ledger.open(file) as ledger:
            lists = speed_lists.measure(ledger)
        size = sum(one.stat().st_size for one in folder.glob(f"{file.name}*"))
    finally:
        for one in folder.glob(f"{file.name}*"):
            one.unlink()
    return LedgerSpeed(
        claims=marks[-1][0],
        reports=(len(marks) - 1) * _PAGES_AT_ONCE,
        seconds=marks[-1][1],
        processor=processor,
        first=_rate(marks, 0.0, 0.1),
        last=_rate(marks, 0.9, 1.0),
        open=times["open"],
        show=times["show"],
        search=times["search"],
        memory=(memory[0], memory[-1]),
        size=size,
        load=(before, os.getloadavg()[0]),
        incidents=incidents,
        lists=lists,
    )


def ready(seed: int) -> Iterator[tuple[Page, Reading]]:
    """Yield pages without end, each with a reading that has a claim for each figure of its text."""
    draw = drawing(seed)
    for number, invented in enumerate(reports(seed, 10**9)):
        body = invented.text.encode()
        page = Page(body, f"reports/{number}.txt", "text/plain", url=f"https://review.example/{seed}/{number}")
        report = replace(invented, id=f"r-{page.sha256[:16]}", url=page.url, page_sha256=page.sha256)
        claims = tuple(_claims(draw, report.text, report.text_sha256))
        yield page, Reading(report, claims, program="sayso bench", model="none")


def _claims(draw: random.Random, text: str, hashed: str) -> Iterator[Claim]:
    for found in _COUNTED.finditer(text):
        start, end = found.span()
        figure = int(found[1])
        rivals = tuple(Rival(draw.randrange(10**7), found[2], "VE", "Norrland", draw.random()) for _ in range(2))
        sentence = Span(text.rfind("\n", 0, start) + 1, min(len(text), end + 80))
        yield Claim(
            id="c-" + sha256(f"{hashed}{start}".encode()).hexdigest()[:16],
            start=start,
            end=end,
            text=found[0],
            harm=draw.choice(HARMS),
            kind="count",
            low=figure,
            high=figure,
            qualifier="exact",
            phrase=None,
            victims=found[2],
            place=found[2],
            lat=round(draw.uniform(-60, 70), 5),
            lon=round(draw.uniform(-180, 180), 5),
            place_prec=1,
            country="VE",
            date_from="2023-03-03",
            date_to="2023-03-03",
            date_prec=1,
            date_reason="Friday before Saturday 4 March 2023",
            sentence=sentence,
            spans=Evidence(victims=Span(found.start(2), end)),
            confidence=round(draw.random(), 3),
            place_match=PlaceMatch(found[2], "city", "Norrland", None, 4.5, "It is the largest of this name.", rivals),
            trace=Trace(link=f"https://review.example/#:~:text={found[1]}", path="/html/body/p[3]"),
        )


def _question(draw: random.Random, reading: Reading) -> tuple[str, str]:
    """Return the id of a claim, and two words of its report."""
    return draw.choice(reading.claims).id, " ".join(draw.sample(_WORD.findall(reading.report.text), 2))


def _answers(file: Path, asked: list[tuple[str, str]]) -> dict[str, float]:
    """Return how long answers take at the 95th percentile; the kinds of question are asked in turn."""
    times: dict[str, list[float]] = {"open": [], "show": [], "search": []}
    for number, (claim, words) in enumerate(asked):
        begun = time.perf_counter()
        with Ledger.open(file) as ledger:
            ledger.head()
            opened = time.perf_counter()
            ledger.show(claim)
            shown = time.perf_counter()
            ledger.search(words if number % 2 else words.split()[0])
            searched = time.perf_counter()
        times["open"].append(opened - begun)
        times["show"].append(shown - opened)
        times["search"].append(searched - shown)
    return {kind: quantiles(values, n=20)[-1] for kind, values in times.items()}


def _rate(marks: list[tuple[int, float]], low: float, high: float) -> float:
    whole = marks[-1][0]
    within = [mark for mark in marks if low * whole <= mark[0] <= high * whole]
    return (within[-1][0] - within[0][0]) / (within[-1][1] - within[0][1])


def _memory() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
