"""Sums over incidents: what is added, what is told apart, and which incidents overlap."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.events import Incident, Join, Relation, Toll
from sayso.reconcile.overlaps import Overlap, overlaps
from sayso.reconcile.sums import sums


def event(name: str, **more: Any) -> Incident:  # noqa: ANN401 - fields of a record
    return Incident(name, name, **more)


def counted(incident: str, low: int | None, best: int | None, high: int | None, **more: Any) -> Toll:  # noqa: ANN401
    return Toll("as-said", "1", incident, more.pop("harm", "killed"), low, best, high, **more)


def test_tolls_are_added_by_harm_status_and_side() -> None:
    incidents = [event("a"), event("b")]
    tolls = [
        counted("a", 3, 3, 3),
        counted("b", 4, 4, 6),
        counted("a", 2, 2, 2, status="civilian"),
        counted("b", 9, 9, 9, harm="injured"),
        counted("b", 1, 1, 1, side="velmora"),
    ]
    found = {(one.toll.harm, one.toll.status, one.toll.side): one for one in sums(incidents, tolls)}
    whole = found["killed", None, None]
    assert (whole.toll.low, whole.toll.best, whole.toll.high) == (7, 7, 9)
    assert tuple(whole.incidents) == ("a", "b")
    assert whole.toll.reason == "Added over 2 incidents."
    assert found["killed", "civilian", None].toll.best == 2
    assert found["injured", None, None].toll.best == 9
    assert list(found["killed", None, "velmora"].incidents) == ["b"]


def test_an_open_end_stays_open_and_is_told() -> None:
    (one,) = sums(
        [event("a"), event("b"), event("c")],
        [counted("a", 3, 3, 3), counted("b", 10, None, None), counted("c", None, None, 5)],
    )
    assert (one.toll.low, one.toll.best, one.toll.high) == (13, None, None)
    assert (one.settled, one.settled_sum) == (1, 3)
    assert one.toll.reason == "Added over 3 incidents; the rule settles on one number for 1 of them, which come to 3."
    assert one.toll.left_open == (
        "1 incident has no lowest number, so it is at least this many.",
        "1 incident has no highest number.",
    )


def test_nothing_known_is_not_0() -> None:
    (one,) = sums([event("a"), event("b")], [counted("a", None, None, None), counted("b", None, None, None)])
    assert (one.toll.low, one.toll.best, one.toll.high) == (None, None, None)


def test_a_running_total_is_never_added_to_its_parts() -> None:
    incidents = [event("a"), event("week", scope="period")]
    (one,) = sums(incidents, [counted("a", 3, 3, 3), counted("week", 40, 40, 40)])
    assert one.toll.best == 3
    assert [apart.incident for apart in one.apart] == ["week"]
    assert one.toll.left_open == ("1 running total is not added, since the single incidents may be in them.",)


def test_running_totals_alone_are_not_added_to_each_other() -> None:
    incidents = [event("march", scope="period"), event("week", scope="period")]
    (one,) = sums(incidents, [counted("march", 90, 90, 90), counted("week", 40, 40, 40)])
    assert (one.toll.low, one.toll.best, one.toll.high) == (None, None, None)
    assert one.toll.reason == "There is no single incident to add."
    assert [apart.best for apart in one.apart] == [90, 40]


def test_tolls_of_incidents_that_are_not_asked_for_are_left_out() -> None:
    (one,) = sums([event("a")], [counted("a", 3, 3, 3), counted("b", 4, 4, 4)])
    assert one.toll.best == 3


def test_incidents_that_may_be_one_are_told() -> None:
    join = Join("c1", "c2", 0.6, "", proposed=True)
    incidents = [event("b", claims=("c2",)), event("a", claims=("c1",), joins=(join,)), event("c", claims=("c3",))]
    assert overlaps(incidents) == (Overlap("a", "b", "They may be one event; a person has yet to say."),)


def test_a_join_that_holds_is_no_overlap() -> None:
    join = Join("c1", "c2", 0.99, "")
    assert overlaps([event("a", claims=("c1", "c2"), joins=(join,)), event("b", claims=("c3",))]) == ()


def test_a_total_that_includes_a_claim_of_another_incident_is_told() -> None:
    relation = Relation("includes", "c9", "c1", "")
    incidents = [event("a", claims=("c1",)), event("b", claims=("c9",), relations=(relation,))]
    assert overlaps(incidents) == (Overlap("a", "b", "A total in the one includes the other."),)


def test_a_period_overlaps_what_lies_in_its_country_and_time() -> None:
    week = event("week", scope="period", country="SD", date_from="2023-03-01", date_to="2023-03-07")
    inside = event("inside", country="SD", date_from="2023-03-04", date_to="2023-03-04")
    before = event("before", country="SD", date_from="2023-02-04", date_to="2023-02-04")
    after = event("after", country="SD", date_from="2023-03-08", date_to="2023-03-08")
    abroad = event("abroad", country="TD", date_from="2023-03-04", date_to="2023-03-04")
    other_region = event("region", country="SD", region="Kassala", date_from="2023-03-04", date_to="2023-03-04")
    undated = event("undated", country="SD")
    found = overlaps([week, inside, before, after, abroad, undated])
    assert [(one.one, one.other) for one in found] == [("inside", "week"), ("undated", "week")]
    here = event("week", scope="period", country="SD", region="Khartoum", date_from="2023-03-01", date_to="2023-03-07")
    assert overlaps([here, other_region]) == ()


bound = st.none() | st.integers(0, 50)


@st.composite
def a_toll(draw: st.DrawFn, number: int) -> Toll:
    low, best, high = draw(bound), draw(bound), draw(bound)
    stated = iter(sorted(one for one in (low, best, high) if one is not None))
    return counted(f"i{number}", *(None if one is None else next(stated) for one in (low, best, high)))


@given(st.integers(1, 6).flatmap(lambda size: st.tuples(*(a_toll(number) for number in range(size)))))
def test_a_sum_is_in_order_and_holds_its_parts(tolls: tuple[Toll, ...]) -> None:
    (one,) = sums([event(toll.incident) for toll in tolls], tolls)
    total = one.toll
    stated = [number for number in (total.low, total.best, total.high) if number is not None]
    assert stated == sorted(stated)
    assert (total.high is None) == any(toll.high is None for toll in tolls)
    assert (total.low is None) == all(toll.low is None for toll in tolls)
