"""Names of people harmed stay out of every file that is made of a ledger of real readings, whole texts included."""

from __future__ import annotations

import gzip
import html
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.export.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = {
    "mill.txt": (
        "Two brothers die in mill fire\n\n"
        "Harlan Falls, 9 March 2023. Two brothers, Anis and Omar Belhadi, were killed in a fire at a mill in Harlan "
        "Falls on Thursday, police said. Their cousin, Rada Velin, 34, was badly injured.\n\n"
        "Anis Belhadi had worked there for nine years, said the mill's owner, Petra Lund.\n"
    ),
    "gate.txt": (
        "Mayor shot dead at his gate\n\n"
        "Tamrit, 2 May 2023. The mayor of Tamrit, Ilan Moss, was shot dead at his gate on Tuesday, the district "
        "governor said. His driver, Deru Hale, was wounded.\n\n"
        "Moss was 51. Hale, 28, is in hospital, said a nurse.\n"
    ),
    "ferry.txt": (
        "Six drown as ferry sinks\n\n"
        "Karvina, 3 July 2023. Six people drowned when a ferry sank near Karvina on Monday, rescuers said. The dead "
        "were identified as Tigran Asoyan, Mirela Kosta and Yusuf al-Masri; three have yet to be named.\n\n"
        "Four of the dead: Tigran Asoyan, Mirela Kosta, Yusuf al-Masri and Salma Idris. A boy called Heitor is "
        "missing. The town also mourns Salma's sister.\n"
    ),
    "raid.txt": (
        "Raid on Dresk kills three\n\n"
        "Dresk, 14 June 2023. Three villagers, Noor Haddan, Piet van Dorn and Asha Turay, were killed in a raid on "
        "Dresk on Wednesday, witnesses said. A teacher, Lena Orsk, was abducted, her husband said.\n\n"
        "Corporal Bruno Tesk, 22, fell in the same raid, the army said.\n"
    ),
}
HARMED = (
    *("Anis", "Belhadi", "Velin", "Ilan", "Moss", "Deru", "Hale", "Asoyan", "Kosta", "al-Masri", "Salma", "Idris"),
    *("Heitor", "Haddan", "van Dorn", "Turay", "Orsk", "Tesk", "Samir"),
)
"""No name of a place, a body or a speaker among them."""


class Program:
    """The program with a ledger, run within this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object) -> str:
        """Run a command; return what it wrote to standard output."""
        variables = {"SAYSO_LEDGER": str(self.folder / "ledger.sayso"), "COLUMNS": "200", "SAYSO_LEDGER_BY": "Ana Ruiz"}
        done = CliRunner().invoke(app, list(map(str, arguments)), env=variables)
        assert done.exit_code == 0, done.output
        return done.stdout

    def exported(self, to: str, *options: str) -> str:
        """Return all words of an export, whatever they are packed in."""
        file = self.folder / f"{to}{''.join(options)}"
        if not file.exists():
            self("export", "--to", to, *options, file)
        body = file.read_bytes()
        if to == "parquet":
            return json.dumps(pq.read_table(io.BytesIO(body)).to_pylist(), default=str, ensure_ascii=False)
        words = body.decode("utf-8")
        if to in {"jsonl", "plover"}:
            return "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in words.splitlines())
        if to in {"geojson", "web-annotation", "schema-claim", "prov"}:
            return json.dumps(json.loads(words), ensure_ascii=False)
        return html.unescape(words)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    folder = tmp_path_factory.mktemp("names")
    reports = folder / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    made = Program(folder)
    made("init")
    made("add", reports)
    killed = next(
        one["id"]
        for line in made("export", "--to", "jsonl", "--names", "-").splitlines()
        for one in json.loads(line)["claims"]
        if "brothers" in one["text"]
    )
    made("accept", killed, "--why", "Petra Lund names Samir Belhadi, 19, as well")
    return made


def named_in(words: str) -> list[str]:
    """Return the names of people harmed that stand in words, addresses included."""
    folded = unquote(words).casefold()
    return [name for name in HARMED if name.casefold() in folded]


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_format_names_anybody_harmed(program: Program, one: object) -> None:
    to = getattr(one, "name", "")
    assert named_in(program.exported(to)) == []
    assert named_in(program.exported(to, "--with-text")) == []


@pytest.mark.parametrize("to", ["csv", "jsonl", "parquet", "html"])
def test_whole_texts_are_there_when_asked_for_and_only_then(program: Program, to: str) -> None:
    inside = "had worked there for nine years"
    assert inside not in program.exported(to)
    assert inside in program.exported(to, "--with-text")


@pytest.mark.parametrize("to", ["csv", "jsonl", "parquet", "html", "web-annotation", "schema-claim"])
def test_all_names_go_out_when_they_are_asked_for(program: Program, to: str) -> None:
    assert {"Belhadi", "Moss", "Haddan"} <= set(named_in(program.exported(to, "--names")))


def test_who_speaks_keeps_the_name_that_makes_the_source(program: Program) -> None:
    assert "Petra Lund" in program.exported("csv", "--with-text")


def test_an_archive_of_pages_says_that_they_are_whole(program: Program) -> None:
    file = program.folder / "pages.warc.gz"
    variables = {"SAYSO_LEDGER": str(program.folder / "ledger.sayso"), "COLUMNS": "200"}
    done = CliRunner().invoke(app, ["export", "--to", "warc", str(file)], env=variables)
    assert "names of people harmed are in them" in done.stderr
    assert b"Belhadi" in gzip.decompress(file.read_bytes())


@pytest.mark.parametrize(
    "command",
    [
        ("incidents",), ("incidents", "--json"), ("tolls", "--all"), ("tolls", "--all", "--json"),
        ("tolls", "--all", "--explain"), ("tolls", "--all", "--explain", "--json"),
        ("compare", "the army", "--json"), ("compare", "the army"),
        ("compare", "--policy", "as-said", "--policy", "ecc-range", "--json"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_list_sum_or_comparison_names_anybody_harmed(program: Program, command: tuple[str, ...]) -> None:
    assert named_in(program(*command)) == []


def test_agreement_names_nobody_harmed(program: Program) -> None:
    tables = []
    for name, words in (("ana", "killed"), ("ben", "injured")):
        file = program.folder / f"{name}.csv"
        if not file.exists():
            program("export", "--to", "csv", "--names", file)
            file.write_text(file.read_text(encoding="utf-8").replace(",killed,", f",{words},"), encoding="utf-8")
        tables.append(file)
    for options in ((), ("--json",)):
        assert named_in(program("agreement", *tables, *options)) == []
    assert named_in(program("agreement", *tables, "--names")) != []
