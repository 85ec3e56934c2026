"""The walls of the house hold, and the check on them would tell if they did not."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/sayso"
IN_MORE_THAN_ONE_FILE = {
    "alembic",
    "fastapi",
    "numpy",
    "pyarrow",
    "pydantic",
    "rich",
    "sqlalchemy",
    "starlette",
    "typer",
}
"""The ledger's queries stand beside what they are for, and each step of its schema in a file of its own. Arrays pass
from the encoder to what reads them; the console's library shows results in export/ and progress in the command line,
whose commands stand in more than one file. The desk's pages are written in its framework's terms, each in its own.
Parquet is an export of claims and, of another shape, what a part of an archive is kept in."""


def check(source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package under `source` with the project's contracts."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=source, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of the package that a test may spoil."""
    shutil.copytree(PACKAGE, tmp_path / "sayso", ignore=shutil.ignore_patterns("*.sqlite", "__pycache__"))
    return tmp_path


def test_the_walls_hold() -> None:
    result = check(PACKAGE.parent)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("pages/spoiled.py", "import sayso.claim.numbers"),
        ("find/spoiled.py", "def late():\n    from sayso.pages import files"),
        ("claim/spoiled.py", "import sayso.pipeline"),
        ("export/spoiled.py", "from sayso import claim"),
        ("records.py", "import rich"),
        ("newroom/__init__.py", ""),
    ],
)
def test_a_breach_is_told(copy: Path, file: str, line: str) -> None:
    spoiled = copy / "sayso" / file
    spoiled.parent.mkdir(exist_ok=True)
    spoiled.write_text(f"{line}\n", encoding="utf-8")
    result = check(copy)
    assert result.returncode == 1
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"sayso.{module}" in result.stdout


def test_an_outside_library_is_imported_in_one_file() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                root = name.partition(".")[0]
                if root != "sayso" and root not in sys.stdlib_module_names:
                    users[root].add(str(file.relative_to(PACKAGE)))
    assert {"trafilatura", "re2"} <= set(users)
    shared = {library: files for library, files in users.items() if len(files) > 1}
    assert set(shared) <= IN_MORE_THAN_ONE_FILE, shared
