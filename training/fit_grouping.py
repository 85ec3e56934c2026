"""Fit the figures by which stories are put together: how rare terms are, and what each piece of evidence weighs.

``python -m training.fit_grouping --gva gva_train.jsonl --fakes fakes_dev.jsonl --keep FOLDER`` reads the parts that are
not held out, and the part of the invented set (``tests/incident/told``) that rules may be written after, and writes
``common_terms.tsv`` and the weights of ``grouping.toml`` into ``src/sayso/incident``. Readings are kept in the folder,
so that a second run takes half a minute.

Of the public sets we only keep how common their words are; pairs of words with capital letters only where a dozen
reports have them, so that nobody's name gets in who is not often in the news.

The weights are those of a logistic regression with a quadratic penalty, fitted by Newton's method on all pairs of
stories that blocking compares. Of a report of the gun-violence set only the story with most claims is labelled, by the
registry's incident; a story of the invented set by the incident of most of its claims. Pairs of the invented set weigh
`TOLD` times as much, since they are few and hold what the other set lacks: two attacks in one town on one day.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench import sets
from bench.tellings import telling, tellings
from sayso.incident import terms
from sayso.incident.block import keys, reach
from sayso.incident.evidence import evidence
from sayso.incident.memory import MemoryIndex
from sayso.incident.stories import stories
from sayso.pipeline import read_report
from tests.incident.told_set import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sayso.events import Kept
    from sayso.incident.evidence import Evidence
    from sayso.incident.told import Story, Told
    from sayso.records import Report

ROOM = Path(__file__).parents[1] / "src" / "sayso" / "incident"
TOLD = 2.0
_PENALTY = 2e-4
_STEPS = 40
_LEAST_SHARE = 0.05
"""Terms whose weight would come this near to the rarest are left out of the list."""

Labelled = tuple["Story", tuple["Kept", ...], str | None]


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gva", type=Path, required=True)
    parser.add_argument("--fakes", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    options = parser.parse_args()
    gva = sets.cut(sets.gva_set(options.gva), "dev")
    fakes = sets.same_ids(sets.cut(sets.fakes_set(options.fakes), "dev").items)
    _write_terms([[item.report for item in gva.items], list(fakes.values())])
    read = _read(list(sets.same_ids(gva.items).values()), options.keep / "gva.jsonl")
    incident = {item.report.id: item.gold.incident for item in gva.items}
    pairs = [*_pairs(_of_gva(read, incident), 1.0), *_pairs(_of_told(), TOLD)]
    print(f"{len(pairs)} pairs, of which {sum(same for _, same, _ in pairs)} are one event")
    _write_weights(pairs)


def _read(reports: Sequence[Report], kept: Path) -> list[Told]:
    if kept.exists():
        return tellings(reports, pred=kept)
    kept.parent.mkdir(parents=True, exist_ok=True)
    return tellings(reports, keep=kept, jobs=2)


def _write_terms(groups: Iterable[Sequence[Report]]) -> None:
    """Write how rare each common term is in the set in which it is commonest."""
    share: dict[str, float] = {}
    for reports in groups:
        texts = (f"{report.title or ''}\n{report.text}" for report in reports)
        found = Counter(term for text in texts for term in set(terms.spelled(text)))
        for term, count in found.items():
            if count >= (12 if " " in term else 4):
                share[term] = max(share.get(term, 0.0), count / len(reports))
    rare = {term: -math.log(part) for term, part in share.items()}
    lines = [f"{term}\t{weight:.2f}\n" for term, weight in sorted(rare.items()) if weight < terms.RAREST - _LEAST_SHARE]
    head = "# How rare a term is: the natural logarithm of how many reports there are to one that has it.\n"
    (ROOM / "common_terms.tsv").write_text(head + "".join(lines), encoding="utf-8")
    terms.forget()
    print(f"{len(lines)} common terms")


def _of_gva(read: Iterable[Told], incident: dict[str, str]) -> list[Labelled]:
    found: list[Labelled] = []
    for one in read:
        parts = stories(one)
        main_story = max(parts, key=lambda part: len(part[1]), default=None)
        found += [(*part, incident[one.report.id] if part is main_story else None) for part in parts]
    return found


def _of_told() -> list[Labelled]:
    found: list[Labelled] = []
    for report in told().part(heldout=False).reports:
        one = telling(report.report, read_report(report.report).claims)
        for story, claims in stories(one):
            said = Counter(label for kept in claims if (label := report.incident_of(kept.claim.span)))
            found.append((story, claims, said.most_common(1)[0][0] if said else None))
    return found


def _pairs(labelled: Sequence[Labelled], weight: float) -> list[tuple[Evidence, bool, float]]:
    """Return all pairs that blocking compares and both of whose labels are known."""
    index = MemoryIndex()
    label = {story.id: one for story, _, one in labelled}
    for story, claims, _ in labelled:
        index.put(story, claims, keys(story))
    found: set[tuple[str, str]] = set()
    for story, _, _ in labelled:
        for key in index.keys(story.id):
            found.update((story.id, other) for other in index.beside(key, story, reach(key))[1])
    return [
        (evidence(index.story(a), index.story(b)), label[a] == label[b], weight)
        for a, b in sorted({(min(pair), max(pair)) for pair in found})
        if label[a] is not None and label[b] is not None
    ]


def _write_weights(pairs: Sequence[tuple[Evidence, bool, float]]) -> None:
    names = sorted({name for found, _, _ in pairs for name in found})
    column = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names) + 1))
    for number, (found, _, _) in enumerate(pairs):
        rows[number, -1] = 1.0
        for name, value in found.items():
            rows[number, column[name]] = value
    same = np.array([float(one) for _, one, _ in pairs])
    fitted = fit(rows, same, np.array([weight for _, _, weight in pairs]))
    path = ROOM / "grouping.toml"
    head = path.read_text(encoding="utf-8").split("[weights]")[0]
    head = re.sub(r"(?m)^base = .*$", f"base = {fitted[-1]:.3f}", head)
    lines = "".join(f"{name} = {weight:.3f}\n" for name, weight in zip(names, fitted, strict=False))
    path.write_text(f"{head}[weights]\n{lines}", encoding="utf-8")


def fit(rows: NDArray[np.float64], same: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method.

    Args:
        rows: A row a pair; the last column is 1 and is not held small.
        same: 1 where the pair is one event, else 0.
        weight: How much each pair counts.

    Returns:
        What each column adds to the log odds.
    """
    fitted = np.zeros(rows.shape[1])
    hold = np.full(rows.shape[1], _PENALTY * len(rows))
    hold[-1] = 1e-6
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ fitted))
        slope = rows.T @ (weight * (same - chance)) - hold * fitted
        bend = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(hold)
        fitted = fitted + np.linalg.solve(bend, slope)
    return fitted


if __name__ == "__main__":
    main()
