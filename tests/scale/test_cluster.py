"""`sayso scale read` on Ray: two nodes of which one dies, a worker that is killed, and a run that is stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.ledger import Ledger
from sayso.scale.folder import Folder
from tests.scale import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Ray's own, which are not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

PATIENCE = 400.0
"""Seconds after which a run hangs; on a loaded machine Ray takes a while to begin."""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What goes wrong in real inputs, and enough records that reading them takes a while."""
    folder = tmp_path_factory.mktemp("inputs")
    usual = local.make_inputs(folder)
    for number in range(8):
        rows = [local.record(100 + number * 20 + at) for at in range(20)]
        (folder / f"many-{number}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return [*usual, str(folder / "many-*.jsonl")]


@pytest.fixture(scope="module")
def as_added(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The entries that `sayso add` makes of the same inputs."""
    url = str(tmp_path_factory.mktemp("added") / "l.sayso")
    local.added(url, inputs)
    with Ledger.open(url) as ledger:
        return local.entries(ledger)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster of a node of one processor; tests add another."""
    for name, value in {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}.items():
        monkeypatch.setenv(name, value)
    from ray.cluster_utils import Cluster

    # A node that dies is noticed within seconds.
    quick = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 4}
    node = {"num_cpus": 1, "object_store_memory": 80_000_000}
    made = Cluster(initialize_head=True, head_node_args={**node, "_system_config": quick, "include_dashboard": False})
    try:
        yield made
    finally:
        made.shutdown()


def start(folder: Path, ledger: str, inputs: list[str], *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sayso", "scale", "read", "--json", "--to", str(folder), "--ledger", ledger]
    return subprocess.Popen(
        [*command, "--workers", "2", *more, *inputs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        # A session of its own, so that a signal to the group reaches what a terminal would reach.
        start_new_session=True,
    )


def wait_for(met: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not met():
        assert running.poll() is None, running.stderr and running.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.02)


def readers(folder: Path) -> dict[int, int]:
    """Return the processes that are reading a part now, and how many lines of notes each has left on it."""
    found = {}
    for path in (folder / "trying").glob("*"):
        with suppress(OSError):
            notes = path.read_text(encoding="utf-8").splitlines()
            begun = [at for at, line in enumerate(notes) if line.startswith("begun")]
            if begun:
                found[int(notes[begun[-1]].split()[-1])] = len(notes) - begun[-1]
    return found


def done(folder: Path) -> int:
    return len(list((folder / "parts").glob("*.parquet")))


def parent(process: int) -> int:
    with suppress(OSError):
        found = re.search(r"PPid:\s+(\d+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
        return int(found[1]) if found else 0
    return 0


def test_a_killed_worker_and_a_killed_node_change_nothing(
    cluster: Any,  # noqa: ANN401 - Ray's
    inputs: list[str],
    as_added: list[str],
    tmp_path: Path,
) -> None:
    second = cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    cluster.wait_for_nodes()
    of_second = {one.process.pid for one in second.all_processes["raylet"]}
    url, parts = str(tmp_path / "l.sayso"), tmp_path / "parts"
    Ledger.create(url).close()
    running = start(parts, url, inputs, "--address", cluster.address)
    # A worker in the middle of a part, when some are done.
    wait_for(lambda: done(parts) >= 3 and any(notes > 2 for notes in readers(parts).values()), running)
    killed = next(process for process, notes in readers(parts).items() if notes > 2)
    os.kill(killed, signal.SIGKILL)
    # A node in the middle of a part, when others are done.
    before = done(parts)
    wait_for(
        lambda: (
            done(parts) > before
            and any(parent(one) in of_second and notes > 2 for one, notes in readers(parts).items())
        ),
        running,
    )
    died = next(one for one in readers(parts) if parent(one) in of_second)
    cluster.remove_node(second, allow_graceful=False)
    out, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1, errors  # records that are broken were told
    assert killed != died
    assert not Path(f"/proc/{died}").exists()
    told = [json.loads(line) for line in out.splitlines()]
    assert told[-1]["failed"] == told[-1]["left"] == 0
    assert told[-1]["loaded"] == told[-1]["done"] == done(parts)
    assert len({one["part"] for one in told[:-1]}) == len(told) - 1 <= told[-1]["done"]
    assert "broken" in errors
    with Ledger.open(url) as ledger:
        assert local.entries(ledger) == as_added
        claims = [kept.claim.id for kept in ledger.claims()]
        assert len(set(claims)) == len(claims) > 150


def test_a_run_of_its_own_is_stopped_and_goes_on_and_listens_to_nobody_else(
    inputs: list[str], as_added: list[str], tmp_path: Path
) -> None:
    url, parts = str(tmp_path / "l.sayso"), tmp_path / "parts"
    Ledger.create(url).close()
    running = start(parts, url, inputs)
    wait_for(lambda: done(parts) >= 2, running)
    assert heard_from(running.pid) <= {"127.0.0.1", "::ffff:127.0.0.1", "::1"}
    wait_for(lambda: bool(readers(parts)), running)
    most = max(memory(process) for process in readers(parts))
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    first = done(parts)
    again = start(parts, url, inputs)
    out, errors = again.communicate(timeout=PATIENCE)
    # What is broken in the inputs was told by whichever of the two read it.
    assert again.returncode in {0, 1}, errors
    told = [json.loads(line) for line in out.splitlines()]
    assert len(told) - 1 <= told[-1]["done"] - first
    assert told[-1]["failed"] == told[-1]["left"] == 0
    with Ledger.open(url) as ledger:
        assert local.entries(ledger) == as_added
    assert Folder(parts).standing().unread == []
    assert most < 350, "MB of a worker"


def descendants(process: int) -> set[int]:
    found = {process}
    while True:
        more = {int(one.name) for one in Path("/proc").glob("[0-9]*") if parent(int(one.name)) in found} - found
        if not more:
            return found
        found |= more


def heard_from(process: int) -> set[str]:
    """Return the addresses at which a process and those that it started listen."""
    sockets = set()
    for one in descendants(process):
        with suppress(OSError):
            for file in Path(f"/proc/{one}/fd").iterdir():
                with suppress(OSError):
                    sockets.add(str(file.readlink()))
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and f"socket:[{cells[9]}]" in sockets:
                found.add(address(cells[1].partition(":")[0]))
    assert found
    return found


def address(written: str) -> str:
    """Return an address as people write it; the kernel writes words of four bytes with the last byte first."""
    import ipaddress

    raw = b"".join(bytes.fromhex(written[at : at + 8])[::-1] for at in range(0, len(written), 8))
    found = ipaddress.ip_address(raw)
    mapped = getattr(found, "ipv4_mapped", None)
    return f"::ffff:{mapped}" if mapped else str(found)


def memory(process: int) -> float:
    """Return the memory that a process has for itself alone, in MB: not what it shares with the other workers."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return sum(map(int, re.findall(r"^Private_\w+:\s+(\d+) kB", rollup, re.MULTILINE))) / 1000
