"""docs/policies.md against the rules, their words and the levels of sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.reconcile import POLICIES
from sayso.reconcile.figures import tables
from sayso.reconcile.rank import load, shipped
from tests.reconcile import (
    test_acled,
    test_airwars,
    test_as_said,
    test_ecc,
    test_gtd,
    test_ibc,
    test_ucdp,
)

if TYPE_CHECKING:
    from sayso.reconcile.policy import Policy

PAGE = (Path(__file__).parents[2] / "docs/policies.md").read_text(encoding="utf-8")
CASES = {
    "as-said": test_as_said.CASES,
    "acled-conservative": test_acled.CASES,
    "ucdp-best-low-high": test_ucdp.CASES,
    "gtd-recent-majority-lowest": test_gtd.CASES,
    "ibc-min-max": test_ibc.CASES,
    "airwars-grade": test_airwars.CASES,
    "ecc-hierarchy": test_ecc.HIERARCHY,
    "ecc-range": test_ecc.RANGE,
    "ecc-majority": test_ecc.MAJORITY,
    "ecc-defer": test_ecc.DEFER,
}


def section(heading: str) -> str:
    """Return the words under a heading, on one line, with sections below it."""
    level = heading.split(" ", 1)[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/policies.md has no section {heading}"
    return " ".join(found[1].split())


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_every_rule_has_its_section(policy: Policy) -> None:
    text = section(f"## `{policy.name}`")
    assert f"| {policy.version} |" in text
    assert policy.source in text or policy.source == "docs/policies.md"
    assert f"table `{policy.words}`" in text
    for sentence in (policy.counts, *policy.undecided, *policy.unchecked):
        assert sentence in text
    assert ("Not read at its source:" in text) == bool(policy.unchecked)


def test_no_section_is_of_a_rule_that_is_not_there() -> None:
    assert re.findall(r"^## `(.*)`$", PAGE, re.MULTILINE) == list(POLICIES)


@pytest.mark.parametrize("name", tables())
def test_every_table_of_words_is_shown(name: str) -> None:
    table = tables()[name]
    text = section(f"### Table `{name}`")
    assert table.why in text
    for word, number in table.numbers.items():
        assert re.search(rf"`{word}`[^|]*\| {number} \|", text)
    for word in table.plurals:
        assert re.search(rf"`{word}`[^|]*\| {table.few}, or {table.few_in_war} in a country at war \|", text)
    shown = set(re.findall(r"`([a-z_]+)`", text.partition("| --- |")[2]))
    assert shown == set(table.numbers) | table.plurals


def test_every_table_belongs_to_a_rule() -> None:
    assert {policy.words for policy in POLICIES.values()} == set(tables())


def test_levels_of_sources_are_shown() -> None:
    text = section("## Levels of sources")
    ranks = shipped()
    for name, level in (*ranks.kinds.items(), *ranks.bias.items()):
        assert f"| `{name}` | {level.number} | {level.why} |" in text
    for rule, limit in ranks.limits.items():
        assert f"| `{rule}` | {limit} |" in text


@pytest.mark.parametrize("policy", POLICIES)
def test_every_rule_has_at_least_15_worked_cases(policy: str) -> None:
    cases = CASES[policy]
    assert len({case[0] for case in cases}) >= 15


def test_the_example_of_a_user_s_file_is_read(tmp_path: Path) -> None:
    example = re.search(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert example
    file = tmp_path / "ranks.toml"
    file.write_text(example[1], encoding="utf-8")
    ranks, problems = load(file)
    assert problems == ()
    assert ranks != shipped()
