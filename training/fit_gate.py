"""Fit the weights by which the second gate judges words of harm (``src/sayso/find/near_harm.tsv``).

``python -m training.fit_gate --gold FOLDER --bench FOLDER --keep FILE`` reads the parts that are not held out with the
program as it is, and keeps the lines that it writes in the file, so that a second run takes a minute.

A word of harm in a sentence in which the program reads a claim speaks of people; every other one does not, and neither
does a word of harm that is put in the place of a word drawn from a report of politics without claims: so what stands
beside it has to speak for people, and does not let a page through by being unknown. The weights are those of a logistic
regression (AdaGrad, a quadratic penalty, the same order of examples each time); words met fewer than `RARE` times are
left out.

The threshold is the score that `RECALL` of the reports with a claim reach when they are scored by weights fitted
without them. PolNeAR is left out of that: most of the few claims that the program reads there are no
harm to people ("hundreds of thousands of jobs"). Printed are the reports that either gate lets through, scored by
weights fitted without them; words of harm are put into half of PolNeAR's reports, and only the others are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench import sets
from bench.program import read_one
from sayso.find import telling
from sayso.find.telling import BASE, LEAST, UNKNOWN, is_plain, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sayso.records import Report

WEIGHTS = Path(telling.__file__).with_name(telling.WEIGHTS)
RECALL = 0.998
"""The share of reports with a claim that the threshold is set by."""
RARE = 30
"""Words met less often than this have no weight of their own; it also keeps out all but the commonest names."""
LIGHT = 0.1
"""Weights nearer to nothing than this are left out."""
NOISE = 80
"""Words of harm that are put into each report of politics without a claim."""
FOLDS, TURNS, RATE, PENALTY = 4, 6, 0.3, 1e-3
SLOW, _STRANGE = 0.02, 8
"""How fast the two weights move that every example has; words that are not known, of some sixteen."""
_FIRST = {"gva": 500, "muc4": 400}
"""Reports of large sets that are taken at most."""
_TOKEN = re.compile(r"[A-Za-z]+")
_HEAD = (
    "# What the words beside a word of harm say of whether people are meant (training/fit_gate.py); log-odds.\n"
    "# `=` is the word of harm, `<` and `>` one of three words before and behind it, `0` a figure by its length.\n"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A report as examples: what stands beside each of its words of harm, and whether people are meant."""

    source: str
    near: tuple[tuple[set[str], bool], ...]
    claims: bool


def main() -> None:
    """Read the command line, fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "bench", "keep"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    examples = list(_examples(options.gold, options.bench, options.keep))
    fold = [number % FOLDS for number in range(len(examples))]
    scores = [0.0] * len(examples)
    for out in range(FOLDS):
        fitted = fit([one for one, own in zip(examples, fold, strict=True) if own != out])
        for number, one in enumerate(examples):
            if fold[number] == out:
                scores[number] = fitted.highest(one)
    reached = sorted(
        score for one, score in zip(examples, scores, strict=True) if one.claims and one.source != "polnear"
    )
    least = reached[int(len(reached) * (1 - RECALL))]
    for source in sorted({one.source for one in examples if not one.source.endswith(" noise")}):
        own = [(one, score) for one, score in zip(examples, scores, strict=True) if one.source == source]
        for claims in (True, False):
            some = [(one, score) for one, score in own if one.claims == claims]
            held = sum(bool(one.near) for one, _ in some)
            passed = sum(score >= least for _, score in some)
            print(f"{source}, {'with' if claims else 'without'} claims: {len(some)}, gates {held} and {passed}")
    fitted = fit(examples)
    _write(fitted, least)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by word, of any word that is not known, and of any word of harm."""

    places: dict[str, int]
    weights: NDArray[np.float64]
    unknown: float
    base: float

    def highest(self, one: Judged) -> float:
        """Return the score of the word of harm of a report that speaks most of people; very low where it has none."""
        return max((self._score(near) for near, _ in one.near), default=-99.0)

    def _score(self, near: set[str]) -> float:
        at, unknown = _known(near, self.places)
        return float(self.base + self.weights[at].sum() + self.unknown * unknown)


def _known(near: set[str], places: dict[str, int]) -> tuple[NDArray[np.int64], int]:
    """Return the places of what is known, and how many words are not."""
    known = sorted(places[word] for word in near if word in places)
    return np.array(known, dtype=np.int64), sum(word not in places and is_plain(word) for word in near)


def fit(examples: Sequence[Judged]) -> Fitted:
    """Fit weights to examples."""
    met = Counter(word for one in examples for near, _ in one.near for word in near)
    places = {word: place for place, word in enumerate(sorted(word for word, times in met.items() if times >= RARE))}
    rows = [(*_known(near, places), float(meant)) for one in examples for near, meant in one.near]
    weights, squares = np.zeros(len(places)), np.full(len(places), 1e-6)
    unknown = base = 0.0
    draw = random.Random(1)  # noqa: S311 - the same in every run
    for _ in range(TURNS):
        draw.shuffle(rows)
        for at, strange, meant in rows:
            off = 1 / (1 + np.exp(-(base + weights[at].sum() + unknown * strange))) - meant
            step = off + PENALTY * weights[at]
            squares[at] += step * step
            weights[at] -= RATE * step / np.sqrt(squares[at])
            unknown -= SLOW * off * strange / _STRANGE
            base -= SLOW * off
    return Fitted(places, weights, float(unknown), float(base))


def _examples(gold: Path, bench: Path, keep: Path) -> Iterator[Judged]:
    """Yield the reports of all sets as examples, and PolNeAR's with words of harm put into them."""
    lines = keep.read_text(encoding="utf-8").splitlines() if keep.exists() else []
    known = {line["report"]["id"]: line["claims"] for line in map(json.loads, lines)}
    words: list[str] = []
    calm: list[Report] = []
    even = False
    with keep.open("a", encoding="utf-8") as out:
        for source, report in _reports(gold, bench):
            if report.id not in known:
                line = read_one(report)
                out.write(f"{line}\n")
                known[report.id] = json.loads(line)["claims"]
            judged = _judged(source, report, known[report.id])
            words += [word[1:] for near, meant in judged.near if meant for word in near if word.startswith("=")]
            if source == "polnear" and not judged.claims:
                even = not even
                if even:
                    calm.append(report)
                    judged = replace(judged, source="polnear, made use of")
            yield judged
    draw = random.Random(3)  # noqa: S311 - the same in every run
    for report in calm:
        yield Judged("polnear noise", tuple(_noise(report, words, draw)), claims=False)


def _reports(gold: Path, bench: Path) -> Iterator[tuple[str, Report]]:
    folders = [sets.claim_set(folder) for folder in sorted(gold.iterdir())]
    whole: list[sets.Set[Any]] = [
        *folders,
        sets.fakes_set(bench / "fakes" / "fakes_dev.jsonl"),
        sets.gva_set(bench / "gva" / "gva_dev.jsonl"),
        *(one for one in sets.muc_sets(bench / "muc4") if "dev" in one.name),
        sets.attribution_set(bench / "polnear" / "train"),
    ]
    for one in whole:
        part = sets.cut(one, "dev", _FIRST.get(one.kept_in or "")) if one.kept_in else one
        yield from ((one.name, report) for report in sets.same_ids(part.items).values())


def _judged(source: str, report: Report, claims: Sequence[dict[str, list[int]]]) -> Judged:
    """Judge each sentence's words of harm by whether the program reads a claim in it."""
    cuts = sorted({0, len(report.text), *(at for claim in claims for at in claim["sentence"])})
    told = {tuple(claim["sentence"]) for claim in claims}
    near: list[tuple[set[str], bool]] = []
    for at in range(len(cuts) - 1):
        meant = any(start <= cuts[at] and cuts[at + 1] <= end for start, end in told)
        near += [
            (one, meant)
            for one in surroundings(report.text[cuts[at] : cuts[at + 1]].encode("utf-8", "replace").lower())
        ]
    return Judged(source, tuple(near), bool(claims))


def _noise(report: Report, words: Sequence[str], draw: random.Random) -> Iterator[tuple[set[str], bool]]:
    """Put words of harm in the place of others."""
    text = report.text
    places = list(_TOKEN.finditer(text))
    for _ in range(NOISE):
        place, word = draw.choice(places), draw.choice(words)
        around = f"{text[max(0, place.start() - 200) : place.start()]}{word}{text[place.end() : place.end() + 200]}"
        yield from (
            (near, False) for near in surroundings(around.encode("utf-8", "replace").lower()) if f"={word}" in near
        )


def _write(fitted: Fitted, least: float) -> None:
    rows = sorted((word, round(float(fitted.weights[place]), 2)) for word, place in fitted.places.items())
    kept = [f"{word}\t{weight:g}\n" for word, weight in rows if abs(weight) >= LIGHT or is_plain(word)]
    first = f"{LEAST}\t{least:.3f}\n{BASE}\t{fitted.base:.3f}\n{UNKNOWN}\t{fitted.unknown:.3f}\n"
    WEIGHTS.write_text(f"{_HEAD}{first}{''.join(kept)}", encoding="utf-8")
    print(f"{len(kept)} words, {first}")


if __name__ == "__main__":
    main()
