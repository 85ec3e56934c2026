"""Pairs of claims and of stories with what speaks for and against their being one event, and whether they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.incidents import telling_again
from bench.tellings import telling
from sayso.incident.block import keys, reach
from sayso.incident.evidence import evidence
from sayso.incident.memory import MemoryIndex
from sayso.incident.parting import compared
from sayso.incident.stories import stories
from sayso.pipeline import read_report
from tests.incident.told_set import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.events import Kept
    from sayso.incident.evidence import Evidence
    from sayso.incident.told import Story, Told
    from tests.incident.told_set import ToldReport, ToldSet

WRITTEN = Path(__file__).parent / "told"
"""Stories written to fit on, in the form of the invented set."""
FEW = 6
"""Claims up to which a report of the gun-violence set is taken to tell of one event throughout."""

Labelled = tuple["Story", tuple["Kept", ...], str | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of one report, or two stories.

    Attributes:
        found: What speaks for and against their being one event.
        same: Whether they are.
        file: The file of invented stories that they come from; empty for other sets.
    """

    found: Evidence
    same: bool
    file: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    """The invented reports that may be fitted on, as the program reads them.

    Attributes:
        reports: The reports, by the file that they come from.
        labels: The incident that each claim is about by the marks, by the claim's id; claims of single events alone.
    """

    reports: tuple[tuple[str, Told], ...]
    labels: Mapping[str, str]

    def file(self, name: str) -> Invented:
        """Return the reports of one file."""
        kept = tuple((file, one) for file, one in self.reports if file == name)
        ids = {claim.claim.id for _, one in kept for claim in one.claims}
        return Invented(kept, {claim: label for claim, label in self.labels.items() if claim in ids})


def invented() -> Invented:
    """Read the visible part of the invented set, and the stories that were written to fit on."""
    reports: list[tuple[str, Told]] = []
    labels: dict[str, str] = {}
    for part in (told().part(heldout=False), told(WRITTEN)):
        for report in part.reports:
            one = telling_again(
                telling(report.report, read_report(report.report).claims), report.copy_of or report.report.id
            )
            reports.append((report.report.id.split("-")[0], one))
            labels.update(_labels(one, report, part))
    return Invented(tuple(reports), labels)


def claim_pairs(read: Invented, gva: Iterable[Told]) -> list[Pair]:
    """Return the pairs of claims of one report: those of invented ones by their marks, of others as `FEW` says."""
    found = [Pair(one, same, file) for file, report in read.reports for one, same in _marked(report, read.labels)]
    for report in gva:
        claims = _of_events(report)
        if len(claims) <= FEW:
            found += [Pair(one, same=True) for _, one in compared(claims, report.text)]
    return found


def story_pairs_of_gva(read: Iterable[Told], incident: Mapping[str, str]) -> list[Pair]:
    """Return the pairs of main stories of the gun-violence set, by the registry's incidents."""
    labelled: list[Labelled] = []
    for one in read:
        parts = stories(one)
        main = max(parts, key=lambda part: len(part[1]), default=None)
        labelled += [(*part, incident[one.report.id] if part is main else None) for part in parts]
    return [Pair(found, same) for found, same, _ in _story_pairs(labelled)]


def story_pairs(read: Invented) -> list[Pair]:
    """Return the pairs of invented stories, each by the incident of most of its claims."""
    labelled: list[Labelled] = []
    for _, one in read.reports:
        for story, claims in stories(one):
            said = Counter(read.labels[kept.claim.id] for kept in claims if kept.claim.id in read.labels)
            labelled.append((story, claims, said.most_common(1)[0][0] if said else None))
    return [Pair(found, same, report.split("-")[0]) for found, same, report in _story_pairs(labelled)]


def _story_pairs(labelled: Sequence[Labelled]) -> list[tuple[Evidence, bool, str]]:
    """Return all pairs of two reports that blocking compares and both of whose labels are known."""
    index = MemoryIndex()
    label = {story.id: one for story, _, one in labelled}
    for story, claims, _ in labelled:
        index.put(story, claims, keys(story))
    found: set[tuple[str, str]] = set()
    for story, _, _ in labelled:
        for key in index.keys(story.id):
            found.update((story.id, other) for other in index.beside(key, story, reach(key))[1])
    stories_of = ((index.story(a), index.story(b)) for a, b in sorted({(min(pair), max(pair)) for pair in found}))
    return [
        (evidence(a, b), label[a.id] == label[b.id], a.report)
        for a, b in stories_of
        if a.report != b.report and label[a.id] is not None and label[b.id] is not None
    ]


def _marked(report: Told, labels: Mapping[str, str]) -> Iterable[tuple[Evidence, bool]]:
    claims = _of_events(report)
    for (a, b), found in compared(claims, report.text):
        one, other = labels.get(claims[a].claim.id), labels.get(claims[b].claim.id)
        if one and other:
            yield found, one == other


def _of_events(report: Told) -> list[Kept]:
    return [kept for kept in report.claims if kept.claim.scope == "incident"]


def _labels(one: Told, report: ToldReport, part: ToldSet) -> dict[str, str]:
    labels = {kept.claim.id: report.incident_of(kept.claim.span) for kept in one.claims}
    return {claim: label for claim, label in labels.items() if label and part.incidents[label].scope == "event"}
