"""A ledger is moved, merged and compared as lines; lines from anybody do no harm."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from sayso.entries import Decision
from sayso.ledger import Ledger, LedgerError
from sayso.ledger import load as loading
from sayso.ledger.chain import canonical, content_hash, entry_id
from tests.ledger.invented import page, reading, tables_of, ticking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "At least 17 villagers were killed at Dresk. 46 miners were wounded."


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "filled", clock=ticking("2026-01-01T00:00:00+00:00")) as ledger:
        for number in range(3):
            read = page(f"{TEXT} Report {number}.", f"https://review.example/{number}")
            ledger.add([(read, reading(read))], "Mara Voss")
        ledger.add([(page("\x00" * 2_000_000), None)], "Mara Voss")
        claims = list(ledger.claims())
        ledger.decide(Decision("accept", (claims[0].claim.id,), "Ode Tarn", "Seen."))
        ledger.decide(Decision("correct", (claims[1].claim.id,), "Ode Tarn", None, {"status": "civilian"}))
        ledger.redact(claims[4].claim.id, by="Ode Tarn", why="A court asked for it.")
        yield ledger


def test_a_moved_ledger_is_the_same_ledger(filled: Ledger, ledger: Ledger) -> None:
    loaded = ledger.load(filled.dump())
    assert (loaded.entries, loaded.known, loaded.problems) == (filled.head().entries, 0, ())
    assert ledger.head() == filled.head()
    assert list(ledger.dump()) == list(filled.dump())
    ours, theirs = tables_of(ledger), tables_of(filled)
    assert {name: ours[name] for name in theirs} == theirs
    assert list(ledger.pages()) == list(filled.pages())
    assert not ledger.verify(against=filled.head()).problems
    # And it goes on as the same ledger: what comes later is loaded as it was, too.
    filled.add([(page("9 nurses were killed."), None)], "Mara Voss")
    loaded = ledger.load(filled.dump())
    assert (loaded.entries, loaded.known) == (1, filled.head().entries - 1)
    assert ledger.head() == filled.head()


def test_a_load_that_broke_off_is_run_again(filled: Ledger, ledger: Ledger) -> None:
    lines = list(filled.dump())
    for end in (1, 5, 9, len(lines) - 2):
        ledger.load(lines[:end])
        ledger.rebuild()
    ledger.load(lines)
    assert ledger.head() == filled.head()
    assert not ledger.verify().problems


def test_a_ledger_that_holds_something_takes_the_entries_after_its_own(filled: Ledger, ledger: Ledger) -> None:
    own = page("9 nurses were killed at Orlí.")
    ledger.add([(own, reading(own)), (page(f"{TEXT} Report 0.", "https://review.example/0"), None)], "Ilan Moss")
    before = ledger.log(limit=100)
    loaded = ledger.load(filled.dump())
    assert loaded.problems == ()
    assert ledger.log(limit=100)[-len(before) :] == before
    theirs = {
        entry.id: (entry.time, entry.author, entry.content_sha256, entry.content) for entry in filled.log(limit=100)
    }
    ours = {
        entry.id: (entry.time, entry.author, entry.content_sha256, entry.content) for entry in ledger.log(limit=100)
    }
    assert theirs.items() <= ours.items()
    kept = [entry.kept for entry in reversed(ledger.log(limit=100))]
    assert kept == sorted(kept)
    assert kept[-1] > "2026-02"
    assert len(list(ledger.claims())) == 6
    assert sum(1 for one in ledger.claims() if one.ruling) == 2
    assert not ledger.verify().problems


def test_rulings_of_two_ledgers_on_one_claim_come_together(filled: Ledger, ledger: Ledger) -> None:
    read = page(f"{TEXT} Report 0.", "https://review.example/0")
    ledger.add([(read, reading(read, "sayso 0.2"))], "Ilan Moss")
    claim = next(ledger.claims()).claim.id
    assert claim == next(filled.claims()).claim.id
    ledger.decide(Decision("reject", (claim,), "Ilan Moss"))
    ledger.load(filled.dump())
    kept = next(one for one in ledger.claims() if one.claim.id == claim)
    assert kept.ruling is not None
    # The last word by time, not by which ledger was loaded last; and the newer reading stays the one that holds.
    assert (kept.ruling.verdict, kept.ruling.by) == ("rejected", "Ilan Moss")
    assert ledger.has_read(read, "sayso 0.2", "heads 3")


def test_an_older_reading_that_comes_late_hands_its_decisions_on(filled: Ledger, ledger: Ledger) -> None:
    read = page(f"{TEXT} Report 0.", "https://review.example/0")
    ledger.add([(read, reading(read, "sayso 0.2", whole=False))], "Ilan Moss")
    ledger.load(filled.dump())
    kept = {one.claim.text: one for one in ledger.claims() if one.report.url == read.url}
    assert set(kept) == {"17", "46"}
    assert [one.ruling.verdict for one in kept.values() if one.ruling] == ["accepted", "corrected"]


def test_what_was_redacted_here_does_not_come_back(filled: Ledger, ledger: Ledger) -> None:
    read = page(f"{TEXT} Report 0.", "https://review.example/0")
    ledger.add([(read, reading(read))], "Ilan Moss")
    ledger.redact(read.sha256, by="Ilan Moss", why="A court asked for it.")
    loaded = ledger.load(filled.dump())
    assert any("redacted here" in problem.what for problem in loaded.problems)
    assert read.sha256 not in {one.sha256 for one in ledger.pages()}
    assert not ledger.verify().problems


def test_what_was_redacted_elsewhere_stays_here(filled: Ledger, ledger: Ledger) -> None:
    read = page(f"{TEXT} Report 2.", "https://review.example/2")
    ledger.add([(read, reading(read))], "Ilan Moss")
    ledger.load(filled.dump())
    assert len([one for one in ledger.claims() if one.report.url == read.url]) == 2
    assert not ledger.verify().problems


def entry(kind: str, content: dict[str, Any] | None, **other: object) -> str:
    """Return a line that is right but for what it says."""
    hashed = content_hash(canonical(content))
    time = "2026-01-05T00:00:00.000000Z"
    line: dict[str, object] = {
        "author": "Mara Voss",
        "content": content,
        "content_sha256": hashed,
        "kept": time,
        "kind": kind,
    }
    line |= {"id": entry_id(kind, time, "Mara Voss", hashed), "link": "0" * 64, "number": 1, "time": time}
    return json.dumps(line | other)


def altered(line: str, **values: object) -> str:
    return json.dumps(json.loads(line) | values)


def hostile(lines: list[str]) -> list[tuple[str, str]]:
    """Return lines that must be refused, with some words of the reason."""
    at = {parsed["kind"]: line for line in reversed(lines) if "kind" in (parsed := json.loads(line))}
    claim, report, read = (json.loads(at[kind])["content"] for kind in ("claim", "report", "reading"))
    bare: dict[str, Any] = {
        "where": "x",
        "media_type": "text/plain",
        "url": None,
        "fetched": None,
        "charset": None,
        "given": {},
    }
    bare |= {"archive": None, "body": {"sha256": "0" * 64, "size": 3}}
    moved = {**claim, "claim": {**claim["claim"], "id": "c-other", "start": 1}}
    target = json.loads(at["decision"])["content"]["on"]
    return [
        ("", ""),
        ("not json", "no line of a dump"),
        ("[1]", "no object"),
        ("[" * 100_000, "no line of a dump"),
        ('{"page":"zz","part":1,"parts":1,"base64":""}', "no part of a page"),
        (canonical({"page": "0" * 64, "part": 2, "parts": 2, "base64": ""}), "does not follow"),
        (canonical({"page": "0" * 64, "part": 1, "parts": 10**9, "base64": ""}), "does not follow"),
        (canonical({"page": "0" * 64, "part": 1, "parts": 1, "base64": "AAAA"}), "do not have the hash"),
        (canonical({"page": "0" * 64, "part": 1, "parts": 1, "base64": "***"}), "no part of a page"),
        (altered(at["claim"], author="Nobody"), "id is not the hash"),
        (altered(at["claim"], author="\x1b[31m"), "who it is by"),
        (altered(at["claim"], time="yesterday"), "time is not written"),
        (altered(at["claim"], kept="2026-13-01T00:00:00.000000Z"), "time is not written"),
        (altered(at["claim"], content={}), "content does not have the hash"),
        (altered(at["claim"], number="1"), "no entry"),
        (altered(at["claim"], more=1), "no entry"),
        (at["claim"].replace('"confidence":0.9', '"confidence":NaN'), "no line of a dump"),
        (at["claim"].replace('"confidence":0.9', '"confidence":1e999'), "no line of a dump"),
        (entry("rumour", {}), "no entry"),
        (entry("page", bare), "bytes of the page are not there"),
        (entry("page", {**bare, "extra": 1}), "no field 'extra'"),
        (entry("report", {**report, "page": "0" * 64}), "page that the report is of is not there"),
        (entry("report", {**report, "report": {**report["report"], "text": "x"}}), "does not have the hash"),
        (entry("reading", {**read, "report": "0" * 64}), "report that was read is not there"),
        (entry("reading", {**read, "claims": -1}), "which claims were read"),
        (entry("claim", moved), "whole without it"),
        (entry("claim", {**claim, "reading": "0" * 64}), "reading that the claim is of is not there"),
        (entry("claim", {**claim, "claim": {**claim["claim"], "low": "9"}}), "whole number"),
        (entry("decision", {"kind": "accept", "on": ["c-nobody"], "why": None, "set": {}}), "not there"),
        (entry("decision", {"kind": "correct", "on": target, "why": None, "set": {"end": 9}}), "words do not stand"),
        (entry("decision", {"kind": "correct", "on": target, "why": None, "set": {"id": "x"}}), "no field that can be"),
        (entry("decision", {"kind": "withdraw", "on": ["0" * 64], "why": None, "set": {}}), "not there"),
        (entry("decision", {"kind": "add", "on": ["r-nobody"], "why": None, "set": {"id": "a"}}), "not there"),
        (entry("decision", {"kind": "note", "on": ["x"], "why": None, "set": {}}), "no decision of its kind"),
        (entry("redaction", None), "never without content"),
        (entry("redaction", {"on": "x", "why": "x", "entries": [1], "names": [], "pages": []}), "no line of a dump"),
    ]


def test_lines_from_anybody_do_no_harm(filled: Ledger, ledger: Ledger) -> None:
    lines = list(filled.dump())
    bad = hostile(lines)
    loaded = ledger.load([*lines, *(line for line, _ in bad)])
    assert ledger.head() == filled.head()
    told = [problem.what for problem in loaded.problems]
    assert len(told) == len(bad) - 1
    for (line, reason), what in zip(bad[1:], told, strict=True):
        assert reason in what, (line[:200], what)
    assert not ledger.verify().problems
    before = tables_of(ledger)
    ledger.rebuild()
    assert tables_of(ledger) == before


def test_a_longer_line_than_any_is_left_out(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LONGEST_LINE", 1000)
    loaded = ledger.load(['{"sayso_ledger":1}', "x" * 1001])
    assert ["longer than any line" in problem.what for problem in loaded.problems] == [True]


def test_a_dump_of_a_newer_program_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="format 2"):
        ledger.load(['{"sayso_ledger":2}'])
    assert ledger.head().entries == 0


def test_content_that_is_missing_without_a_redaction_is_told(filled: Ledger, ledger: Ledger) -> None:
    lines = [line for line in filled.dump() if '"kind":"redaction"' not in line]
    loaded = ledger.load(lines)
    assert "without content, and no redaction" in loaded.problems[-1].what
    assert [problem.where for problem in ledger.verify().problems] == ["entry 14"]


def test_a_page_of_several_parts_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    body = bytes(range(256)) * 9000
    big = replace(page("x"), body=body)
    with Ledger.create(tmp_path / "big", clock=ticking()) as other:
        other.add([(big, None)], "Mara Voss")
        lines = list(other.dump())
    assert len(lines) == 1 + 4 + 1
    assert json.loads(lines[1])["page"] == sha256(body).hexdigest()
    assert json.loads(lines[1])["base64"] == b64encode(body[:750_000]).decode()
    ledger.load(lines)
    assert [one.body for one in ledger.pages()] == [body]
