"""What people rule on incidents: it holds, whatever is read later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sayso.entries import Decision
from sayso.gathering import catch_up, gather_anew, rulings
from sayso.gathering.asking import claims_in, dossier, find, whole_claims
from sayso.ledger import LedgerError
from sayso.problems import UsageError
from tests.gathering.readings import incident_of, incidents, read, read_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger import Ledger
    from sayso.ledger.shelf import Shelf

@pytest.fixture
def dresk(ledger: Ledger) -> Ledger:
    """Return a ledger with one story, put together."""
    ledger.add(read("dresk"), "the tests")
    catch_up(ledger)
    return ledger


def _rule(ledger: Ledger, made: Callable[[Shelf], Decision]) -> None:
    with ledger.shelf() as shelf:
        decision = made(shelf)
    ledger.decide(decision)
    catch_up(ledger)


def _events(ledger: Ledger) -> list[dict[str, Any]]:
    found = [one for name, one in incidents(ledger).items() if name.startswith("i-") and one["scope"] == "event"]
    return sorted(found, key=lambda one: (-len(one["claims"]), one["id"]))


def _again(ledger: Ledger) -> None:
    """Let a later program read everything again, with other ids for all claims."""
    ledger.add([(page, read_again(reading, "z")) for page, reading in read("dresk")], "the tests")
    catch_up(ledger)


def test_merged_incidents_stay_one_after_all_was_read_again(dresk: Ledger) -> None:
    first, second, *_ = _events(dresk)
    _rule(dresk, lambda shelf: rulings.merge(shelf, [str(first["id"]), str(second["id"])], "Ana Ruiz", "One strike."))
    both = {*first["claims"], *second["claims"]}
    assert any(both <= set(one["claims"]) for one in _events(dresk))
    _again(dresk)
    with dresk.shelf() as shelf:
        now = set(shelf.standing(both).values())
    assert len(now) == len(both)
    assert now.isdisjoint(both)
    (merged,) = (one for one in _events(dresk) if now <= set(one["claims"]))
    ruled = [join for join in merged["joins"] if join["by"]]
    assert {(join["by"], join["reason"]) for join in ruled} == {("Ana Ruiz", "One strike.")}
    before = incidents(dresk)
    gather_anew(dresk)
    assert incidents(dresk) == before
    dresk.rebuild()
    catch_up(dresk)
    assert incidents(dresk) == before


def test_claims_that_were_split_off_stay_away(dresk: Ledger) -> None:
    first = _events(dresk)[0]
    claims = [str(claim) for claim in first["claims"]]
    _rule(dresk, lambda shelf: rulings.split(shelf, str(first["id"]), claims[:2], "Ana Ruiz", None))
    for _ in range(2):
        with dresk.shelf() as shelf:
            now = shelf.standing(claims)
        held = [next(one["id"] for one in _events(dresk) if now[claim] in one["claims"]) for claim in claims]
        assert held[0] == held[1]
        assert held[0] not in held[2:]
        _again(dresk)


def test_moved_claims_stand_where_they_were_moved_to(dresk: Ledger) -> None:
    first, second, *_ = _events(dresk)
    claim = str(first["claims"][-1])
    with dresk.shelf() as shelf:
        whole, origins = whole_claims(shelf, [claim])
    assert origins == [first["id"]]
    _rule(dresk, lambda shelf: rulings.move(shelf, whole, str(second["id"]), origins, "Ana Ruiz", None))
    for _ in range(2):
        with dresk.shelf() as shelf:
            now = shelf.standing([claim, str(second["claims"][0])])
        (at,) = {one["id"] for one in _events(dresk) if now[claim] in one["claims"]}
        assert at == next(one["id"] for one in _events(dresk) if now[str(second["claims"][0])] in one["claims"])
        _again(dresk)


def test_a_proposal_that_was_answered_waits_no_longer(dresk: Ledger) -> None:
    waiting = next(found for one in _events(dresk) if (found := dossier(dresk, str(one["id"]))).proposals)
    mine, other = waiting.incident.id, waiting.proposals[0].other.id
    assert other != mine
    _rule(dresk, lambda shelf: rulings.apart(shelf, mine, other, "Ana Ruiz", "Morning and evening."))
    assert other not in {one.other.id for one in dossier(dresk, mine).proposals}
    assert {mine, other} <= {one["id"] for one in _events(dresk)}


def test_a_withdrawn_merge_no_longer_holds(dresk: Ledger) -> None:
    before = incidents(dresk)
    first, second, *_ = _events(dresk)
    with dresk.shelf() as shelf:
        decision = rulings.merge(shelf, [str(first["id"]), str(second["id"])], "Ana Ruiz", None)
    made = dresk.decide(decision)
    catch_up(dresk)
    assert incidents(dresk) != before
    dresk.decide(Decision("withdraw", (made.id,), "Ana Ruiz"))
    catch_up(dresk)
    assert incidents(dresk) == before


def test_what_makes_no_sense_is_refused(dresk: Ledger) -> None:
    first, second, *_ = _events(dresk)
    one, other = str(first["id"]), str(second["id"])
    strange = str(second["claims"][0])
    total = next(name for name, found in incidents(dresk).items() if found.get("scope") == "period")
    with dresk.shelf() as shelf:
        with pytest.raises(UsageError, match="one incident already"):
            rulings.merge(shelf, [one, one], "Ana Ruiz", None)
        with pytest.raises(UsageError, match="total over a period"):
            rulings.merge(shelf, [one, total], "Ana Ruiz", None)
        with pytest.raises(UsageError, match="does not stand in"):
            rulings.split(shelf, one, [strange], "Ana Ruiz", None)
        with pytest.raises(UsageError, match="nothing would be left"):
            rulings.split(shelf, one, list(first["claims"]), "Ana Ruiz", None)
        with pytest.raises(UsageError, match="stand in .* already"):
            rulings.move(shelf, [strange], other, [other], "Ana Ruiz", None)
        with pytest.raises(UsageError, match="which claims belong elsewhere"):
            rulings.apart(shelf, one, one, "Ana Ruiz", None)


def test_ids_may_be_cut_short_where_they_mean_one_thing(dresk: Ledger) -> None:
    one = incident_of(dresk, "17 conscripts", "dresk-m1")
    claim = one["claims"][0]
    with dresk.shelf() as shelf:
        assert find(shelf, one["id"][:9]) == one["id"]
        assert find(shelf, claim) == one["id"]
        assert claims_in(shelf, [one["id"]], [claim]) == [claim]
        with pytest.raises(LedgerError) as raised:
            find(shelf, "i-zzzz")
        assert raised.value.problem.code == "no-such-incident"
        with pytest.raises(LedgerError) as raised:
            claims_in(shelf, [one["id"]], ["c-"])
        assert raised.value.problem.code == "ambiguous-id"
