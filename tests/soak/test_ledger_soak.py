"""What takes too long for every day: hundreds of kills, a million claims. `make soak` runs it and prints figures."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.ledger import Ledger
from tests.adding import ready
from tests.adding.killing import kill_often

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.soak

CLAIMS = int(os.environ.get("SOAK_CLAIMS", "1000000"))
PER_REPORT = 8
AT_ONCE = 250
ASKED = 300


def test_killed_two_hundred_times(ledger_url: str) -> None:
    begun = time.perf_counter()
    counts = kill_often(ledger_url, kills=200, seed=1)
    took = time.perf_counter() - begun
    idle = sum(not count for count in counts)
    print(f"\n200 kills in {took:.0f} s, {idle} before anything was acknowledged; {sum(counts)} reports acknowledged")


def test_a_million_claims(tmp_path: Path) -> None:
    """SQLite: the rate of adding, the 95th percentile of opening, showing and searching, memory, and size."""
    path = tmp_path / "ledger.sayso"
    reports = CLAIMS // PER_REPORT
    writing, early, begun = 0.0, 0, time.perf_counter()
    with Ledger.create(path) as ledger:
        for start in range(0, reports, AT_ONCE):
            group = list(ready.every(start, min(start + AT_ONCE, reports), PER_REPORT))
            since = time.perf_counter()
            ledger.add(group, "soak")
            writing += time.perf_counter() - since
            if start // AT_ONCE == reports // AT_ONCE // 10:
                early = _memory()
        late = _memory()
        head = ledger.head()
    rate = reports * PER_REPORT / writing
    size = path.stat().st_size / 1e9
    print(f"\n{reports * PER_REPORT:,} claims in {reports:,} reports, {head.entries:,} entries, {size:.2f} GB")
    print(f"added {rate:,.0f} claims/s in {writing:.0f} s of writing ({time.perf_counter() - begun:.0f} s in all)")
    print(f"memory {early / 1e6:.0f} MB after a tenth, {late / 1e6:.0f} MB at the end")
    draw = random.Random(7)  # noqa: S311 - which claims to ask for, not secrets
    with Ledger.open(path) as ledger:
        some = [hit.claims[0].claim.id for number in range(50) for hit in ledger.search(f"{number * 97} list", limit=1)]
        words = ["Dresk", "ferrymen", "shells Lirna", "police rocket Tamrit", "hospital drones", "roads closed evening"]
        asked: dict[str, Callable[[], object]] = {
            "open": lambda: Ledger.open(path).close(),
            "show a claim": lambda: ledger.show(draw.choice(some)),
            "show a report": lambda: ledger.show(ledger.search(str(draw.randrange(reports)), limit=1)[0].heading.id),
            "search one report": lambda: ledger.search(f"{draw.randrange(reports)} Harbour"),
            "search common words": lambda: ledger.search(draw.choice(words)),
        }
        percentiles = {name: _percentile(ask) for name, ask in asked.items()}
    for name, seconds in percentiles.items():
        print(f"{name}: 95th percentile {seconds * 1000:.1f} ms")
    print(f"memory {_memory() / 1e6:.0f} MB after asking")
    assert rate >= 2000
    assert late - early < 50e6
    assert max(percentiles.values()) < 0.05, percentiles


def test_a_hundred_thousand_claims_on_a_server(postgres_url: str) -> None:
    reports = min(CLAIMS, 100_000) // PER_REPORT
    writing = 0.0
    with Ledger.create(postgres_url) as ledger:
        for start in range(0, reports, AT_ONCE):
            group = list(ready.every(start, min(start + AT_ONCE, reports), PER_REPORT))
            since = time.perf_counter()
            ledger.add(group, "soak")
            writing += time.perf_counter() - since
        common = _percentile(lambda: ledger.search("shells Lirna"))
    rate = reports * PER_REPORT / writing
    print(f"\nPostgreSQL: added {rate:,.0f} claims/s; search: 95th percentile {common * 1000:.1f} ms")


def _percentile(ask: Callable[[], object]) -> float:
    """Return the 95th percentile of the seconds that an asking takes."""
    times = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return sorted(times)[int(0.95 * ASKED)]


def _memory() -> int:
    """Return the bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
