"""What the README and the docs tell people to type exists and works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language, in all pages."""
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [block for page in PAGES for block in fence.findall(page.read_text(encoding="utf-8"))]


def commands() -> list[str]:
    """Return the lines of all shell blocks without their comments, each once."""
    lines = (line.partition(" # ")[0].strip() for block in blocks("sh") for line in block.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


MADE = [line for line in commands() if line.startswith("make ")]
RUN = [line for line in commands() if line not in MADE]


def targets() -> set[str]:
    """Return every target that the pages name, in blocks or in running text."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return set(re.findall(r"(?:^|`)make\s+([a-z]+)", pages, re.MULTILINE))


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell line as a reader would, in `folder`, with the program on the path."""
    surroundings = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    line = command.replace(".venv/bin/", "")
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line],  # noqa: S607 - the reader's own shell
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_readme_names_its_two_commands() -> None:
    assert {"make demo", "make test"} <= set(MADE)


@pytest.mark.parametrize("target", sorted(targets()))
def test_a_target_that_is_named_can_be_made(target: str) -> None:
    result = run(f"make --dry-run {target}", ROOT)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("command", RUN)
def test_a_command_runs_as_it_is_told(command: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    result = run(command, tmp_path)
    assert result.returncode == 0, result.stderr
    written = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.csv"))
    assert result.stdout.strip() or written.strip()


@pytest.mark.parametrize("block", blocks("python"))
def test_a_python_example_runs(block: str, tmp_path: Path) -> None:
    example = tmp_path / "example.py"
    example.write_text(block, encoding="utf-8")
    result = run(f"python -W error {example}", ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def test_the_options_in_the_readme_are_those_of_the_program() -> None:
    offered = set(re.findall(r"--[a-z][a-z-]+", run("sayso read --help", ROOT).stdout)) - {"--help"}
    rows = re.findall(r"^\| (`--.*?) \|", PAGES[0].read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"--[a-z-]+", "".join(rows))) == offered


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
