"""The commands over a ledger, on both databases: what they write where, and how they leave."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

import sayso
from sayso.cli import app
from sayso.ledger import Ledger
from sayso.pipeline import read
from tests.adding import ready
from tests.web_server import serving

if TYPE_CHECKING:
    from typer.testing import Result

SOURCE = str(Path(sayso.__file__).parents[1])
TEXT = (
    "TAMRIT, Velmora - Nine people were killed when a wall fell at the market on Monday, police said. "
    "Mira Olen, 34, a baker, was among the dead, her brother said. "
    "The district hospital said that between 20 and 30 people were injured.\n"
)


class Program:
    """The program with a ledger, run within this process."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: object, code: int = 0, **changes: str) -> str:
        """Run a command that must leave with `code`; return what it wrote to standard output."""
        return self.result(*arguments, code=code, **changes).stdout

    def result(self, *arguments: object, code: int = 0, **changes: str) -> Result:
        """Do the same and return all of it."""
        variables = {"SAYSO_LEDGER": self.url, "COLUMNS": "80", "SAYSO_LEDGER_BY": "Ana Ruiz", **changes}
        done = CliRunner().invoke(app, list(map(str, arguments)), env=variables)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, (done.stdout, done.stderr)
        return done

    def lines(self, *arguments: object) -> list[dict[str, Any]]:
        """Return what a command writes as JSON lines."""
        return [json.loads(line) for line in self(*arguments, "--json").splitlines()]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report in a folder of its own, which one is in."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path = folder / "tamrit.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def program(ledger_url: str, report: Path) -> Program:
    """The program with a ledger that holds one report."""
    run = Program(ledger_url)
    run("init")
    run("add", report.name, "--published", "2023-03-15", "--outlet", "The Harbour Review")
    return run


def ids(run: Program) -> dict[str, str]:
    """Return the ids of the report's claims by the words that count."""
    (hit,) = run.lines("search", "wall", "--names")
    return {kept["claim"]["text"]: kept["claim"]["id"] for kept in hit["claims"]}


def test_each_command_says_which_ledger_it_worked_on(ledger_url: str, report: Path) -> None:
    run = Program(ledger_url)
    name = Path(ledger_url).name if "://" not in ledger_url else ledger_url.rpartition("@")[2]
    assert name in run("init")
    assert name in run("add", report)
    claim = ids(run)["Nine people"]
    for command in (["log"], ["search", "wall"], ["show", claim], ["verify"], ["accept", claim], ["rebuild"]):
        written = run(*command)
        assert name in written.replace("\n", "").replace(" ", ""), command
        assert "river-and-salt" not in written, "the password"


def test_adding_says_what_came_of_it_and_adds_nothing_twice(ledger_url: str, report: Path) -> None:
    run = Program(ledger_url)
    run("init")
    first = run("add", report).splitlines()
    assert re.fullmatch(r" ?\d claims  r-[0-9a-f]{32}  .*tamrit\.txt", first[0])
    assert first[-1].startswith("1 report added, 0 already there, ")
    assert run("add", report).startswith("0 reports added, 1 already there, 0 claims.")
    (kept, told) = run.lines("add", report, "--published", "2023-03-15")
    assert kept["outcome"] == "read_again"
    assert (told["new"], told["read_again"], told["known"]) == (0, 1, 0)
    again = run("add", report, "--published", "2023-03-15")
    assert "already there  r-" in again


def test_what_cannot_be_read_is_told_and_the_rest_is_added(program: Program, report: Path) -> None:
    report.with_name("other.txt").write_text("Two men drowned in Lirna, the mayor said.", encoding="utf-8")
    report.with_name("broken.json").write_text('{"no": 1', encoding="utf-8")
    done = program.result("add", "other.txt", "broken.json", "nowhere.txt", code=1)
    assert "1 report added" in done.stdout
    assert "broken.json" in done.stderr
    assert "nowhere.txt" in done.stderr


def test_the_log_is_filtered_and_paged(program: Program) -> None:
    program("note", ids(program)["Nine people"], "The police gave no names.")
    whole = program.lines("log")
    assert [entry["number"] for entry in whole] == list(range(len(whole), 0, -1))
    assert whole[0]["kind"] == "note"
    assert whole[0]["author"] == "Ana Ruiz"
    assert [entry["kind"] for entry in program.lines("log", "--kind", "page", "--kind", "reading")] == [
        "reading",
        "page",
    ]
    assert len(program.lines("log", "--by", "Ana Ruiz")) == 1
    assert program.lines("log", "--since", "2999-01-01") == []
    assert "claims" in program.result("log", "--kind", "claims", code=2).stderr
    assert len(program.lines("log", "--since", "2000-01-01")) == len(whole)
    assert program.lines("log", "--as-of", "2000-01-01") == []
    paged = program("log", "--limit", "2")
    assert paged.splitlines()[-1] == f"Older entries: --before {len(whole) - 1}"
    assert program.lines("log", "--before", "3")[0]["number"] == 2
    head = program("log", "--head").strip()
    assert head == f"{len(whole)}:{whole[0]['link']}"
    assert max(map(len, program("log").splitlines()[1:])) <= 80


def test_lists_leave_out_the_names_of_people_harmed(program: Program) -> None:
    for command in (["log"], ["log", "--json"], ["search", "baker"], ["search", "Olen", "--json"]):
        assert "Olen" not in program(*command), command
    assert "Mira Olen" in program("search", "baker", "--names")
    assert "[name left out]" in program("search", "baker")
    claim = next(one for text, one in ids(program).items() if "Olen" in text)
    assert "Mira Olen" in program("show", claim)


def test_a_claim_is_accepted_corrected_rejected_and_all_of_it_withdrawn(program: Program) -> None:
    claim = ids(program)["Nine people"]
    assert program("accept", claim, "--why", "It does.").startswith(f"Ana Ruiz accepts {claim}: It does.\n")
    assert "Accepted by Ana Ruiz" in program("show", claim)
    program("correct", claim, "--set", "source=The district hospital", "--by", "Ben Oduya", "--why", "Heard it")
    (shown,) = program.lines("show", claim)
    assert shown["standing"]["claim"]["source"] == "The district hospital"
    assert shown["standing"]["ruling"]["by"] == "Ben Oduya"
    assert shown["claim"]["source"] == "police"
    assert [one["kind"] for one in shown["decisions"]] == ["accept", "correct"]
    number = program.lines("log", "--limit", "1")[0]["number"]
    program("withdraw", number, "--why", "Misheard.")
    (shown,) = program.lines("show", claim)
    assert (shown["standing"]["claim"]["source"], shown["standing"]["ruling"]["verdict"]) == ("police", "accepted")
    assert "(withdrawn)" in program("show", claim)
    program("reject", claim, "--why", "On second thoughts")
    assert "Rejected by Ana Ruiz" in program("show", claim)
    assert program.lines("verify")[0]["problems"] == []


def test_decisions_that_no_longer_fit_are_listed(program: Program) -> None:
    assert "All decisions in force fit" in program("log", "--unfitting")
    claim = ids(program)["Nine people"]
    program("correct", claim, "--set", "words=Nine", "--why", "The people are the victims.")
    with Ledger.open(program.url) as ledger:
        (page,) = ledger.pages()
        reading = read(page)
        report = replace(reading.report, text=f"Updated. {reading.report.text}", text_sha256="")
        ledger.add([(page, replace(reading, report=report, claims=(), program="sayso 9"))], "sayso 9")
    told = program("log", "--unfitting")
    assert "Ana Ruiz corrects" in told
    assert "No claim of the last reading stands where its claim stood." in told
    (line,) = program.lines("log", "--unfitting")
    assert (line["claim"], line["reason"]) == (claim, "no-successor")
    assert "Decisions that no longer fit" not in program("add", "tamrit.txt"), "it is read as before again"


def test_a_missed_claim_is_added(program: Program) -> None:
    (hit,) = program.lines("search", "wall")
    made = program("add-claim", hit["report"]["id"], "--words", "The district hospital", "--harm", "missing", code=0)
    assert "adds a claim to" in made
    refused = program.result("add-claim", hit["report"]["id"], "--words", "ten people", "--harm", "killed", code=2)
    assert "does not say" in refused.stderr
    assert (
        "already"
        in program.result("add-claim", hit["report"]["id"], "--words", "Nine people", "--harm", "killed", code=3).stderr
    )


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["correct", "CLAIM", "--set", "source=the army"], 2, "does not say"),
        (["correct", "CLAIM"], 2, "Nothing is set"),
        (["correct", "CLAIM", "--set", "low=40"], 2, "above the highest"),
        (["accept", "c-0000000"], 3, "Nothing in the ledger has this id"),
        (["withdraw", "1"], 3, "no such decision"),
        (["verify", "--against", "7:abc"], 2, "is no head"),
        (["log", "--since", "yesterday"], 2, "is not a time"),
        (["redact", "CLAIM", "--why", "asked"], 2, "--yes"),
        (["accept", "CLAIM", "--by", " "], 2, "who it is by"),
        (["init"], 3, "already"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    program: Program, command: list[str], code: int, said: str
) -> None:
    before = program("log", "--head")
    claim = ids(program)["Nine people"]
    done = program.result(*(claim if one == "CLAIM" else one for one in command), code=code)
    assert said in " ".join(done.stderr.split())
    assert program("log", "--head") == before


def test_a_ledger_answers_as_it_stood(program: Program) -> None:
    claim = ids(program)["Nine people"]
    before = program.lines("log", "--limit", "1")[0]["kept"]
    program("reject", claim)
    assert "Rejected" in program("show", claim)
    assert "Rejected by" not in program("show", claim, "--as-of", before).split("claim  ")[0]
    assert program.lines("search", "wall", "--as-of", "2000-01-01") == []
    assert "rejected" in program("search", "wall")
    assert "rejected" not in program("search", "wall", "--as-of", before)


def test_a_head_proves_what_came_before_it(program: Program, tmp_path: Path) -> None:
    head = program("log", "--head").strip()
    program("accept", ids(program)["Nine people"])
    done = program("verify", "--against", head, "--against", "0:")
    assert done.startswith("As it was written: ")
    forged = head[:-1] + ("0" if head[-1] != "0" else "1")
    assert "is not as it was" in program("verify", "--against", forged, code=1)
    other = Program(str(tmp_path / "other.sayso"))
    other("init")
    assert "TAMPERED WITH" in other("verify", "--against", head, code=1)


def test_a_ledger_moves_by_dump_and_load(program: Program, tmp_path: Path) -> None:
    program("accept", ids(program)["Nine people"])
    dumped = tmp_path / "dump.jsonl.gz"
    dumped.write_bytes(gzip.compress(program("dump").encode()))
    copy = Program(str(tmp_path / "copy.sayso"))
    copy("init")
    number = program("log", "--head").partition(":")[0]
    assert copy("load", dumped).startswith(f"{number} entries added, 0 already there.")
    assert copy("log", "--head") == program("log", "--head")
    assert copy("dump") == program("dump")
    assert copy("load", dumped).startswith(f"0 entries added, {number} already there.")
    dumped.write_bytes(dumped.read_bytes()[:-200])
    assert "loading it again" in Program(copy.url).result("load", dumped, code=1).stderr
    assert "No such file" in copy.result("load", tmp_path / "nowhere", code=1).stderr


def test_pages_come_back_as_a_web_archive(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    program("export", "--to", "warc", out)
    with out.open("rb") as stream:
        records = [
            (one.rec_type, one.content_stream().read()) for one in ArchiveIterator(stream, check_digests="raise")
        ]
    assert records[1:] == [("resource", TEXT.encode())]
    assert "already" in " ".join(program.result("export", "--to", "warc", out, code=2).stderr.split())


def test_what_is_redacted_is_gone_and_is_no_damage(program: Program) -> None:
    (hit,) = program.lines("search", "wall", "--names")
    page = hit["report"]["page_sha256"]
    assert "took out the content" in program("redact", page, "--why", "A court ordered it.", "--yes")
    assert "As it was written" in program("verify")
    assert "Olen" not in program("dump")
    assert "No report" in program("search", "wall")
    assert "redacted, not kept" in program("add", "tamrit.txt")
    program("rebuild")
    assert "As it was written" in program("verify")


def test_tampering_is_named_and_leaves_with_1(report: Path) -> None:
    import sqlite3

    run = Program(str(report.with_name("l.sayso")))
    run("init")
    run("add", report)
    with sqlite3.connect(run.url) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE entries SET content = replace(content, 'Nine', 'Five') WHERE number = 2")
    connection.close()
    said = run("verify", code=1)
    assert said.startswith("entry 2: ")
    assert "TAMPERED WITH OR DAMAGED" in said


def test_settings_of_the_ledger_that_are_in_doubt_stop_what_would_write(report: Path) -> None:
    report.with_name("sayso.toml").write_text('[ledger]\nat = "../elsewhere.sayso"\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["init"], env={"SAYSO_LEDGER": None})
    assert done.exit_code == 2
    assert "as a file that came with an archive could" in done.stderr
    assert not list(report.parent.parent.glob("*.sayso"))
    trusted = CliRunner().invoke(app, ["init"], env={"SAYSO_LEDGER": None, "SAYSO_SETTINGS": "sayso.toml"})
    assert trusted.exit_code == 0
    assert report.parent.parent.joinpath("elsewhere.sayso").exists()


def test_a_wrong_password_is_one_clear_sentence(postgres_url: str) -> None:
    wrong = Program(postgres_url.replace("river-and-salt", "guessed"))
    said = wrong.result("init", code=3).stderr
    assert "does not accept this name or password" in said
    assert "guessed" not in said
    assert len(said.splitlines()) == 1


def test_pages_from_the_web_are_kept_as_they_were_fetched(ledger_url: str, report: Path) -> None:
    run = Program(ledger_url)
    run("init")
    body = f"<!doctype html><html><body><article><h1>Tamrit</h1><p>{TEXT}</p></article></body></html>".encode()
    head = f'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'.encode()
    with serving() as server:
        server.pages["/tamrit"] = head + body
        variables = server.variables()
        for _ in range(2):
            run("add", server.url("/tamrit"), code=0, **variables)
    entries = run.lines("log", "--kind", "page", "--names")
    assert len(entries) == 1, "the same page, fetched twice"
    assert entries[0]["content"]["fetched"]["status"] == 200
    out = report.with_name("web.warc.gz")
    run("export", "--to", "warc", out)
    with out.open("rb") as stream:
        _, record = ArchiveIterator(stream)
        assert record.http_headers.get_header("ETag") == '"1"'
    assert body in gzip.decompress(out.read_bytes())


def test_an_add_that_is_killed_goes_on_where_it_stopped(ledger_url: str, tmp_path: Path) -> None:
    """The real program on real reports, killed after it has told of some."""
    run = Program(ledger_url)
    run("init")
    archive = tmp_path / "archive.jsonl"
    archive.write_bytes(b"\n".join(ready.page_and_reading(number, 2)[0].body for number in range(30)))
    command = [sys.executable, "-m", "sayso", "add", "--json", str(archive)]
    told = []
    for after in (1, 4, 0):
        variables = os.environ | {"PYTHONPATH": SOURCE, "SAYSO_LEDGER": ledger_url}
        with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout
            for number, line in enumerate(process.stdout, start=1):
                told.append(json.loads(line))
                if number == after:
                    time.sleep(0.02)
                    process.send_signal(signal.SIGKILL)
            assert process.wait() == (-signal.SIGKILL if after else 0)
    kept = [one["report"] for one in told if "report" in one]
    assert len(set(kept)) == len(kept) >= 28, "none was acknowledged twice; at most one unheard for each kill"
    assert told[-1]["known"] >= 5
    with Ledger.open(ledger_url) as ledger:
        assert len(list(ledger.reports())) == 30
        assert ledger.verify().problems == ()
