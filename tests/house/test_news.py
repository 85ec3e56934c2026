"""News fragments are named so that they stand in the release's notes, and say something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEWS = sorted(file for file in (ROOT / "changelog.d").iterdir() if file.name != "README.md")


def test_the_news_can_be_put_together() -> None:
    program = Path(sys.executable).with_name("towncrier")
    command = [str(program), "build", "--draft", "--version", "next"]
    notes = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    words = " ".join(notes.split())
    for file in NEWS:
        issue, kind, *_ = file.name.split(".")
        assert kind.capitalize() in notes
        assert f"issue {issue}" in notes or issue.startswith("+")
        assert " ".join(file.read_text(encoding="utf-8").split()) in words
