"""The checker in docs/ledger-entries.md, which knows nothing of this program, agrees with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.entries import Decision
from tests.ledger.invented import page, reading

if TYPE_CHECKING:
    from sayso.ledger import Ledger

DOCS = Path(__file__).parents[2] / "docs/ledger-entries.md"


def checked(lines: list[str]) -> subprocess.CompletedProcess[str]:
    program = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert program
    command = [sys.executable, "-I", "-c", program[1]]
    return subprocess.run(command, input="\n".join(lines), capture_output=True, encoding="utf-8", check=False)


def test_the_checker_of_the_docs_finds_the_same_head_and_any_change(ledger: Ledger) -> None:
    for number in range(3):
        read = page(f"{number} nurses were killed at Orlí.\x00", f"https://review.example/{number}")
        ledger.add([(read, reading(read))], "Mára Voss")
    claims = list(ledger.claims())
    ledger.decide(Decision("note", (claims[0].claim.id,), "Ode Tarn", "“Seen”, \u2028 he said."))
    ledger.redact(claims[1].claim.id, by="Ode Tarn", why="A court asked for it.")
    lines = list(ledger.dump())
    assert checked(lines).stdout.strip() == str(ledger.head())
    for place, line in [*enumerate(lines)][1::6]:
        if "id" in json.loads(line):
            changed = [*lines[:place], line.replace("Voss", "Vose").replace("Tarn", "Torn"), *lines[place + 1 :]]
            assert "AssertionError" in checked(changed).stderr
    assert "AssertionError" in checked([*lines[:4], *lines[5:]]).stderr
