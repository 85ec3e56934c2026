"""How fast archives are read and judged, and in how much memory: ratios of runs that alternate in one process."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import invented_pages
from sayso.find import find_report
from sayso.find.decode import decode
from sayso.find.gate import page_may_hold_claim
from sayso.pages.files import pages
from sayso.pipeline import read_pages, read_report
from sayso.records import Given, Page, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RUNS = 5
PAGES = 2_000
"""Different pages; a larger archive holds them again and again, each in a record of its own."""

READ = 100
"""Pages of the archive that is read to its claims: that takes long."""

_MEMORY = """
import sys
from pathlib import Path
from sayso.find.gate import page_may_hold_claim
from sayso.pages.files import pages
from sayso.records import Page
passed = sum(page_may_hold_claim(page) for page in pages([sys.argv[1]]) if isinstance(page, Page))
# Linux counts the peak of this program alone; getrusage would add what the program that started it held.
print(next(line.split()[1] for line in Path("/proc/self/status").open() if line.startswith("VmHWM")), passed)
"""


@dataclass(frozen=True, slots=True)
class ArchiveSpeed:
    """What was measured; seconds are of processor time, so that other programs weigh less; medians of runs.

    Attributes:
        runs: How often each thing was timed.
        pages: Pages of the archive that was timed.
        passed: How many of them the gate let through.
        megabytes: Their bytes, unpacked, in millions.
        packed: Bytes of the archive in millions.
        unpacking: Seconds for fastwarc to read all records.
        codec: The same, and to turn each page into text by the codec that it states.
        decoding: The same, and to turn each page into text as the program does.
        verdict: Seconds for the program to say of each page whether it may hold a claim.
        verdict_of_codec: Speed of the verdict as a share of the speed of `codec`.
        verdict_of_decoding: The same of `decoding`.
        whole_of_sum: The whole run to reports, over the sum of `codec` and of extracting the passing reports.
        claims_of_sum: The same with the passing reports read to their claims on both sides.
        memory: Peak of resident memory in megabytes for archives of so many megabytes.
        load: The machine's one-minute load average before and after.
    """

    runs: int
    pages: int
    passed: int
    megabytes: float
    packed: float
    unpacking: float
    codec: float
    decoding: float
    verdict: float
    verdict_of_codec: float
    verdict_of_decoding: float
    whole_of_sum: float
    claims_of_sum: float
    memory: dict[int, float]
    load: tuple[float, float]


def measure(megabytes: int) -> ArchiveSpeed:
    """Time archives of invented pages, and take the peak of memory over one of a size and one a tenth of it.

    Args:
        megabytes: Size of the largest archive on disk, packed, in millions of bytes.
    """
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        members = [member(number, body) for number, body in enumerate(invented_pages.pages(PAGES))]
        path, small = Path(folder, "timed.warc.gz"), Path(folder, "small.warc.gz")
        path.write_bytes(b"".join(members))
        small.write_bytes(b"".join(members[:READ]))
        size = sum(len(page.body) for page in _pages(path))
        passed = sum(map(page_may_hold_claim, _pages(path)))
        _read_to_claims(small)  # loads libraries and the model
        rows = [_row(path, small) for _ in range(RUNS)]
        memory = {}
        for target in (megabytes // 10, megabytes):
            large = Path(folder, "large.warc.gz")
            _write(large, members, target * 1_000_000)
            memory[target] = _peak(large)
            large.unlink()
    middle = {name: median(row[name] for row in rows) for name in rows[0]}
    return ArchiveSpeed(
        runs=RUNS,
        pages=PAGES,
        passed=passed,
        megabytes=size / 1e6,
        packed=sum(map(len, members)) / 1e6,
        unpacking=middle["unpacking"],
        codec=middle["codec"],
        decoding=middle["decoding"],
        verdict=middle["verdict"],
        verdict_of_codec=median(row["codec"] / row["verdict"] for row in rows),
        verdict_of_decoding=median(row["decoding"] / row["verdict"] for row in rows),
        whole_of_sum=median(row["whole"] / (row["codec"] + row["extracting"]) for row in rows),
        claims_of_sum=median(row["claims"] / (row["small codec"] + row["small claims"]) for row in rows),
        memory=memory,
        load=(before, os.getloadavg()[0]),
    )


def _row(path: Path, small: Path) -> dict[str, float]:
    """Time each thing once."""
    passing = [page for page in _pages(path) if page_may_hold_claim(page)]
    few = [page for page in _pages(small) if page_may_hold_claim(page)]
    return {
        "unpacking": seconds(lambda: records(path, lambda _: None)),
        "codec": seconds(lambda: records(path, lambda body: body.decode("utf-8"))),
        "decoding": seconds(lambda: records(path, lambda body: decode(body, "", "utf-8"))),
        "verdict": seconds(lambda: [page_may_hold_claim(page) for page in _pages(path)]),
        "extracting": seconds(lambda: _extract(passing)),
        "whole": seconds(lambda: _extract(page for page in _pages(path) if page_may_hold_claim(page))),
        "small codec": seconds(lambda: records(small, lambda body: body.decode("utf-8"))),
        "small claims": seconds(lambda: [read_report(report) for report in _extract(few)]),
        "claims": seconds(lambda: _read_to_claims(small)),
    }


def records(path: Path, use: Callable[[bytes], object]) -> None:
    """Read all records with fastwarc alone, as fast as it goes."""
    from fastwarc.warc import ArchiveIterator

    for record in ArchiveIterator(str(path)):
        use(record.reader.read())


def _pages(path: Path) -> Iterator[Page]:
    return (page for page in pages([str(path)]) if isinstance(page, Page))


def _extract(found: Iterable[Page]) -> list[Report]:
    reports = [find_report(page, Given())[0] for page in found]
    return [report for report in reports if report is not None]


def _read_to_claims(path: Path) -> list[Reading]:
    return [one for one in read_pages(pages([str(path)]), Given()) if isinstance(one, Reading)]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def member(number: int, body: bytes) -> bytes:
    """Return a page as a packed record, as crawlers write it."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2023-03-15T08:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
        b"WARC-Target-URI: https://news.example/%d.html\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    ) % (number, number, len(http) + len(body))
    return gzip.compress(head + http + body + b"\r\n\r\n", 6, mtime=0)


def _write(path: Path, members: list[bytes], size: int) -> None:
    with path.open("wb") as out:
        while out.tell() < size:
            out.write(b"".join(members))


def _peak(path: Path) -> float:
    """Return the peak of resident memory of a process that judges every page of an archive, in megabytes."""
    command = [sys.executable, "-c", _MEMORY, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")  # noqa: S603 - our own program
    return int(done.stdout.split()[0]) / 1000
