"""Timing beside spaCy asks for a Python that has it."""

import sys
from pathlib import Path

import pytest

from bench.cli import main


def test_a_python_without_spacy_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Nine people were killed in Orvelo, the harbour office said.\n", encoding="utf-8")
    assert main(["speed", str(tmp_path), "--spacy", sys.executable, "--model", "no_such_model"]) == 2
    told = capfd.readouterr().err
    assert "No module named 'spacy'" in told
    assert "bench: spaCy's process gave no answer" in told
