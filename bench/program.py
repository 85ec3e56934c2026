"""The program itself, run in this process (or several like it) over reports."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

from sayso.claim.claim_tagger import ClaimTagger
from sayso.claim.propose import Proposals, Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.claim.propose import Proposer
    from sayso.claim.sentences import Sentence
    from sayso.records import Report


READERS = ("both", "rules", "heads")
"""Patterns and trained heads together, as shipped, or either alone."""


class HeadsOnly(ClaimTagger):
    """The trained heads without a word from the patterns, to see what either is worth."""

    def propose(self, text: str, sentences: Sequence[Sentence], language: str) -> Proposals:
        """Propose what the heads find."""
        return self.weighed(Proposals((), ()), text, sentences, language)


def read_one(report: Report, *, attributions: bool = False, reader: str = "both") -> str:
    """Read one report and return its line of ``sayso read --format jsonl``."""
    from sayso.export.jsonl import line
    from sayso.pipeline import read_report

    return line(read_report(report, attributions=attributions, proposer=_proposer(reader)))


@cache
def _proposer(reader: str) -> Proposer | None:
    made: dict[str, Proposer | None] = {"rules": Rules(), "heads": HeadsOnly(), "both": None}
    return made[reader]


def read_all(
    reports: Sequence[Report], *, attributions: bool = False, jobs: int = 1, reader: str = "both"
) -> list[str]:
    """Read reports and return their lines, in the order given, with a bar on standard error where that is a screen.

    Args:
        reports: What to read.
        attributions: Ask for who said what in the whole text.
        jobs: How many processes read.
        reader: One of `READERS`.
    """
    read = partial(read_one, attributions=attributions, reader=reader)
    if jobs == 1:
        return _watched(map(read, reports), len(reports))
    # Spawned, not forked: a forked child inherits the locks of the parent's threads.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        return _watched(pool.map(read, reports, chunksize=4), len(reports))


def _watched(lines: Iterable[str], total: int) -> list[str]:
    screen = Console(stderr=True)
    return list(
        track(lines, "reading", total=total, console=screen, transient=True, disable=not screen.is_terminal),
    )
