"""Who speaks in which incidents, as it stands beside them: added up the same however it came there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.gathering import catch_up, gather_anew
from sayso.gathering.speakers import example, source_of
from tests.gathering.readings import incident_of, read

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.shelf_sources import Heard


def _heard(ledger: Ledger) -> list[Heard]:
    with ledger.shelf() as shelf:
        return shelf.sources(1000)


def test_sources_are_the_same_report_by_report_and_all_at_once(ledger: Ledger) -> None:
    """Reports that come in one after another leave the same behind as all of them together."""
    for one in read("dresk"):
        ledger.add([one], "the tests")
        catch_up(ledger)
    found = _heard(ledger)
    assert any(one.contradicted for one in found)
    gather_anew(ledger)
    assert _heard(ledger) == found


def test_a_source_is_known_by_one_of_its_claims(ledger: Ledger) -> None:
    """Events and totals over a period alike."""
    ledger.add(read("dresk"), "the tests")
    catch_up(ledger)
    with ledger.shelf() as shelf:
        for one in shelf.sources(1000):
            kept = example(shelf, one)
            assert kept is not None
            assert kept.claim.id == one.claim
            # A claim of a story has the actors that it was grouped with.
            assert source_of(kept) == one.source


def test_a_redaction_takes_the_sources_with_it(ledger: Ledger) -> None:
    """What stands for a source is a hash of words, which must go with the words at once."""
    ledger.add(read("dresk"), "the tests")
    catch_up(ledger)
    wire = incident_of(ledger, "17 conscripts", "dresk-m1")
    report = next(kept.report.id for kept in ledger.claims() if kept.claim.id in wire["claims"])
    before = sum(one.claims for one in _heard(ledger))
    ledger.redact(report, by="Ana Ruiz", why="The family asked for it.")
    left = _heard(ledger)
    assert sum(one.claims for one in left) <= before - len(wire["claims"])
    with ledger.shelf() as shelf:
        speaks = {row.incident for one in left for row in shelf.incidents_of_source(one.source, 1000)}
    assert wire["id"] not in speaks
    catch_up(ledger)
    found = _heard(ledger)
    gather_anew(ledger)
    assert _heard(ledger) == found
