"""The annotated reports in tests/gold and tests/gate are well formed and agree with the rules of CLAIMS.md.

What the program makes of them is tested elsewhere; here the annotations themselves are checked.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOLD = sorted([*(ROOT / "tests" / "gold").glob("*.json"), *(ROOT / "tests" / "gate" / "reports").glob("*.json")])
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.name != "README.md")
REPORT_KEYS = {"id", "published", "outlet", "text", "claims", "phenomena"}
CLAIM_KEYS = [
    "text",
    "start",
    "end",
    "harm",
    "kind",
    "low",
    "high",
    "qualifier",
    "source",
    "via",
    "stance",
    "victims",
    "status",
    "perpetrator",
    "means",
    "place",
    "country",
    "date_from",
    "date_to",
    "scope",
]
ALLOWED = {
    "harm": {"killed", "injured", "killed_or_injured", "missing", "captured", "abducted", "displaced"},
    "kind": {"count", "vague", "individual", "zero"},
    "qualifier": {"exact", "at_least", "at_most", "about", "between", "vague"},
    "stance": {"asserts", "denies", "doubts"},
    "status": {"civilian", "combatant", "mixed", "unknown"},
    "scope": {"incident", "cumulative"},
}
# The bounds that vague words have in the table of CLAIMS.md.
VAGUE: set[tuple[int, int | None]] = {
    (2, None),
    (3, 9),
    (20, 99),
    (24, 99),
    (40, 99),
    (200, 999),
    (300, 999),
    (2_000, 9_999),
    (3_000, 9_999),
    (20_000, 99_999),
    (200_000, 999_999),
    (2_000_000, 9_999_999),
}
TEXT_OR_NULL = ("source", "victims", "perpetrator", "means", "place")


def read(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def claims_of(path: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = read(path)["claims"]
    return claims


def numbers_agree(claim: dict[str, Any]) -> bool:
    """Say whether kind, qualifier, low and high can stand together by the table of CLAIMS.md."""
    low, high, qualifier = claim["low"], claim["high"], claim["qualifier"]
    if claim["kind"] != "count":
        bounds: dict[str, set[tuple[int, int | None]]] = {"zero": {(0, 0)}, "individual": {(1, 1)}, "vague": VAGUE}
        return (low, high) in bounds[claim["kind"]] and qualifier == ("vague" if claim["kind"] == "vague" else "exact")
    if qualifier == "at_least":
        return low is not None and low > 0 and high is None
    if qualifier == "at_most":
        return low is None and high is not None and high > 0
    if low is None or high is None or low <= 0:
        return False
    return bool(low < high if qualifier == "between" else low == high and qualifier in {"exact", "about"})


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_report_has_its_fields(path: Path) -> None:
    report = read(path)
    assert set(report) - {"example"} == REPORT_KEYS
    assert report["id"] == path.stem
    assert date.fromisoformat(report["published"])
    assert report["outlet"]
    assert report["text"].strip()
    assert report["phenomena"] == sorted(set(report["phenomena"]))
    assert bool(report["claims"]) != ("no-claims" in report["phenomena"])


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_claim_has_all_fields_with_allowed_values(path: Path) -> None:
    for claim in claims_of(path):
        assert list(claim) == CLAIM_KEYS
        for key, values in ALLOWED.items():
            assert claim[key] in values, (key, claim)
        for key in TEXT_OR_NULL:
            assert claim[key] is None or claim[key].strip() == claim[key] != "", (key, claim)
        assert all(name.strip() == name != "" for name in claim["via"]), claim
        assert claim["country"] is None or (len(claim["country"]) == 2 and claim["country"].isupper())


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_count_spans_slice_to_their_words(path: Path) -> None:
    text = read(path)["text"]
    for claim in claims_of(path):
        words = text[claim["start"] : claim["end"]]
        assert words == claim["text"] == words.strip() != ""


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_sources_places_and_those_who_passed_on_are_named_in_the_report(path: Path) -> None:
    text = " ".join(read(path)["text"].split()).casefold()
    for claim in claims_of(path):
        for name in [claim["source"], claim["place"], *claim["via"]]:
            assert name is None or name.casefold() in text, (name, claim)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_numbers_agree_with_their_kind(path: Path) -> None:
    for claim in claims_of(path):
        assert numbers_agree(claim), claim


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_dates_are_real_in_order_and_not_after_the_report(path: Path) -> None:
    published = date.fromisoformat(read(path)["published"])
    for claim in claims_of(path):
        first, last = (date.fromisoformat(claim[key]) if claim[key] else None for key in ("date_from", "date_to"))
        assert first is None or (last is not None and first <= last), claim
        assert last is None or last <= published, claim


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_claim_is_written_twice(path: Path) -> None:
    # The same words may be claimed by one source and rejected by another; those are two claims.
    keys = [(c["start"], c["end"], c["harm"], c["stance"], c["source"]) for c in claims_of(path)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_rejected_claim_says_who_rejects_it(path: Path) -> None:
    assert all(claim["source"] for claim in claims_of(path) if claim["stance"] != "asserts")


def test_what_is_hard_is_well_represented() -> None:
    seen: Counter[str] = Counter()
    for path in GOLD:
        report = read(path)
        seen["no-claims"] += not report["claims"]
        seen["short"] += "example" not in report
        for claim in report["claims"]:
            seen.update(claim[key] for key in ("stance", "kind", "qualifier", "harm", "scope"))
            seen["via"] += bool(claim["via"])
            seen["chain"] += len(claim["via"]) > 1
    wanted = {"denies": 14, "zero": 14, "between": 14, "individual": 14, "via": 14, "no-claims": 8, "short": 45}
    wanted |= {"vague": 20, "at_least": 14, "at_most": 5, "about": 10, "cumulative": 14, "chain": 3, "doubts": 2}
    wanted |= {"missing": 10, "captured": 10, "abducted": 10, "displaced": 10, "killed_or_injured": 10}
    assert {name: seen[name] for name in wanted if seen[name] < wanted[name]} == {}


def test_every_example_has_a_gold_file() -> None:
    covered = Counter(report["example"] for report in map(read, GOLD) if "example" in report)
    assert set(covered) == {f"examples/{path.name}" for path in EXAMPLES}
    for path in EXAMPLES:
        if path.suffix == ".jsonl":
            records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            for record in records:
                gold = read(ROOT / "tests" / "gold" / f"{record['id']}.json")
                assert (gold["text"], gold["published"]) == (record["text"], record["published"])
            assert covered[f"examples/{path.name}"] == len(records)
        else:
            assert (ROOT / "tests" / "gold" / f"{path.stem}.json").is_file()
    assert {".txt", ".html", ".pdf", ".jsonl"} == {path.suffix for path in EXAMPLES}
