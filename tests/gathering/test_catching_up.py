"""Incidents over a ledger: what comes of the entries, however and in whatever order they came."""

from __future__ import annotations

import multiprocessing
import random
from typing import TYPE_CHECKING

import pytest

from sayso import gathering
from sayso.entries import Decision
from sayso.gathering import catch_up, gather_anew, is_behind
from sayso.gathering.asking import dossier
from sayso.incident import form
from sayso.ledger import Ledger, opening, tables
from tests.gathering.readings import incident_of, incidents, read, read_again

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.records import Page, Reading

STORIES = ("dresk", "karn")


def _put(ledger: Ledger, pages: list[tuple[Page, Reading]]) -> None:
    ledger.add(pages, "the tests")


@pytest.mark.parametrize("seed", range(2))
def test_the_order_and_the_steps_in_which_reports_come_change_nothing(ledger: Ledger, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret
    pages = list(read(*STORIES))
    draw.shuffle(pages)
    while pages:
        size = draw.randrange(1, 12)
        _put(ledger, pages[:size])
        del pages[:size]
        catch_up(ledger, at_once=draw.randrange(1, 8))
    step_by_step = incidents(ledger)
    assert len([one for one in step_by_step if one.startswith("i-")]) > 10
    gather_anew(ledger)
    assert incidents(ledger) == step_by_step


def test_a_second_process_gives_the_same_incidents_and_is_gone_afterwards(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(ledger, list(read(*STORIES)))
    catch_up(ledger)
    alone = incidents(ledger)
    monkeypatch.setattr(gathering, "MANY", 10)
    with ledger.shelf(writing=True) as shelf:
        shelf.clear()
    catch_up(ledger, at_once=40, jobs=2)
    assert incidents(ledger) == alone
    assert not multiprocessing.active_children()


def test_few_entries_start_no_process(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "GroupingPool", None)
    _put(ledger, list(read("karn"))[:5])
    assert catch_up(ledger, jobs=2).reports == 5


def test_nothing_is_done_where_nothing_is_new(ledger: Ledger) -> None:
    _put(ledger, list(read("karn"))[:5])
    assert is_behind(ledger)
    assert catch_up(ledger).reports == 5
    assert not is_behind(ledger)
    assert catch_up(ledger).reports == 0


def test_only_reports_that_something_was_written_of_are_taken_in_again(ledger: Ledger) -> None:
    pages = list(read("karn"))
    _put(ledger, pages)
    catch_up(ledger)
    before = incidents(ledger)
    claim = next(kept.claim.id for kept in ledger.claims())
    ledger.decide(Decision("accept", (claim,), "Ana Ruiz"))
    assert catch_up(ledger).reports == 1
    ledger.decide(Decision("note", (claim,), "Ana Ruiz", "Ask the outlet."))
    catch_up(ledger)
    assert incidents(ledger) == before


def test_a_report_read_again_leaves_no_old_claim_behind(ledger: Ledger) -> None:
    pages = list(read("karn"))
    _put(ledger, pages)
    catch_up(ledger)
    page, reading = pages[2]
    _put(ledger, [(page, read_again(reading, "b"))])
    catch_up(ledger)
    holding = {kept.claim.id for kept in ledger.claims()}
    found = incidents(ledger)
    assert {claim for name, one in found.items() if name.startswith("i-") for claim in one["claims"]} <= holding
    gather_anew(ledger)
    assert incidents(ledger) == found


def test_a_rejected_claim_no_longer_counts(ledger: Ledger) -> None:
    _put(ledger, list(read("dresk")))
    catch_up(ledger)
    before = incident_of(ledger, "more than 100 Velmoran soldiers", "dresk-m1")
    assert before["figures"]["killed"]["high"] == 100
    for kept in list(ledger.claims()):
        if kept.claim.id in before["claims"] and max(kept.claim.low or 0, kept.claim.high or 0) > 40:
            ledger.decide(Decision("reject", (kept.claim.id,), "Ana Ruiz", "For this test."))
    catch_up(ledger)
    after = incident_of(ledger, "more than 100 Velmoran soldiers", "dresk-m1")
    assert after["figures"]["killed"]["high"] <= 40


def test_a_redaction_empties_what_rests_on_it_at_once(ledger: Ledger) -> None:
    _put(ledger, list(read("dresk")))
    catch_up(ledger)
    wire = incident_of(ledger, "17 conscripts", "dresk-m1")
    report = next(kept.report.id for kept in ledger.claims() if kept.claim.id in wire["claims"])
    ledger.redact(report, by="Ana Ruiz", why="The family asked for it.")
    with ledger.shelf() as shelf:
        assert wire["id"] not in shelf.incidents([wire["id"]])
        assert all(row.content is None for row in shelf.stories_of_reports([report])[report])
        assert shelf.stories_of_reports([report])[report]
    catch_up(ledger)
    with ledger.shelf() as shelf:
        assert shelf.stories_of_reports([report])[report] == []
    found = incidents(ledger)
    gather_anew(ledger)
    assert incidents(ledger) == found
    assert not any(report in one["reports"] for name, one in found.items() if name.startswith("i-"))


def test_one_redacted_claim_leaves_the_others_of_its_report(ledger: Ledger) -> None:
    _put(ledger, list(read("dresk")))
    catch_up(ledger)
    claims = {kept.claim.id: kept for kept in ledger.claims()}
    victim = next(one for one in claims.values() if one.claim.scope == "incident")
    ledger.redact(victim.claim.id, by="Ana Ruiz", why="It names a child.")
    catch_up(ledger)
    found = incidents(ledger)
    told = {claim for name, one in found.items() if name.startswith("i-") for claim in one["claims"]}
    assert told == set(claims) - {victim.claim.id}
    gather_anew(ledger)
    assert incidents(ledger) == found


def test_rebuilding_the_ledger_gives_the_same_incidents(ledger: Ledger) -> None:
    _put(ledger, list(read("karn")))
    catch_up(ledger)
    before = incidents(ledger)
    ledger.rebuild()
    assert is_behind(ledger)
    catch_up(ledger)
    assert incidents(ledger) == before


def test_a_loaded_ledger_has_the_incidents_of_the_one_it_came_from(ledger: Ledger, tmp_path: Path) -> None:
    _put(ledger, list(read("karn")))
    catch_up(ledger)
    with Ledger.create(tmp_path / "other.sayso") as other:
        other.load(ledger.dump())
        catch_up(other)
        assert incidents(other) == incidents(ledger)


def test_prints_of_one_text_are_one_voice_whichever_came_first(ledger: Ledger) -> None:
    pages = {reading.report.id: (page, reading) for page, reading in read("dresk")}
    for name in ("dresk-m3", "dresk-v1", "dresk-m1", "dresk-m2"):
        _put(ledger, [pages[name]])
        catch_up(ledger)
    found = dossier(ledger, incident_of(ledger, "17 conscripts", "dresk-m1")["id"])
    with ledger.shelf() as shelf:
        own = shelf.own_ids([kept.report.id for kept in found.dossier.claims])
    voices: dict[str, set[str]] = {}
    for kept in found.dossier.claims:
        voices.setdefault(kept.report.voice, set()).add(own[kept.report.id])
    assert sorted(map(sorted, voices.values())) == [["dresk-m1", "dresk-m2", "dresk-m3"], ["dresk-v1"]]
    before = incidents(ledger)
    gather_anew(ledger)
    assert incidents(ledger) == before


def test_a_ledger_of_the_first_schema_gets_its_incidents(
    ledger_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tables, "SCHEMA", 1)
    place = opening.make(ledger_url)
    with place.engine.connect() as connection:
        there = set(connection.dialect.get_table_names(connection))
    place.engine.dispose()
    assert "entries" in there
    assert "stories" not in there
    monkeypatch.undo()
    with Ledger.open(ledger_url) as ledger, Ledger.create(tmp_path / "new.sayso") as new:
        for one in (ledger, new):
            _put(one, list(read("karn")))
            catch_up(one)
        assert incidents(ledger) == incidents(new)


def test_incidents_of_an_older_engine_are_put_together_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = list(read("karn"))
    _put(ledger, pages)
    form.form.cache_clear()
    with monkeypatch.context() as older:
        older.setattr(form, "ENGINE", form.ENGINE - 1)
        catch_up(ledger)
        assert not is_behind(ledger)
    form.form.cache_clear()
    assert is_behind(ledger)
    assert catch_up(ledger).reports == len(pages)
    assert not is_behind(ledger)
