"""Claims come together by event, whatever the order in which their reports come, and people's word goes first."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import invented_events
from bench.tellings import telling
from sayso.entries import Decision
from sayso.incident import heaps
from sayso.incident.group import Grouping
from sayso.incident.memory import MemoryIndex
from sayso.pipeline import read_report
from sayso.problems import UsageError
from sayso.records import Report
from tests.incident.claims import heading, kept, told
from tests.incident.grouped import grouped, marks, pairwise, tellings
from tests.incident.told_set import told as invented

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.events import Incident
    from sayso.incident.told import Story, Told

MILL = "12 people were killed when shells hit the grain mill in Sarvel on Tuesday."
MILL_LATER = "The shelling of the grain mill in Sarvel killed 14 people, the governor said."
BRIDGE = "6 soldiers were killed when a car bomb went off on the bridge at Odra on Tuesday."


def mill(name: str = "mill", published: str = "2023-03-15") -> Told:
    report = heading(name, published, title="Mill shelled in Sarvel")
    return told(report, kept(report, "12 people", MILL, day="2023-03-14", place="Sarvel", means="shells"), text=MILL)


def mill_later() -> Told:
    report = heading("later", "2023-03-16", title="Toll of Sarvel mill rises")
    claim = kept(report, "14 people", MILL_LATER, day="2023-03-14", place="Sarvel", means="shelling")
    return told(report, claim, text=MILL_LATER)


def bridge() -> Told:
    report = heading("bridge", "2023-03-15", title="Bomb on Odra bridge")
    return told(
        report, kept(report, "6 soldiers", BRIDGE, day="2023-03-14", place="Odra", means="car bomb"), text=BRIDGE
    )


def events(incidents: list[Incident]) -> list[set[str]]:
    return sorted((set(one.reports) for one in incidents), key=sorted)


def test_two_reports_of_one_event_come_together_and_another_event_of_that_day_does_not() -> None:
    found = grouped([mill(), mill_later(), bridge()])
    assert events(found) == [{"bridge"}, {"later", "mill"}]


@pytest.mark.parametrize("towns", [("Vratsa", "Vidin", "Pleven"), ("Vratsa", "Sarvel", "Pleven")])
def test_like_attacks_on_three_towns_of_one_day_are_three_events(towns: tuple[str, ...]) -> None:
    reports = []
    for town in towns:
        text = f"Two people were killed and three were wounded when shells hit the town of {town} on Wednesday night."
        one = Report(town, text, f"Two killed in {town}", outlet="Wire", published="2022-08-11", language="en")
        reports.append(telling(one, read_report(one).claims))
    assert events(grouped(reports)) == sorted([{town} for town in towns], key=sorted)


def test_a_join_says_in_words_why_and_how_likely() -> None:
    (one,) = grouped([mill(), mill_later()])
    (join,) = one.joins
    assert "Sarvel" in join.reason
    assert "same day (2023-03-14)" in join.reason.lower()
    assert "12 against 14 killed" in join.reason
    assert 0.5 < join.score <= 1
    assert not join.proposed


def test_an_incident_says_when_where_and_what_was_said() -> None:
    (one,) = grouped([mill(), mill_later()])
    assert (one.date_from, one.date_to, one.date_prec) == ("2023-03-14", "2023-03-14", 1)
    assert one.place == "Sarvel"
    assert (one.figures["killed"].low, one.figures["killed"].high) == (12, 14)
    assert one.claims == ("c-mill-0-killed", "c-later-48-killed")
    assert one.name


def test_what_is_left_of_a_report_stays_in_its_incident_when_half_of_it_is_moved() -> None:
    one = heading("both", "2023-03-15", title="Mill and bridge hit")
    first, second = (
        "12 people were killed when shells hit the grain mill in Sarvel.",
        "Others found 14 people dead there.",
    )
    text = f"{first} {second}"
    claims = [
        kept(one, "12 people", text, day="2023-03-14", place="Sarvel", means="shells"),
        kept(one, "14 people", text, day="2023-03-14", place="Sarvel", means="shells"),
        kept(one, "12 people", text, harm="injured", low=30, day="2023-03-14", place="Sarvel"),
        kept(one, "14 people", text, harm="injured", low=31, day="2023-03-14", place="Sarvel"),
    ]
    reports = [mill(), bridge(), told(one, *claims, text=text)]
    odra = next(each for each in grouped(reports) if "bridge" in each.reports)
    sarvel = next(each for each in grouped(reports) if "mill" in each.reports)
    assert {each.claim.id for each in claims} < set(sarvel.claims)
    moved = [claims[0].claim.id, claims[2].claim.id]
    stay = [claim for claim in sarvel.claims if claim not in moved]
    grouping = Grouping(decisions=[Decision("move", tuple(moved), "Ana", set={"from": stay, "to": list(odra.claims)})])
    for each in reports:
        grouping.add(each)
    grouping.regroup()
    assert sorted(sorted(each.claims) for each in grouping.incidents()) == sorted(
        [sorted(stay), sorted([*odra.claims, *moved])]
    )


def test_words_in_capitals_give_way_to_the_same_words_without() -> None:
    one, loud = mill(), heading("loud", "2023-03-15", title="MILL SHELLED IN SARVEL")
    claim = kept(loud, "12 PEOPLE", MILL.upper(), day="2023-03-14", place="SARVEL", means="SHELLS")
    (found,) = grouped([one, told(loud, claim, text=MILL.upper())])
    assert (found.place, found.means) == ("Sarvel", "shells")


def test_an_incident_keeps_its_id_while_its_first_claim_stays() -> None:
    (before,) = grouped([mill()])
    (after,) = grouped([mill(), mill_later()])
    assert before.id == after.id


def test_what_is_told_of_the_change_is_what_changed() -> None:
    grouping = Grouping()
    for one in (mill(), bridge()):
        grouping.add(one)
    first = grouping.regroup()
    assert (len(first.made), first.gone) == (2, ())
    grouping.add(mill_later())
    second = grouping.regroup()
    assert [set(one.reports) for one in second.made] == [{"mill", "later"}]
    assert second.gone == ()
    assert grouping.regroup().made == ()


def test_taking_out_a_report_undoes_putting_it_in() -> None:
    grouping = Grouping()
    for one in (mill(), mill_later(), bridge()):
        grouping.add(one)
    grouping.regroup()
    grouping.remove("mill")
    change = grouping.regroup()
    assert len(change.gone) == 1
    assert grouping.incidents() == grouped([mill_later(), bridge()])


def test_a_report_that_comes_again_takes_its_own_place() -> None:
    assert grouped([mill(), bridge(), mill()]) == grouped([mill(), bridge()])


def test_two_reports_whose_claims_have_one_id_are_refused() -> None:
    grouping = Grouping()
    grouping.add(mill())
    other = mill()
    with pytest.raises(UsageError, match="id of another"):
        grouping.add(told(heading("copy"), *other.claims))


def test_a_report_without_claims_is_in_no_incident() -> None:
    assert grouped([told(heading("empty"), text="Nothing happened.")]) == []


def test_people_can_put_two_events_together_and_the_join_says_who() -> None:
    grouping = Grouping()
    for one in (mill(), bridge()):
        grouping.add(one)
    grouping.regroup()
    grouping.rule([Decision("merge", ("c-mill-0-killed", "c-bridge-0-killed"), "Ana", "one offensive")])
    grouping.regroup()
    (together,) = grouping.incidents()
    assert [(join.by, join.reason) for join in together.joins if join.by] == [("Ana", "one offensive")]
    grouping.rule([])
    grouping.regroup()
    assert grouping.incidents() == grouped([mill(), bridge()])


def test_people_can_take_a_claim_out_and_it_stays_out_when_reports_are_read_again() -> None:
    split = Decision("split", ("c-later-48-killed",), "Ana", set={"from": ["c-mill-0-killed"]})
    grouping = Grouping(decisions=[split])
    for one in (mill(), mill_later(), mill(), mill_later()):
        grouping.add(one)
        grouping.regroup()
    assert events(grouping.incidents()) == [{"later"}, {"mill"}]


def test_people_can_split_a_report_whose_claims_were_told_together() -> None:
    report = heading("two", "2023-03-15")
    both = told(
        report,
        kept(report, "12 people", MILL, day="2023-03-14", place="Sarvel"),
        kept(report, "3 more", "And 3 more were killed there.", day="2023-03-14", place="Sarvel", at=80),
        text=f"{MILL}\n\nAnd 3 more were killed there.",
    )
    first, second = (one.claim.id for one in both.claims)
    assert [set(one.claims) for one in grouped([both])] == [{first, second}]
    grouping = Grouping(decisions=[Decision("split", (second,), "Ana", set={"from": [first]})])
    grouping.add(both)
    grouping.regroup()
    assert sorted(one.claims for one in grouping.incidents()) == sorted([(first,), (second,)])


def test_people_can_move_a_claim_to_another_event() -> None:
    to, moved = "c-bridge-0-killed", "c-later-48-killed"
    move = Decision("move", (moved,), "Ana", set={"to": to, "from": ["c-mill-0-killed"]})
    grouping = Grouping(decisions=[move])
    for one in (mill(), mill_later(), bridge()):
        grouping.add(one)
    grouping.regroup()
    assert events(grouping.incidents()) == [{"bridge", "later"}, {"mill"}]


def test_of_two_rulings_that_contradict_each_other_the_later_holds() -> None:
    both = ("c-mill-0-killed", "c-later-48-killed")
    split = Decision("split", both[1:], "Ana", set={"from": list(both[:1])})
    merge = Decision("merge", both, "Ben")
    for decisions, groups in (([split, merge], 1), ([merge, split], 2)):
        grouping = Grouping(decisions=decisions)
        for one in (mill(), mill_later()):
            grouping.add(one)
        grouping.regroup()
        assert len(grouping.incidents()) == groups


def test_totals_hang_under_their_area_and_period_and_join_no_event() -> None:
    report = heading("total", "2023-03-16")
    total = "Since January 240 people have been killed in Sarvel."
    claim = kept(
        report,
        "240 people",
        total,
        day="2023-01-01",
        date_to="2023-03-16",
        date_prec=5,
        place="Sarvel",
        scope="cumulative",
    )
    event, period = sorted(grouped([mill(), told(report, claim, text=total)]), key=lambda one: one.scope)
    assert (event.scope, period.scope) == ("event", "period")
    assert event.figures["killed"].high == 12
    assert period.claims == ("c-total-14-killed",)
    assert period.reports == ()


@settings(max_examples=12, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
    reports = [one for one in tellings(heldout=False) if one.report.id.startswith(("dresk", "karn", "roundups"))]
    expected = grouped(reports)
    order = chance.sample(reports, len(reports))
    grouping = Grouping()
    for number, one in enumerate(order):
        grouping.add(one)
        if chance.random() < 0.2:
            grouping.regroup()
        if chance.random() < 0.2:
            gone = order[chance.randrange(number + 1)]
            grouping.remove(gone.report.id)
            grouping.add(gone)
    grouping.regroup()
    assert grouping.incidents() == expected


def test_the_invented_set_is_grouped_no_worse_than_before() -> None:
    found = {claim: one.id for one in grouped(tellings(heldout=False)) for claim in one.claims}
    claims = [claim for claim in marks() if claim in found]
    _, _, f1 = pairwise([marks()[claim] for claim in claims], [found[claim] for claim in claims])
    assert len(claims) > 400
    assert f1 >= 0.905
    assert len({marks()[claim] for claim in claims}) >= 40
    assert len(invented().reports) >= 200


@settings(max_examples=10, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.sampled_from([1, 3, 6, 12]))
def test_heaps_that_would_grow_too_large_are_the_same_whatever_the_order(seed: int, most: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
    reports = [one for one, _ in invented_events.tellings(seed % 4, 45)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heaps, "MOST", most)
        expected = grouped(reports)
        order = chance.sample(reports, len(reports))
        grouping = Grouping()
        for number, one in enumerate(order):
            grouping.add(one)
            if chance.random() < 0.4:
                grouping.regroup()
            if chance.random() < 0.3:
                gone = order[chance.randrange(number + 1)]
                grouping.remove(gone.report.id)
                if chance.random() < 0.5:
                    grouping.regroup()
                grouping.add(gone)
        grouping.regroup()
    assert grouping.incidents() == expected


class Watched(MemoryIndex):
    """An index that notes which stories it is asked for, and which incidents it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.kept: set[str] = set()

    def story(self, story: str) -> Story:
        """Return a story by its id."""
        self.asked.add(story)
        return super().story(story)

    def joins(self, story: str) -> Mapping[str, float]:
        """Return what a story is joined with."""
        self.asked.add(story)
        return super().joins(story)

    def keep(self, incident: Incident, stories: Iterable[str]) -> None:
        """Keep an incident."""
        self.kept.add(incident.id)
        super().keep(incident, stories)


def test_a_report_more_asks_for_its_neighbours_alone_among_few_and_among_many() -> None:
    asked = {}
    for number in (200, 800):
        index = Watched()
        grouping = Grouping(index)
        *reports, last = [one for one, _ in invented_events.tellings(5, 200)]
        others = [one for one, _ in invented_events.tellings(6, number - 200)]
        for one in (*reports, *(renamed(one) for one in others)):
            grouping.add(one)
        grouping.regroup()
        index.asked.clear()
        grouping.add(last)
        grouping.regroup()
        asked[number] = len(index.asked)
    assert asked[200] > 1
    assert asked[800] <= 2 * asked[200]


def test_a_ruling_makes_anew_what_it_is_about_and_nothing_else() -> None:
    index = Watched()
    grouping = Grouping(index)
    for one, _ in invented_events.tellings(7, 60):
        grouping.add(one)
    grouping.regroup()
    first, second, third, fourth, *_ = [one for one in grouping.incidents() if one.scope == "event"]
    merges = [Decision("merge", (a.claims[0], b.claims[0]), "Ana") for a, b in ((first, second), (third, fourth))]
    alone = Decision("split", grouping.incidents()[-1].claims[:1], "Ana", set={"from": [first.claims[0]]})
    grouping.rule([alone, *merges[:1]])
    grouping.regroup()
    index.kept.clear()
    index.asked.clear()
    grouping.rule([alone, *merges])
    grouping.regroup()
    assert 1 <= len(index.kept) <= len(index.asked) < 60
    kept = index.kept.copy()
    # The numbers of those after it change with one that is taken back; what they mean does not.
    grouping.rule(merges)
    index.kept.clear()
    grouping.regroup()
    assert not index.kept & kept - {one.id for one in grouping.incidents() if set(one.claims) & set(alone.on)}
    whole = Grouping(decisions=merges)
    for one, _ in invented_events.tellings(7, 60):
        whole.add(one)
    whole.regroup()
    assert grouping.incidents() == whole.incidents()


def renamed(one: Told) -> Told:
    """Return a report of another year under another name."""
    year = f"19{one.report.published or ''}"[:2] + (one.report.published or "")[2:]
    report = replace(one.report, id=f"{one.report.id}-old", voice=f"{one.report.id}-old", published=year)
    claims = tuple(
        replace(
            k,
            report=report,
            claim=replace(k.claim, id=f"{k.claim.id}-old", date_from=None, date_to=None, date_prec=None),
        )
        for k in one.claims
    )
    return replace(one, report=report, claims=claims)
