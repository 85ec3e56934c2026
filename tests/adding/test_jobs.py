"""`sayso add --jobs`: the same ledger whatever number of processes read, and whatever moment they are ended at."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from sayso import __version__
from sayso.adding import Adding
from sayso.ledger import Ledger
from sayso.pages.files import pages
from sayso.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

_REPORTS = 40


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of records, twins and a broken one among them, and reports in files of their own."""
    folder = tmp_path_factory.mktemp("inputs")
    lines = []
    for number in range(_REPORTS):
        text = f"On Monday {number + 3} people were killed in Dresk, police said. {number % 7} were injured in Ostrel."
        lines.append(json.dumps({"id": f"r{number}", "text": text * (1 + number % 5), "published": "2023-03-15"}))
    lines[10:10] = [lines[9], lines[3], "not a record", json.dumps({"id": "none", "text": "The council met."})]
    (folder / "archive.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "one.txt").write_text("Twelve people were killed in Lirna, the mayor said.", encoding="utf-8")
    (folder / "nothing.txt").write_text("", encoding="utf-8")
    return folder


def entries(url: str) -> list[str]:
    """Return the entries in their order, without times and without what is computed from them."""
    with Ledger.open(url) as ledger:
        assert ledger.verify().problems == ()
        names: dict[str, str] = {}
        found = []
        for line in ledger.dump():
            entry = json.loads(line)
            written = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", json.dumps(entry.get("content", entry)))
            # An entry's id holds its time; as the number of the entry it can be compared.
            names[str(entry.get("id"))] = f"#{len(names)}"
            for identity, name in names.items():
                written = written.replace(f'"{identity}"', f'"{name}"')
            found.append(f"{entry.get('kind')} {written}")
        return found


def added(url: str, folder: Path, jobs: int) -> tuple[list[object], list[object]]:
    with Ledger.create(url) as ledger:
        adding = Adding(ledger, f"sayso {__version__}", jobs=jobs)
        return [
            one if isinstance(one, Problem) else (one.where, one.claims) for one in adding.add(pages([str(folder)]))
        ], [adding.counts]


def test_any_number_of_processes_makes_the_same_ledger(inputs: Path, tmp_path: Path) -> None:
    told, counts = added(str(tmp_path / "1.sayso"), inputs, 1)
    assert len(told) > _REPORTS
    for jobs in (2, 4):
        assert added(str(tmp_path / f"{jobs}.sayso"), inputs, jobs) == (told, counts)
        assert entries(str(tmp_path / f"{jobs}.sayso")) == entries(str(tmp_path / "1.sayso"))


def start(url: str, folder: Path, *more: str, errors: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sayso", "add", "--ledger", url, "--jobs", "2", "--json", *more, str(folder)]
    # A session of its own, so that a signal to the group reaches what a terminal would reach.
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=errors,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )


def gone(group: int) -> bool:
    """Say whether no process of a group is left, after a while at the most."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_stopped_and_killed_it_goes_on_with_each_report_once(inputs: Path, tmp_path: Path, ledger_url: str) -> None:
    Ledger.create(ledger_url).close()
    kept: list[str] = []
    for after, by in ((5, signal.SIGINT), (9, signal.SIGKILL)):
        program = start(ledger_url, inputs, errors=subprocess.PIPE)
        assert program.stdout
        assert program.stderr
        with program.stdout as lines, program.stderr as errors:
            kept += [json.loads(next(lines))["report"] for _ in range(after)]
            # Ctrl-C goes to all of the group; a kill to the program alone, and its readers are on their own.
            (os.killpg if by is signal.SIGINT else os.kill)(program.pid, by)
            with suppress(ValueError):
                kept += [json.loads(line)["report"] for line in lines]
            assert all(line.startswith("sayso: ") for line in errors), "each line is about an input"
        assert program.wait() == (130 if by is signal.SIGINT else -by)
        assert gone(program.pid)
        with Ledger.open(ledger_url) as ledger:
            there = [heading.id for heading in ledger.reports()]
        assert set(kept) <= set(there)
        assert len(set(kept)) == len(kept)
    program = start(ledger_url, inputs)
    out, _ = program.communicate(timeout=120)
    *told, summed = map(json.loads, out.splitlines())
    assert program.returncode == 1, "one record is broken"
    assert summed["new"] == len(told)
    assert gone(program.pid)
    added(str(tmp_path / "whole.sayso"), inputs, 1)
    assert entries(ledger_url) == entries(str(tmp_path / "whole.sayso"))


def test_on_a_terminal_it_says_how_it_goes(inputs: Path, tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger.sayso").close()
    ours, theirs = pty.openpty()
    program = start(str(tmp_path / "ledger.sayso"), inputs, errors=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the terminal is gone when the program is
        while read := os.read(ours, 10_000):
            shown += read
    os.close(ours)
    program.communicate(timeout=60)
    lines = re.findall(
        r"[\d.]+ reports/s, \d+ of \d+ pages passed the gate, \d+ claims?, \d+ failures?", shown.decode()
    )
    assert lines
    assert not lines[-1].startswith("0.0")
