"""Lists of actors of the user's own take effect on what the ledger's incidents show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from sayso.cli import app

if TYPE_CHECKING:
    import pytest

REPORT = "Nine people were killed in Dresk on 14 March 2023, the Frontier Desk said.\n"
LIST = '[[actor]]\nname = "Frontier Desk of Velmora"\nkind = "monitor"\naliases = ["Frontier Desk"]\n'


def run(*words: str) -> tuple[str, str]:
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_a_list_changes_who_is_shown_as_source_and_what_is_wrong_in_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    run("init")
    run("add", "--published", "2023-03-15", "report.txt")
    incident = run("incidents")[0].rpartition("i-")[2].split()[0]
    assert "Frontier Desk of Velmora" not in run("incident", f"i-{incident}")[0]
    Path("sayso.toml").write_text('[actors]\nfiles = ["our.toml"]\n', encoding="utf-8")
    Path("our.toml").write_text(LIST, encoding="utf-8")
    shown, told = run("incident", f"i-{incident}")
    assert "Frontier Desk of Velmora" in shown
    assert "our.toml" not in told
    Path("our.toml").write_text(LIST.replace("Velmora", "Sarnovia") + '[[actor]]\nkind = "x"\n', encoding="utf-8")
    shown, told = run("incident", f"i-{incident}")
    assert "Frontier Desk of Sarnovia" in shown
    assert "our.toml, actor 2: It has no name" in told
