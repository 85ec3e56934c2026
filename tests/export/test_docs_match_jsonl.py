"""docs/jsonl.md describes every key that is written, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sayso.export import jsonl
from sayso.problems import Problem
from sayso.records import Attribution, Claim, Passage, Reading, Report, Span

PAGE = Path(__file__).parents[2] / "docs" / "jsonl.md"


def keys_of(heading: str) -> list[str]:
    """Return the keys named in the first column of the table under a heading, in order."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [key for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)]


def test_the_page_names_exactly_the_keys_that_are_written() -> None:
    claim = Claim("c", 0, 1, "9", "killed", "count", 9, 9, "exact", None)
    report = Report("r", "9", passages=(Passage(Span(0, 1), "2021-03-04"),))
    reading = Reading(report, (claim,), (Attribution((), (), ()),), (Problem("a", "b", "c", "d"),))
    line = json.loads(jsonl.line(reading, with_text=True))
    assert keys_of("The line") == list(line)
    assert keys_of("`report`") == list(line["report"])
    assert keys_of("`passages`") == list(line["report"]["passages"][0])
    assert keys_of("`claims`") == list(line["claims"][0])
    assert keys_of("`spans`") == list(line["claims"][0]["spans"])
    assert keys_of("`attributions`") == list(line["attributions"][0])
    assert keys_of("`problems`") == list(line["problems"][0])
