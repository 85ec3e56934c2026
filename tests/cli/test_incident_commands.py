"""The commands for incidents, run over a ledger that `sayso add` made: what they write, and what rulings come to."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from tests.incident.told_set import told

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

KEYS = (
    *("id", "name", "type", "date_from", "date_to", "place", "country", "lat", "lon"),
    *("reports", "claims", "killed", "injured"),
)
DESK = "Ana Ruiz"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger that holds one story of the invented set, as `sayso add` reads it."""
    folder = tmp_path_factory.mktemp("incidents")
    records = []
    for one in told().reports:
        report = one.report
        if report.id.startswith("dresk-"):
            values = {"id": report.id, "text": report.text, "title": report.title, "url": report.url}
            values |= {"outlet": report.outlet, "published": report.published, "language": "en"}
            records.append(json.dumps(values))
    (folder / "dresk.jsonl").write_text("\n".join(records), encoding="utf-8")
    run(folder / "made.sayso", "init")
    run(folder / "made.sayso", "add", folder / "dresk.jsonl")
    return folder / "made.sayso"


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of it for this test alone."""
    copy = tmp_path / "ledger.sayso"
    copy.write_bytes(filled.read_bytes())
    return copy


def run(ledger: Path, *arguments: object, code: int = 0) -> Result:
    """Run a command on a ledger; it must leave with `code`."""
    variables = {"SAYSO_LEDGER": str(ledger), "COLUMNS": "80", "SAYSO_LEDGER_BY": DESK}
    done = CliRunner().invoke(app, list(map(str, arguments)), env=variables)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, (done.stdout, done.stderr)
    return done


def listed(ledger: Path, *options: object) -> list[dict[str, Any]]:
    """Return what `sayso incidents --json` writes."""
    return [json.loads(line) for line in run(ledger, "incidents", "--json", *options).stdout.splitlines()]


def test_a_line_of_json_has_the_ids_that_reports_came_with_and_each_report_once(ledger: Path) -> None:
    found = listed(ledger)
    assert all(set(KEYS) <= set(one) for one in found)
    reports = [report for one in found for report in one["reports"]]
    assert len(reports) == len(set(reports))
    assert set(reports) <= {one.report.id for one in told().reports}
    assert len(reports) >= 20
    claims = [claim for one in found for claim in one["claims"]]
    assert len(claims) == len(set(claims))
    school = next(one for one in found if "dresk-m1" in one["reports"])
    assert {"dresk-m2", "dresk-m3", "dresk-s1", "dresk-v1"} <= set(school["reports"])
    assert (school["date_from"], school["date_to"], school["place"]) == ("2023-03-14", "2023-03-14", "Dresk")
    low, high = school["killed"]
    assert low <= 17
    assert high >= 100
    assert "school" in school["name"]
    assert [one["scope"] for one in listed(ledger, "--totals")][:1] == ["period"]


def test_the_list_fits_the_terminal_and_pages_on(ledger: Path) -> None:
    written = run(ledger, "incidents", "--limit", 2).stdout
    assert all(len(line) <= 80 for line in written.splitlines()[1:])
    last = written.rsplit("--after ", 1)[1].strip()
    whole = [one["id"] for one in listed(ledger)]
    assert whole.index(last) == 1
    assert [one["id"] for one in listed(ledger, "--after", last)] == whole[2:]
    assert [one["id"] for one in listed(ledger, "--limit", 3)] == whole[:3]
    assert "None fits" in run(ledger, "incidents", "--place", "nowhere").stdout


def test_the_list_says_how_many_fit_what_was_asked_for(ledger: Path) -> None:
    fit = len(listed(ledger, "--place", "dresk", "--least", 5))
    assert 1 < fit < len(listed(ledger))
    first = run(ledger, "incidents", "--place", "dresk", "--least", 5).stdout.split("\n\n")[0]
    assert first.replace("\n", "").endswith(f"{len(listed(ledger))} incidents, {fit} of which fit")
    assert ", of which these fit" in run(ledger, "incidents", "--least", 5, "--limit", 1).stdout.replace("\n", "")
    assert "fit" not in run(ledger, "incidents").stdout.split("\n\n")[0].rsplit(":", 1)[1]


def test_one_incident_is_shown_with_figures_words_and_reasons(ledger: Path) -> None:
    school = next(one for one in listed(ledger) if "dresk-m1" in one["reports"])
    written = run(ledger, "incident", school["id"][:9]).stdout
    assert max(map(len, written.splitlines())) <= 80
    for words in (
        "Killed, by source and day of report",
        "15 Mar 2023  over 100",
        "[17 conscripts]",
        "Printed as well by",
        "contradicts",
        "Why the reports are held to speak of one event",
    ):
        assert words in written, words
    sentences = run(ledger, "incident", school["claims"][0], "--list").stdout
    assert "[---]" not in sentences
    assert "General Staff" in sentences
    record = json.loads(run(ledger, "incident", school["id"], "--json").stdout)
    assert record["incident"]["id"] == school["id"]
    assert {claim["id"] for claim in record["claims"]} == set(school["claims"])
    assert isinstance(record["proposals"], list)


def test_pictures_are_written_to_a_file_that_a_browser_can_read(ledger: Path, tmp_path: Path) -> None:
    school = next(one for one in listed(ledger) if "dresk-m1" in one["reports"])
    run(ledger, "incident", school["id"], "--svg", tmp_path / "school.svg")
    picture = ET.fromstring((tmp_path / "school.svg").read_text(encoding="utf-8"))  # noqa: S314 - we wrote it
    inner = [child for child in picture if child.tag.endswith("svg")]
    bottoms = [float(child.attrib["y"]) + float(child.attrib["height"]) for child in inner]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] == float(picture.attrib["height"])
    run(ledger, "incident", school["id"], "--svg", tmp_path / "school.svg", code=2)


def test_names_of_people_harmed_are_shown_only_when_asked_for(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "wall.txt").write_text(
        "TAMRIT, Velmora - Mira Olen, 34, a baker, was killed when a wall fell in Tamrit on Monday, police said.\n",
        encoding="utf-8",
    )
    run(ledger, "add", tmp_path / "wall.txt", "--published", "2023-05-02")
    (wall,) = listed(ledger, "--place", "tamrit")
    for arguments in (
        ("incidents",),
        ("incidents", "--json"),
        ("incident", wall["id"]),
        ("incident", wall["id"], "--json"),
    ):
        assert "Olen" not in run(ledger, *arguments).stdout
    assert "Mira Olen" in run(ledger, "incident", wall["id"], "--names").stdout


def test_a_merge_and_its_withdrawal(ledger: Path) -> None:
    first, second = (one["id"] for one in listed(ledger)[:2])
    before = listed(ledger)
    made = json.loads(run(ledger, "merge", first[:10], second, "--why", "One strike.", "--json").stdout)
    assert (made["decision"]["kind"], made["decision"]["by"]) == ("merge", DESK)
    (merged,) = made["incidents"]
    assert "One strike." in run(ledger, "incident", merged).stdout
    assert len(listed(ledger)) == len(before) - 1
    run(ledger, "withdraw", made["decision"]["id"])
    assert listed(ledger) == before


def test_a_proposal_is_answered_by_the_command_that_is_shown_with_it(ledger: Path) -> None:
    for one in listed(ledger):
        written = run(ledger, "incident", one["id"]).stdout
        if "no:" in written:
            break
    answer = next(line for line in written.splitlines() if "no:" in line).partition("sayso ")[2].split()
    run(ledger, *answer)
    again = run(ledger, "incident", one["id"]).stdout
    assert " ".join(answer) not in again


def test_claims_are_split_off_and_moved_on(ledger: Path) -> None:
    school = next(one for one in listed(ledger) if "dresk-m1" in one["reports"])
    claim = school["claims"][0]
    run(ledger, "split", school["id"], claim, "--why", "Another rocket.")
    alone = next(one for one in listed(ledger) if claim in one["claims"])
    assert set(alone["claims"]).isdisjoint(school["claims"][1:])
    target = next(one for one in listed(ledger) if claim not in one["claims"])
    said = run(ledger, "move", claim, "--to", target["id"]).stdout
    assert "Ledger: " in said
    assert claim in next(one for one in listed(ledger) if target["claims"][-1] in one["claims"])["claims"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("incident", "i-ffff"), 3, "no incident of this id"),
        (("incidents", "--box", "1,2"), 2, "is no box"),
        (("incidents", "--since", "soon"), 2, "is no day"),
        (("merge", "i-ffff", "i-eeee"), 3, "no incident of this id"),
        (("move", "c-nothing", "--to", "i-ffff"), 3, "no such claim"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_remedy(
    ledger: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = run(ledger, *arguments, code=code)
    assert words in said.stderr
    assert said.stdout == ""


def test_the_program_starts_without_reading_what_incidents_need() -> None:
    heavy = "('sayso.gathering', 'sayso.incident', 'sqlalchemy')"
    code = f"import sys, sayso.cli; print(sorted(one for one in sys.modules if one.startswith({heavy})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
