"""How fast the program reads beside spaCy's small pipeline: the same texts, one core each, in turns.

spaCy is none of our libraries. It is run by the Python of another environment that has it, in a process of its own,
which is told when its turn is. What is compared is processor time, since other programs share the machine; the best
of several turns, since they can only make a turn longer.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.program import read_one
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.records import Report

TURNS = 5
MODEL = "en_core_web_sm"
_ITS_TURNS = """
import json, sys, time
import spacy
model, texts = json.loads(sys.stdin.readline())
pipeline = spacy.load(model)
list(pipeline.pipe(texts[:3]))
print(json.dumps([spacy.__version__, pipeline.meta["version"], pipeline.pipe_names]), flush=True)
for _ in sys.stdin:
    start = time.process_time()
    list(pipeline.pipe(texts))
    print(time.process_time() - start, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What was timed, in seconds of processor time.

    Attributes:
        reports: How many reports were read.
        characters: Characters in them.
        attributions: Whether who said what was worked out for whole texts.
        seconds: What the program took for all of them, turn by turn.
        its_seconds: What spaCy took, turn by turn.
        spacy: Its version, its model's version and the parts of its pipeline.
        load: The machine's one-minute load average before and after.
    """

    reports: int
    characters: int
    attributions: bool
    seconds: tuple[float, ...]
    its_seconds: tuple[float, ...]
    spacy: tuple[str, str, tuple[str, ...]]
    load: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times as fast as spaCy the program is."""
        return min(self.its_seconds) / min(self.seconds)

    @property
    def words(self) -> str:
        """The figures as sentences."""
        ours, its = (", ".join(f"{one:.2f}" for one in several) for several in (self.seconds, self.its_seconds))
        return (
            f"{self.reports} reports, {self.characters} characters, one core, "
            f"{'claims and attributions' if self.attributions else 'claims'}; processor time, best of {TURNS} turns\n"
            f"sayso {self.reports / min(self.seconds):.1f} reports/s ({ours} s)\n"
            f"spaCy {self.spacy[0]} with {MODEL} {self.spacy[1]} ({', '.join(self.spacy[2])}) "
            f"{self.reports / min(self.its_seconds):.1f} reports/s ({its} s)\n"
            f"sayso is {self.ratio:.2f} times as fast\n"
            f"load average before and after: {self.load[0]:.2f} and {self.load[1]:.2f}"
        )


def measure(reports: Sequence[Report], python: Path, model: str = MODEL, *, attributions: bool = False) -> Beside:
    """Time both on the same reports, in turns.

    Args:
        reports: What is read.
        python: The Python of an environment with spaCy and its model.
        model: The model's name there.
        attributions: Whether the program works out who said what for whole texts.

    Raises:
        UsageError: That Python has no spaCy or no such model.
    """
    before = os.getloadavg()[0]
    one_core = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    other = subprocess.Popen(  # noqa: S603 - the Python that the user names
        [str(python), "-c", _ITS_TURNS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=one_core,
    )
    with other:
        version, its_model, parts = json.loads(_asked(other, json.dumps([model, [one.text for one in reports]])))
        read_one(reports[0], attributions=attributions)
        turns = []
        for _ in range(TURNS):
            start = time.process_time()
            for report in reports:
                read_one(report, attributions=attributions)
            turns.append((time.process_time() - start, float(_asked(other, "go"))))
    ours, its = zip(*turns, strict=True)
    return Beside(
        reports=len(reports),
        characters=sum(len(report.text) for report in reports),
        attributions=attributions,
        seconds=ours,
        its_seconds=its,
        spacy=(version, its_model, tuple(parts)),
        load=(before, os.getloadavg()[0]),
    )


def _asked(other: subprocess.Popen[str], line: str) -> str:
    if other.stdin is None or other.stdout is None:
        raise AssertionError
    try:
        other.stdin.write(f"{line}\n")
        other.stdin.flush()
    except OSError as error:
        raise UsageError(f"spaCy's process ended early ({error}); see what it wrote above.") from error
    answer = other.stdout.readline()
    if not answer:
        raise UsageError("spaCy's process gave no answer, see above; name a Python that has spaCy and the model.")
    return answer
