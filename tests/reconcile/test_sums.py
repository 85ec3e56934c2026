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


DAYS = st.none() | st.sampled_from(["2023-03-01", "2023-03-05", "2023-03-09"])
CLAIMS = [f"c{number}" for number in range(9)]


@st.composite
def an_incident(draw: st.DrawFn, number: int) -> Incident:
    some = st.sampled_from(CLAIMS)
    pairs = st.lists(st.tuples(some, some), max_size=2)
    return event(
        f"i{number}",
        scope=draw(st.sampled_from(["event", "event", "period"])),
        country=draw(st.sampled_from([None, "SD", "TD"])),
        region=draw(st.sampled_from([None, "Kassala", "Khartoum"])),
        date_from=draw(DAYS),
        date_to=draw(DAYS),
        claims=tuple(draw(st.lists(some, max_size=3, unique=True))),
        relations=tuple(Relation("includes", a, b, "") for a, b in draw(pairs)),
        joins=tuple(Join(a, b, 0.5, "", proposed=True) for a, b in draw(pairs)),
    )


def by_hand(incidents: list[Incident]) -> set[tuple[str, str]]:
    """Return the pairs that overlap, found by looking at all pairs."""
    homes: dict[str, str] = {}
    pairs: set[tuple[str, str]] = set()
    for one in incidents:
        pairs |= {(homes.setdefault(claim, one.id), one.id) for claim in one.claims}
    told = [(r.claim, r.other) for one in incidents for r in one.relations]
    told += [(join.a, join.b) for one in incidents for join in one.joins]
    pairs |= {(homes[a], homes[b]) for a, b in told if a in homes and b in homes}
    for one in incidents:
        for other in incidents if one.scope == "period" else []:
            apart = [one.country and other.country and one.country != other.country]
            apart += [one.region and other.region and one.region != other.region]
            apart += [one.date_from and other.date_to and other.date_to < one.date_from]
            apart += [one.date_to and other.date_from and other.date_from > one.date_to]
            pairs |= set() if any(apart) else {(one.id, other.id)}
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


@given(st.integers(0, 6).flatmap(lambda size: st.tuples(*(an_incident(number) for number in range(size)))))
def test_pairs_that_overlap_are_those_that_a_look_at_all_pairs_finds(incidents: tuple[Incident, ...]) -> None:
    found = [(one.one, one.other) for one in overlaps(incidents)]
    assert len(found) == len(set(found))
    assert set(found) == by_hand(list(incidents))


def test_ids_of_a_sum_are_a_sequence() -> None:
    (one,) = sums([event("b"), event("a")], [counted("b", 1, 1, 1), counted("a", 2, 2, 2)])
    assert (len(one.incidents), one.incidents[1], list(one.incidents[:1]), "a" in one.incidents) == (
        2,
        "a",
        ["b"],
        True,
    )
