"""What it costs to read large web pages, most of which hold nothing: the whole run beside reading and decoding alone.

Both go over the same archive in turns, in one process; processor time, the best of several turns.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench import large_pages
from bench.archive import member, records, seconds
from sayso.find import find_report
from sayso.find.decode import decode
from sayso.pages.files import pages
from sayso.pipeline import read_pages, through_gate
from sayso.records import Given, Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

TURNS = 5


@dataclass(frozen=True, slots=True)
class PageSpeed:
    """What was timed, in seconds of processor time, the best of `TURNS` turns.

    Attributes:
        pages: How many pages.
        megabytes: Their bytes in millions.
        telling: How many in a hundred tell of people who came to harm.
        passed: How many the gates let through.
        with_claims: How many gave a claim.
        codec: Reading the archive, and each page into text by the codec that it states.
        decoding: Reading the archive, and each page into text as the program does.
        gates: Reading the archive, and saying of each page whether it may hold a claim.
        finding: Finding the reports of the pages that passed.
        whole: The whole run, from the archive to readings.
        load: The machine's one-minute load average before and after.
    """

    pages: int
    megabytes: float
    telling: int
    passed: int
    with_claims: int
    codec: float
    decoding: float
    gates: float
    finding: float
    whole: float
    load: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times as long the whole run takes as reading and decoding alone."""
        return self.whole / self.decoding

    @property
    def words(self) -> str:
        """The figures as sentences."""
        return (
            f"{self.pages} invented pages of {self.megabytes / self.pages * 1000:.0f} KB, "
            f"{large_pages.IN_A_HUNDRED} in a hundred with words of harm and {self.telling} with people harmed; "
            f"{self.passed} passed, {self.with_claims} gave claims; processor time, best of {TURNS} turns\n"
            f"reading and decoding {self.decoding:.2f} s (by the stated codec {self.codec:.2f} s), gates "
            f"{self.gates:.2f} s, finding the reports that passed {self.finding:.2f} s, the whole run "
            f"{self.whole:.2f} s\n"
            f"the whole run takes {self.ratio:.2f} times as long as reading and decoding\n"
            f"load average before and after: {self.load[0]:.2f} and {self.load[1]:.2f}"
        )


def measure(count: int, telling: int) -> PageSpeed:
    """Time the program on an archive of large invented pages.

    Args:
        count: How many pages.
        telling: How many in a hundred tell of people who came to harm.
    """
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        bodies = list(large_pages.pages(count, telling))
        path = Path(folder, "pages.warc.gz")
        path.write_bytes(b"".join(member(number, body) for number, body in enumerate(bodies)))
        readings = _read(path)  # loads libraries and the model
        passing = _passing(path)
        turns = [
            (
                seconds(lambda: records(path, lambda body: body.decode("utf-8"))),
                seconds(lambda: records(path, lambda body: decode(body, "", "utf-8"))),
                seconds(lambda: _passing(path)),
                seconds(lambda: _find(passing)),
                seconds(lambda: _read(path)),
            )
            for _ in range(TURNS)
        ]
    codec, decoding, gates, finding, whole = map(min, zip(*turns, strict=True))
    return PageSpeed(
        pages=count,
        megabytes=sum(map(len, bodies)) / 1e6,
        telling=telling,
        passed=len(passing),
        with_claims=sum(bool(one.claims) for one in readings),
        codec=codec,
        decoding=decoding,
        gates=gates,
        finding=finding,
        whole=whole,
        load=(before, os.getloadavg()[0]),
    )


def _passing(path: Path) -> list[Page]:
    return [one for one in through_gate(pages([str(path)])) if isinstance(one, Page)]


def _find(passing: Iterable[Page]) -> None:
    for page in passing:
        find_report(page, Given())


def _read(path: Path) -> list[Reading]:
    return [one for one in read_pages(pages([str(path)]), Given()) if isinstance(one, Reading)]
