"""Checks that our figures are those of other scorers that follow the same rules.

The other scorers are programs in a folder beside the public sets. Both sides score the same invented
predictions, made from gold of the part that is not held out, and every figure must be equal.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench import disturb, facts, score_attributions, score_claims, score_fakes, score_gva, score_muc, sets
from bench.heldout import held_out
from bench.rows import Read, read_file
from sayso.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOTHING = Read()
TEXTS = 150

Check = tuple[str, Any, Any]
"""What was scored, our figures and the other scorer's."""


def agree(shared: Path, seeds: int) -> bool:
    """Compare all scorers on invented predictions, print one line a comparison, and say whether all agree.

    Args:
        shared: The folder that holds ``gold/`` and ``bench/`` with the other scorers.
        seeds: How many random trials of each comparison.

    Raises:
        UsageError: The folder does not hold the scorers.
    """
    if not (shared / "bench" / "facts.py").is_file():
        raise UsageError(f"{shared} holds no bench/facts.py; name the folder that holds gold/ and bench/.")
    same = True
    for seed in range(seeds):
        for trial in (_claims, _attributions, _muc, _fakes, _gva):
            with tempfile.TemporaryDirectory() as folder:
                for name, ours, theirs in trial(shared, Path(folder), Random(f"{trial.__name__} {seed}")):  # noqa: S311 - trials, not secrets
                    different = sorted(_differences(ours, theirs))
                    same = same and not different
                    verdict = f"DIFFERS at {', '.join(different[:5])}" if different else "agrees"
                    print(f"seed {seed} {name}: {len(_leaves(theirs))} values, {verdict}")
    return same


def _claims(shared: Path, work: Path, rng: Random) -> Iterator[Check]:
    together = work / "all"
    together.mkdir()
    lines = []
    folders = [path for path in sorted((shared / "gold").iterdir()) if path.is_dir()]
    for folder in folders:
        (work / folder.name).mkdir()
        for path in sorted(folder.glob("*.json")):
            if path.stem in held_out(f"gold/{folder.name}"):
                continue
            row = json.loads(path.read_text(encoding="utf-8"))
            if rng.random() < 0.95:
                lines.append(_line(row["id"], disturb.claims(rng, row["claims"], len(row["text"]))))
            body = json.dumps(row | {"claims": disturb.marked(rng, row["claims"])})
            for place in (work / folder.name, together):
                (place / path.name).write_text(body, encoding="utf-8")
    pred = _write(work / "pred.jsonl", lines)
    readings = read_file(pred)
    for folder in [*folders, together]:
        gold = work / folder.name
        items = sets.claim_set(gold).items
        ours = score_claims.score((item.gold, readings.get(item.report.id, NOTHING).claims) for item in items)
        theirs = json.loads(_other(shared, "score_claims.py", gold, pred, "--json"))
        yield f"claims {folder.name}", {name: _claims_shape(score) for name, score in ours.items()}, theirs


def _claims_shape(score: score_claims.KindScore) -> dict[str, Any]:
    rates = {"P": score.rates.precision, "R": score.rates.recall, "F1": score.rates.f1}
    return rates | {
        "gold": score.gold,
        "pred": score.read,
        "attributed_F1": score.attributed_f1,
        "span_recall": score.span_recall,
        "slots": score.slots,
        "macro": score.macro,
        "via": {"gold": score.via.gold, "F1": score.via.f1},
    }


def _attributions(shared: Path, work: Path, rng: Random) -> Iterator[Check]:
    folder = shared / "bench" / "polnear" / "train"
    dev = sets.cut(sets.attribution_set(folder), "dev").items
    items = sorted(rng.sample(dev, min(TEXTS, len(dev))), key=lambda item: item.report.id)
    lines = [
        _line(item.report.id, [], disturb.triples(rng, item.gold.triples, len(item.gold.text)))
        for item in items
        if rng.random() < 0.95
    ]
    read = _write(work / "read.jsonl", lines)
    readings = read_file(read)
    given = _converted(shared, "attributions", read)
    ours = {name: [_triple(one) for one in reading.attributions] for name, reading in readings.items()}
    yield "attributions taken from readings", ours, {row["doc"]: row["attributions"] for row in given}

    score = score_attributions.score((item.gold, readings.get(item.report.id, NOTHING).attributions) for item in items)
    pred = _write(work / "pred.jsonl", map(json.dumps, given))
    names = _write(work / "names", [item.report.id for item in items])
    out = work / "out.json"
    _other(shared, "score_attributions.py", "--gold", folder, "--pred", pred, "--docs", names, "--json", out)
    yield "attributions", _attributions_shape(score), json.loads(out.read_text(encoding="utf-8"))


def _triple(triple: Any) -> dict[str, list[list[int]]]:  # noqa: ANN401 - a Triple, taken apart by its field names
    return {role: [list(piece) for piece in getattr(triple, role)] for role in score_attributions.ROLES}


def _attributions_shape(score: score_attributions.AttributionScore) -> dict[str, Any]:
    rates = {
        "content_exact": score.content_exact,
        "content_soft": score.content_soft,
        "detect_dice50": score.detected,
        "cue_exact": score.cue_exact,
        "cue_any": score.cue_any,
        "triple_loose": score.triple_loose,
        "triple_strict": score.triple_strict,
        **{f"token_{role}": score.tokens[role] for role in score_attributions.ROLES},
    }
    one = score.source
    source = {"n": one.n, "any": one.any, "head": one.head, "exact": one.exact, "no_source_predicted": one.none_read}
    sizes = {"docs": score.docs, "words": score.words, "gold": score.gold, "pred": score.read}
    listed = {name: [rate.precision, rate.recall, rate.f1] for name, rate in rates.items()}
    return sizes | listed | {"source_given_content": source}


def _muc(shared: Path, work: Path, rng: Random) -> Iterator[Check]:
    for path in sorted((shared / "bench" / "muc4").glob("*.jsonl")):
        plain = _dev_rows(path, "muc4", lambda row: [row["doc"]])
        rows = [row | {"facts": disturb.keys(rng, row["facts"])} for row in plain]
        gold = _write(work / path.name, map(json.dumps, rows))
        numbers = {
            row["doc"]: [(fact["effect"], rng.choice(fact["alts"])[0]) for fact in row["facts"] if fact["alts"]]
            + [(total["effect"], total["alts"][0][0]) for total in row["sums"] if rng.random() < 0.3]
            for row in rows
        }
        read = _invent(work / "read.jsonl", rng, numbers)
        readings = read_file(read)
        given = _converted(shared, "muc", read)
        ours = {name: list(map(_fact, facts.facts(reading.claims))) for name, reading in readings.items()}
        yield f"facts of {path.stem}", ours, {row["doc"]: row["facts"] for row in given}

        pred = _write(work / "pred.jsonl", map(json.dumps, given))
        (whole,) = (one for one in sets.muc_sets(work) if one.name == path.stem)
        documents = [(item.gold, facts.facts(readings.get(item.report.id, NOTHING).claims)) for item in whole.items]
        for smallest in (1, 2):
            theirs = json.loads(_other(shared, "score_muc.py", gold, pred, "--min", smallest, "--json"))
            # Facts carry no place and no date, so the other scorer has nothing to say of these.
            unused = [theirs.pop(name) for name in ("place_n", "place_ok", "date_n", "date_ok")]
            shape = _muc_shape(score_muc.score(documents, smallest))
            yield f"{path.stem} of {smallest} or more", [shape, [0] * 4], [theirs, unused]


def _muc_shape(score: score_muc.MucScore) -> dict[str, Any]:
    def rates(found: score_muc.Found) -> dict[str, float]:
        counted = {"req": found.asked, "hit": found.found, "pred": found.read, "good": found.good}
        return counted | {"P": found.precision, "R": found.recall, "F1": found.f1}

    return rates(score.overall) | {
        "docs": score.docs,
        "ignored": score.ignored,
        "tot_n": score.totals,
        "tot_ok": score.totals_in_range,
        "none_n": score.silent,
        "none_ok": score.silent_kept,
        "by_effect": {effect: rates(found) for effect, found in score.by_effect.items()},
    }


def _fact(fact: facts.Fact) -> dict[str, Any]:
    return {"effect": fact.effect, "low": fact.low, "high": fact.high, "who": fact.who, "scope": fact.scope}


def _fakes(shared: Path, work: Path, rng: Random) -> Iterator[Check]:
    for path in sorted((shared / "bench" / "fakes").glob("*.jsonl")):
        rows = _dev_rows(path, "fakes", lambda row: [row["doc"]])
        gold = _write(work / path.name, map(json.dumps, rows))
        numbers = {row["doc"]: [("killed", row["gold"][name]) for name in score_fakes.CLASSES] for row in rows}
        read = _invent(work / "read.jsonl", rng, numbers)
        readings = read_file(read)
        given = _converted(shared, "fakes", read)
        found = {name: facts.headline_first(facts.facts(reading.claims)) for name, reading in readings.items()}
        ours = {name: list(map(_fact, each)) for name, each in found.items()}
        yield f"facts of {path.stem}", ours, {row["doc"]: row["facts"] for row in given}

        pred = _write(work / "pred.jsonl", map(json.dumps, given))
        score = score_fakes.score((item.gold, found.get(item.report.id, [])) for item in sets.fakes_set(gold).items)
        yield path.stem, _fakes_shape(score), json.loads(_other(shared, "score_fakes.py", gold, pred))


def _fakes_shape(score: score_fakes.FakesScore) -> dict[str, Any]:
    return {
        "docs": score.docs,
        "answered": score.answered,
        "top1_acc": score.top1,
        "headline_acc": score.headline,
        "facts_per_doc": score.facts_per_doc,
        "groups>=2outlets": score.groups,
        "range_exact": score.range_exact,
        "range_overlap": score.range_overlap,
        "recall": {
            name: f"{one.found}/{one.gold}={one.found / max(1, one.gold):.3f}" for name, one in score.recall.items()
        },
        "recall_who": {name: round(one.found_with_class / max(1, one.gold), 3) for name, one in score.recall.items()},
    }


def _gva(shared: Path, work: Path, rng: Random) -> Iterator[Check]:
    for path in sorted((shared / "bench" / "gva").glob("*.jsonl")):
        rows = _dev_rows(path, "gva", lambda row: [doc["id"] for doc in row["docs"]])
        gold = _write(work / path.name, map(json.dumps, rows))
        numbers = {
            doc["id"]: [(harm, row[harm]) for harm in ("killed", "injured")] for row in rows for doc in row["docs"]
        }
        read = _invent(work / "read.jsonl", rng, numbers)
        readings = read_file(read)
        given = _converted(shared, "gva", read)
        found = {
            name: (facts.main_figure(reading.claims, "killed"), facts.main_figure(reading.claims, "injured"))
            for name, reading in readings.items()
        }
        ours = {name: [list(figure) if figure else 0 for figure in figures] for name, figures in found.items()}
        yield f"facts of {path.stem}", ours, {row["doc"]: [row["killed"], row["injured"]] for row in given}

        pred = _write(work / "pred.jsonl", map(json.dumps, given))
        items = sets.gva_set(gold).items
        scores = score_gva.score((item.gold, *found.get(item.report.id, (None, None)), None) for item in items)
        theirs = json.loads(_other(shared, "score_gva.py", gold, pred))
        yield path.stem, {"doc all": _gva_shape(scores["all"]), "doc mass>=4": _gva_shape(scores["mass"])}, theirs


def _gva_shape(score: score_gva.GvaScore) -> dict[str, Any]:
    return {
        "n": score.docs,
        "killed_acc": score.killed,
        "injured_acc": score.injured,
        "both_acc": score.both,
        "killed_mae": score.killed_error,
        "injured_mae": score.injured_error,
    }


def _invent(path: Path, rng: Random, numbers: dict[str, list[tuple[str, int]]]) -> Path:
    lines = [
        _line(name, disturb.claims_of(rng, of_report)) for name, of_report in numbers.items() if rng.random() < 0.95
    ]
    return _write(path, lines)


def _line(name: str, claims: list[disturb.Row], attributions: list[disturb.Row] | None = None) -> str:
    return json.dumps({"report": {"id": name}, "claims": claims, "attributions": attributions or []})


def _dev_rows(path: Path, kept_in: str, ids: Callable[[dict[str, Any]], list[str]]) -> list[dict[str, Any]]:
    kept = held_out(kept_in)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [row for row in rows if kept.isdisjoint(ids(row))]


def _converted(shared: Path, kind: str, read: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _other(shared, "facts.py", kind, read).splitlines()]


def _other(shared: Path, script: str, *arguments: object) -> str:
    command = [sys.executable, str(shared / "bench" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - the user named it
    if done.returncode:
        raise UsageError(f"{script} ended with {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


def _write(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _differences(ours: Any, theirs: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    mine, other = dict(_leaves(ours)), dict(_leaves(theirs))
    for place in mine.keys() | other.keys():
        if place not in mine or place not in other or mine[place] != other[place]:
            yield f"{place} (ours {mine.get(place)!r}, theirs {other.get(place)!r})"


def _leaves(value: Any, place: str = "") -> list[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in _leaves(one, f"{place}/{key}")]
    if isinstance(value, list):
        return [(f"{place}/length", len(value))] + [
            leaf for index, one in enumerate(value) for leaf in _leaves(one, f"{place}/{index}")
        ]
    return [(place, value)]
