"""Fit the figures by which claims and stories are put together.

``python -m training.fit_grouping --gva gva_train.jsonl --fakes fakes_dev.jsonl --keep FOLDER`` reads the parts that are
not held out, the part of the invented set (``tests/incident/told``) that rules may be written after, and the stories in
``training/told``, which were written for this and are measured nowhere. It writes ``common_terms.tsv`` and the weights
of ``grouping.toml`` into ``src/sayso/incident``. Readings are kept in the folder, so that a second run takes a minute.

Of the public sets we only keep how common their words are; pairs of words with capital letters only where a dozen
reports have them, so that nobody's name gets in who is not often in the news.

Both sets of weights are those of a logistic regression with a quadratic penalty, fitted by Newton's method.

**Within a report**: pairs of its claims, by the incidents that the invented stories mark. Reports of the gun-violence
set with few claims are taken to tell of one event throughout; that is not always so, and their pairs weigh `LIGHT`, no
more than keeps such reports whole.

**Between reports**: all pairs of stories of different reports that blocking compares. Of a report of the gun-violence
set only the story with most claims is labelled, by the registry's incident; an invented story by the incident of most
of its claims. Pairs of invented stories weigh `TOLD` times as much, since they are few and hold what the other set
lacks: two attacks in one town on one day.

``--cross`` prints how well the invented stories are grouped, file by file, by weights that were fitted without the file
at hand (in nine folds of files), for the invented set and for the stories in ``training/told`` apart, and writes
nothing. With readings kept it takes about a minute.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench import sets
from bench.score_incidents import grouped
from bench.tellings import tellings
from sayso.incident import terms
from sayso.incident.group import Grouping
from sayso.incident.score import shipped
from training.grouping_pairs import WRITTEN, Invented, Pair, claim_pairs, invented, story_pairs, story_pairs_of_gva

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sayso.incident.told import Told
    from sayso.records import Report

ROOM = Path(__file__).parents[1] / "src" / "sayso" / "incident"
WEIGHTS = ROOM / "grouping.toml"
TOLD = 2.5
LIGHT = 0.02
_WITHIN_PENALTY = 2.0
_BETWEEN_PENALTY = 2e-4
"""By the pair."""
_STEPS = 40
_SETTLED = 1e-4
"""Steps of Newton's method end once no weight moves by more than this."""
_FOLDS = 9
"""Parts of the invented files, each of which is put together by weights fitted without it."""
_LEAST_SHARE = 0.05
"""Terms whose weight would come this near to the rarest are left out of the list."""

Table = dict[str, float]


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gva", type=Path, required=True)
    parser.add_argument("--fakes", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--cross", action="store_true")
    options = parser.parse_args()
    gva = sets.cut(sets.gva_set(options.gva), "dev")
    fakes = sets.same_ids(sets.cut(sets.fakes_set(options.fakes), "dev").items)
    if not options.cross:
        _write_terms([[item.report for item in gva.items], list(fakes.values())])
    read = _read(list(sets.same_ids(gva.items).values()), options.keep / "gva.jsonl")
    told = invented()
    claims = claim_pairs(told, read)
    incident = {item.report.id: item.gold.incident for item in gva.items}
    before = WEIGHTS.read_text(encoding="utf-8")
    try:
        _write("within", _within(claims))
        of_gva = story_pairs_of_gva(read, incident)
        if options.cross:
            _cross(told, claims, of_gva)
    finally:
        if options.cross:
            WEIGHTS.write_text(before, encoding="utf-8")
    if not options.cross:
        stories = [*of_gva, *story_pairs(told)]
        print(f"{len(claims)} pairs of claims, {len(stories)} of stories")
        _write("between", _between(stories))


def _cross(told: Invented, claims: Sequence[Pair], of_gva: Sequence[Pair]) -> None:
    """Group the stories of each file by weights that were fitted without it, and print how well that went."""
    files = sorted({file for file, _ in told.reports})
    gold: dict[bool, list[str]] = {True: [], False: []}
    found: dict[bool, list[str]] = {True: [], False: []}
    for fold in (files[start::_FOLDS] for start in range(_FOLDS)):
        _write("within", _within([pair for pair in claims if pair.file not in fold]))
        others = Invented(tuple(one for one in told.reports if one[0] not in fold), told.labels)
        _write("between", _between([*of_gva, *story_pairs(others)]))
        for file in fold:
            labels = told.file(file).labels
            of_claim = _grouped(told.file(file))
            one = grouped(list(labels.values()), [of_claim[claim] for claim in labels])
            print(f"{file}: P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}", flush=True)
            written = (WRITTEN / f"{file}.txt").exists()
            gold[written] += labels.values()
            found[written] += [of_claim[claim] for claim in labels]
    for written, name in ((False, "invented set, visible"), (True, "training/told")):
        print(f"{name}: {grouped(gold[written], found[written])}")


def _grouped(told: Invented) -> dict[str, str]:
    """Put some reports together; returns the incident of each claim."""
    grouping = Grouping()
    for _, report in told.reports:
        grouping.add(report)
    grouping.regroup()
    return {claim: one.id for one in grouping.incidents() for claim in one.claims}


def _within(pairs: Sequence[Pair]) -> Table:
    return _fitted(pairs, [1.0 if pair.file else LIGHT for pair in pairs], _WITHIN_PENALTY)


def _between(pairs: Sequence[Pair]) -> Table:
    return _fitted(pairs, [TOLD if pair.file else 1.0 for pair in pairs], _BETWEEN_PENALTY * len(pairs))


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


def _fitted(pairs: Sequence[Pair], weight: Sequence[float], penalty: float) -> Table:
    names = sorted({name for pair in pairs for name in pair.found})
    column = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names) + 1))
    for number, pair in enumerate(pairs):
        rows[number, -1] = 1.0
        for name, value in pair.found.items():
            rows[number, column[name]] = value
    same = np.array([float(pair.same) for pair in pairs])
    fitted = fit(rows, same, np.array(weight), penalty)
    return dict(zip(["base", *names], [fitted[-1], *fitted[:-1]], strict=True))


def _write(name: str, table: Table) -> None:
    """Put fitted weights in the place of those of one table, and read them from now on."""
    text = WEIGHTS.read_text(encoding="utf-8")
    start = text.index(f"[{name}]")
    end = text.find("\n[", text.index(f"[{name}.weights]") + 1)
    least = next(line for line in text[start:].splitlines() if line.startswith("least"))
    weights = "".join(f"{key} = {value:.3f}\n" for key, value in table.items() if key != "base")
    new = f"[{name}]\nbase = {table['base']:.3f}\n{least}\n\n[{name}.weights]\n{weights}"
    WEIGHTS.write_text(text[:start] + new + (text[end:] if end > 0 else ""), encoding="utf-8")
    shipped.cache_clear()


def fit(
    rows: NDArray[np.float64], same: NDArray[np.float64], weight: NDArray[np.float64], penalty: float
) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method.

    Args:
        rows: A row a pair; the last column is 1 and is not held small.
        same: 1 where the pair is one event, else 0.
        weight: How much each pair counts.
        penalty: How strongly the weights are held small.

    Returns:
        What each column adds to the log odds.
    """
    fitted = np.zeros(rows.shape[1])
    hold = np.full(rows.shape[1], penalty)
    hold[-1] = 1e-6
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ fitted))
        slope = rows.T @ (weight * (same - chance)) - hold * fitted
        bend = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        fitted = fitted + step
        if np.abs(step).max() < _SETTLED:
            break
    return fitted


if __name__ == "__main__":
    main()
