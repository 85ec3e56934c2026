"""The real program, run as people run it: what it writes where, and how it leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import sayso

SOURCE = str(Path(sayso.__file__).parents[1])
TEXT = "Nine people were killed in Tamrit on Monday, police said.\n"


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}}
    return {**kept, "PYTHONPATH": SOURCE, "PYTHONIOENCODING": "", **changes}


def run(
    *arguments: object, stdin: bytes | int = subprocess.DEVNULL, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sayso", *map(str, arguments)]
    env = environment(**changes)
    if isinstance(stdin, bytes):
        return subprocess.run(command, check=False, capture_output=True, env=env, timeout=120, input=stdin)
    return subprocess.run(command, check=False, capture_output=True, env=env, timeout=120, stdin=stdin)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_is_read_for_people(report: Path) -> None:
    done = run("read", report, "--published", "2022-11-08", "--outlet", "The Harbour Review", "--title", "Tamrit")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "The Harbour Review · 8 Nov 2022 · Tamrit"
    assert lines[3].split() == ["9", "killed", "police", "Tamrit", "7", "Nov", "2022"]
    assert "[Nine people] were killed in Tamrit on Monday, police said." in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_options_fill_the_json_line(report: Path) -> None:
    done = run("read", report, "--published", "8 November 2022", "--language", "EN", "--format", "jsonl", "--with-text")
    (line,) = map(json.loads, done.stdout.decode().splitlines())
    assert line["report"]["published"] == "2022-11-08"
    assert line["report"]["language"] == "en"
    assert line["report"]["text"][:11] == "Nine people"
    assert [claim["low"] for claim in line["claims"]] == [9]


def test_a_given_name_that_is_no_text_does_no_harm(report: Path) -> None:
    done = run("read", report, "--format", "jsonl", "--outlet", os.fsdecode(b"Caf\xe9"), PYTHONUTF8="1")
    assert json.loads(done.stdout)["report"]["outlet"] == "Caf\ufffd"


def test_attributions_of_the_whole_text_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("The talks went on, the minister said.\n", encoding="utf-8")
    without, added = (
        json.loads(run("read", path, "--format", "jsonl", *more).stdout) for more in ([], ["--attributions"])
    )
    assert without["attributions"] == []
    assert len(added["attributions"]) == 1


def test_json_is_one_list_and_csv_one_row_a_claim(report: Path) -> None:
    assert len(json.loads(run("read", report, report, "--format", "json").stdout)) == 2
    table = run("read", report, report, "--format", "csv").stdout.decode()
    assert [row["text"] for row in csv.DictReader(io.StringIO(table, newline=""))] == ["Nine people"] * 2


@pytest.mark.parametrize("arguments", [["-"], []])
def test_standard_input_is_read(arguments: list[str]) -> None:
    done = run("read", *arguments, "--format", "jsonl", stdin=TEXT.encode())
    assert done.returncode == 0
    assert [claim["text"] for claim in json.loads(done.stdout)["claims"]] == ["Nine people"]


def test_what_cannot_be_read_is_told_and_the_rest_is_read(report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = run("read", tmp_path / "nothing.txt", empty, report, "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    first, second = done.stderr.decode().splitlines()
    assert first.startswith(f"sayso: cannot read {tmp_path / 'nothing.txt'}: ")
    assert second.startswith(f"sayso: cannot read {empty}: ")


def test_pages_of_an_archive_are_read_and_the_quiet_ones_counted(tmp_path: Path) -> None:
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (("a.txt", TEXT), ("b.txt", "The council met.\n"), ("c.txt", TEXT)):
            archive.writestr(name, text)
    done = run("read", path, "--format", "jsonl")
    assert done.returncode == 0
    assert [json.loads(line)["claims"][0]["low"] for line in done.stdout.splitlines()] == [9, 9]
    (told,) = done.stderr.decode().splitlines()
    counted = "1 of its 3 pages seem to tell of no harm to people and were passed over."
    assert told.startswith(f"sayso: note on {path}: {counted}")


def test_a_hostile_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2J\u202etxt.exe"
    path.write_bytes(b"")
    done = run("read", path)
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert "\u202e" not in done.stderr.decode()


def test_notes_on_a_report_go_to_standard_error_where_the_table_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"id": "r", "text": TEXT, "published": "3/4/2020"}), encoding="utf-8")
    table, line = (run("read", path, "--format", form) for form in ("csv", "jsonl"))
    assert (table.returncode, line.returncode, line.stderr) == (0, 0, b"")
    assert table.stderr.decode().startswith("sayso: note on ")
    assert len(json.loads(line.stdout)["problems"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["read", "x.txt", "--format", "xml"],
        ["read", "x.txt", "--published", "3/4/2020"],
        ["read", "x.txt", "--published", ""],
        ["read", "x.txt", "--language", "english"],
        ["read", "x.txt", "--colour"],
        ["count", "x.txt"],
    ],
)
def test_wrong_usage_leaves_with_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Usage: sayso" in done.stderr
    assert b"Traceback" not in done.stderr


def test_no_input_at_a_terminal_is_wrong_usage() -> None:
    ours, theirs = pty.openpty()
    done = run("read", stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert b"Name a file or folder" in done.stderr


def test_version_and_help() -> None:
    assert run("--version").stdout.decode() == f"sayso {sayso.__version__}\n"
    assert b"Examples:\n" in run("--help").stdout
    assert b"Exit codes:\n" in run("read", "-h").stdout


def test_a_reader_that_goes_away_is_no_error(report: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "sayso", "read", *[str(report)] * 500, "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    with program.stderr:
        assert program.stderr.read() == b""
    assert program.wait(60) == 141


def test_a_full_disk_is_told_in_words(report: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "read", str(report)],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("sayso: cannot write: ")
    assert len(done.stderr.splitlines()) == 1


def test_two_processes_say_what_one_says() -> None:
    examples = str(Path(__file__).parents[2] / "examples")
    one, two = (run("read", examples, "--format", "jsonl", "--jobs", jobs) for jobs in "12")
    assert one.stdout.count(b"\n") > 10
    assert (two.returncode, two.stdout, two.stderr) == (one.returncode, one.stdout, one.stderr)


def test_ctrl_c_leaves_quietly_with_130(report: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "sayso", "read", *[str(report)] * 2000, "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
    )
    assert program.stdout is not None
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=60)
    assert (program.returncode, errors) == (130, b"")


def test_output_for_people_fits_a_terminal_that_knows_no_utf_8(report: Path) -> None:
    done = run("read", report, "--title", "Tâmrit", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode("ascii").splitlines()[0] == "outlet not given | no date | T\\xe2mrit"


def test_output_for_programs_is_utf_8_wherever_it_runs(report: Path) -> None:
    done = run("read", report, "--title", "Tâmrit", "--format", "jsonl", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout.decode("utf-8"))["report"]["title"] == "Tâmrit"


def seen_on_a_terminal(*arguments: object, **changes: str) -> bytes:
    """Run the program with a terminal for all its streams and return what the terminal was sent."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "sayso", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm-256color", COLUMNS="80", **changes),
    )
    os.close(theirs)
    sent = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        sent += part
    os.close(ours)
    assert program.wait(60) == 0
    return sent


def test_a_bar_is_shown_for_several_inputs_on_a_terminal_and_not_for_one(report: Path) -> None:
    assert b"Reading" in seen_on_a_terminal("read", report, report)
    assert b"Reading" not in seen_on_a_terminal("read", report)


def test_colour_is_used_on_a_terminal_unless_it_is_not_wanted(report: Path) -> None:
    assert b"\x1b[1;4m[Nine people]" in seen_on_a_terminal("read", report)
    plain = seen_on_a_terminal("read", report, NO_COLOR="1")
    assert b"[Nine people]" in plain
    assert b"\x1b[3" not in plain.replace(b"\x1b[3m", b"")


def test_what_a_plain_reading_has_no_use_for_is_not_loaded(report: Path) -> None:
    asked = (
        "import os, sys; sys.argv[0] = 'sayso'; from sayso.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(*{'pydantic', 'sqlalchemy', 'charset_normalizer'} & set(sys.modules), 'none')\n"
        "    print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    command = [sys.executable, "-c", asked, "read", str(report), "--format", "jsonl", "--title", "Tamrit"]
    done = subprocess.run(command, check=False, capture_output=True, env=environment(), timeout=120)
    line, loaded, threads = done.stdout.decode().splitlines()
    assert (done.returncode, json.loads(line)["report"]["title"], loaded) == (0, "Tamrit", "none")
    assert threads == os.environ.get("OPENBLAS_NUM_THREADS", "1")


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (("--format", "JSON"), b"'JSON' is not one of"),
        (("--jobs", "-1"), b"greater than or equal to 0"),
        (("--jobs", "many"), b"a valid integer"),
        (("--date-order", "year"), b"'year' is not one of"),
        (("--keep", "REPORT"), b"is a file"),
    ],
)
def test_values_that_are_not_plain_are_still_checked(report: Path, stated: tuple[str, str], said: bytes) -> None:
    done = run("read", report, *(str(report) if word == "REPORT" else word for word in stated))
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr
