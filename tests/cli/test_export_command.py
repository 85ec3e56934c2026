"""`sayso export`: a ledger's incidents in files, by the program as people start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from sayso.cli_export import Target
from sayso.export.formats import FORMATS

ROOT = Path(__file__).parents[2]
SAYSO = Path(sys.executable).with_name("sayso")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a ledger in it."""
    folder = tmp_path_factory.mktemp("export")
    sayso(folder, "init")
    sayso(folder, "add", ROOT / "examples/plovdiv-dye-works-fire.html", ROOT / "examples/plovdiv-followups.jsonl")
    return folder


def sayso(folder: Path, *words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Start the program as a person does."""
    done = subprocess.run(
        [SAYSO, *words], cwd=folder, env=os.environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stderr
    return done


def test_the_command_offers_every_format_and_the_pages() -> None:
    assert {str(one) for one in Target} == {"warc", *(one.name for one in FORMATS)}


def test_incidents_are_written_and_what_is_left_out_is_told(place: Path) -> None:
    told = sayso(place, "export", "--to", "ged", "ged.csv")
    rows = pd.read_csv(place / "ged.csv")
    assert "Bulgaria" in rows["country"].tolist()
    assert "note on ged" in told.stderr
    assert not (place / "ged.csv.part").exists()


def test_filters_and_names(place: Path) -> None:
    told = sayso(place, "export", "--to", "jsonl", "--place", "bulgaria", "--since", "2024-02-01", "-")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert lines
    assert all(line["incident"]["country"] == "BG" for line in lines)
    assert "Kostova" not in told.stdout
    assert "Kostova" in sayso(place, "export", "--to", "jsonl", "--names", "-").stdout


def test_a_format_follows_its_own_rule_unless_another_is_named(place: Path) -> None:
    own = sayso(place, "export", "--to", "acled", "-").stdout
    assert "Fatalities by acled-conservative" in own
    other = sayso(place, "export", "--to", "acled", "--policy", "gtd-recent-majority-lowest", "-").stdout
    assert "Fatalities by gtd-recent-majority-lowest" in other
    assert "counting rule" in sayso(place, "export", "--to", "acled", "--policy", "none", "x.csv", code=2).stderr


def test_one_incident_goes_out_by_its_id(place: Path) -> None:
    lines = sayso(place, "export", "--to", "jsonl", "--least", "1", "-").stdout.splitlines()
    name = json.loads(lines[0])["incident"]["id"]
    (alone,) = sayso(place, "export", "--to", "jsonl", "--incident", name[:8], "-").stdout.splitlines()
    assert json.loads(alone)["incident"]["id"] == name
    assert "no incident" in sayso(place, "export", "--to", "csv", "--incident", "i-none", "x.csv", code=3).stderr
    assert not (place / "x.csv").exists()


def test_a_page_has_the_title_that_it_is_given(place: Path) -> None:
    sayso(place, "export", "--to", "html", "--title", "The Sava fire", "fire.html")
    assert "<title>The Sava fire</title>" in (place / "fire.html").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_left_alone(place: Path) -> None:
    (place / "there.csv").write_text("mine", encoding="utf-8")
    told = sayso(place, "export", "--to", "csv", "there.csv", code=2)
    assert "already" in told.stderr
    assert (place / "there.csv").read_text(encoding="utf-8") == "mine"


def test_what_makes_no_sense_is_said(place: Path) -> None:
    assert "March" in sayso(place, "export", "--to", "csv", "--since", "March", "x.csv", code=2).stderr
    both = sayso(place, "export", "--to", "csv", "--incident", "i-1", "--contested", "x.csv", code=2)
    assert "not both" in both.stderr
    assert "leave the other options out" in " ".join(
        sayso(place, "export", "--to", "warc", "--names", "x.warc.gz", code=2).stderr.split()
    )
