"""Facts taken from claims, and the rules of the sets that score facts."""

from datetime import date
from typing import Any

import pytest

from bench.facts import Fact, facts, headline_first, main_days, main_figure
from bench.rows import ScoredClaim, scored_claim
from bench.score_fakes import CLASSES, FakesScore, MainClaim
from bench.score_fakes import score as score_fakes
from bench.score_gva import Registered
from bench.score_gva import score as score_gva
from bench.score_muc import Alternative, Key, Keyed
from bench.score_muc import score as score_muc
from bench.score_places import governorates_right, main_place, towns_right


def said(harm: str, low: int | None, high: int | None, **slots: Any) -> ScoredClaim:  # noqa: ANN401 - any JSON value
    row = {"start": 0, "end": 4, "harm": harm, "kind": "count", "low": low, "high": high, "scope": "incident"}
    return scored_claim(row | slots)


def test_each_asserted_range_is_a_fact_once_in_text_order() -> None:
    claims = [
        said("injured", 4, 4),
        said("killed", 3, None),
        said("killed", 3, None, victims="girls"),
        said("killed", 3, 3),
        said("killed", 9, 9, stance="denies"),
        said("killed", None, 8),
        said("killed", 0, 0),
        said("missing", 2, 2),
    ]
    assert facts(claims) == [
        Fact("injured", 4, 4, "civilian", "incident"),
        Fact("killed", 3, None, "civilian", "incident"),
        Fact("killed", 3, 3, "civilian", "incident"),
    ]


@pytest.mark.parametrize(
    ("victims", "status", "who"),
    [
        ("Schoolchildren and a Boy", "combatant", "child"),
        ("babies", "civilian", "child"),
        ("kidnapped soldiers", "combatant", "child"),
        ("women and children", "civilian", "child"),
        ("a woman", "combatant", "woman"),
        ("soldiers", "combatant", "combatant"),
        ("policemen", "unknown", "civilian"),
        (None, None, "civilian"),
    ],
)
def test_the_class_comes_from_the_victims_then_from_the_status(
    victims: str | None, status: str | None, who: str
) -> None:
    assert facts([said("killed", 2, 2, victims=victims, status=status)])[0].who == who


def test_the_headline_is_the_first_number_killed_in_one_incident() -> None:
    order = [
        Fact("injured", 1, 1),
        Fact("killed", 90, 90, scope="cumulative"),
        Fact("killed", 5, 5),
        Fact("killed", 6, 6),
    ]
    assert [fact.low for fact in headline_first(order)] == [5, 6, 90, 1]


def test_the_main_figure_is_the_one_said_most_often_then_first() -> None:
    claims = [said("killed", 2, 2), said("killed", 3, None), said("killed", 3, 3)]
    assert main_figure(claims, "killed") == (3, 3)
    assert main_figure(claims[:2], "killed") == (2, 2)
    assert main_figure(claims, "injured") is None
    assert main_figure([said("killed", 5, 5, scope="cumulative"), said("killed", None, 5)], "killed") is None
    assert main_figure([said("killed", 5, 5, stance="denies")], "killed") is None


@pytest.mark.parametrize(
    ("alternative", "right", "wrong"),
    [
        (Alternative(5, 5, approximate=False), [(5, 5), (5, None)], [(5, 6), (4, 5), (4, None)]),
        (Alternative(5, 9, approximate=False), [(5, 9), (6, 7), (5, None)], [(4, 9), (5, 10), (6, None)]),
        (Alternative(5, None, approximate=False), [(5, 5), (5, 80), (5, None)], [(6, 6), (4, None)]),
        (Alternative(50, 50, approximate=True), [(45, 55), (50, None), (55, 55)], [(44, 50), (50, 56), (56, None)]),
        (Alternative(3, None, approximate=True), [(2, 4)], [(1, 4), (3, 5)]),
    ],
)
def test_an_alternative_of_the_key_accepts_compatible_numbers(
    alternative: Alternative, right: list[tuple[int, int | None]], wrong: list[tuple[int, int | None]]
) -> None:
    assert all(alternative.accepts(Fact("killed", low, high)) for low, high in right)
    assert not any(alternative.accepts(Fact("killed", low, high)) for low, high in wrong)


def keyed(low: int, high: int | None = None, *, optional: bool = False) -> Keyed:
    top = high or low
    return Keyed("killed", (Alternative(low, top, approximate=False),), low, top, optional=optional)


def test_as_many_facts_as_possible_are_matched() -> None:
    key = Key((keyed(4, 6), keyed(5)))
    found = score_muc([(key, [Fact("killed", 5, 5), Fact("killed", 6, 6)])]).overall
    assert (found.found, found.precision, found.recall, found.f1) == (2, 1.0, 1.0, 1.0)


def test_options_and_totals_excuse_without_recall() -> None:
    key = Key((keyed(4), keyed(2, optional=True)), (keyed(6),))
    read = [Fact("killed", 6, 6), Fact("killed", 2, 2), Fact("killed", 7, 7)]
    found = score_muc([(key, read)]).overall
    assert (found.asked, found.found, found.good, found.read) == (1, 0, 2, 3)


def test_a_plural_of_the_key_lets_one_prediction_count_neither_way() -> None:
    key = Key((Keyed("killed", (), plural=True),))
    score = score_muc([(key, [Fact("killed", 1, 1), Fact("killed", 30, None), Fact("killed", 40, 40)])])
    assert (score.ignored, score.overall.read, score.overall.good) == (1, 2, 0)


def test_single_people_can_be_left_out() -> None:
    key = Key((keyed(1), keyed(3)))
    score = score_muc([(key, [Fact("killed", 1, 1), Fact("killed", 3, 3)])], smallest=2)
    assert (score.overall.asked, score.overall.read, score.overall.found) == (1, 1, 1)


def test_the_total_killed_must_lie_in_the_range_of_the_key() -> None:
    key = Key((keyed(2), keyed(3, optional=True)))
    totals = [[], [Fact("killed", 1, 1)], [Fact("killed", 2, None)], [Fact("killed", 5, 5)], [Fact("killed", 6, 6)]]
    assert [score_muc([(key, read)]).totals_in_range for read in totals] == [0, 0, 1, 1, 0]
    silent = score_muc([(Key(()), []), (Key(()), [Fact("killed", 2, 2)])])
    assert (silent.silent, silent.silent_kept, silent.totals) == (2, 1, 0)


def crowd(civilians: int, others: int = 0, children: int = 0, **more: str) -> MainClaim:
    numbers = dict(zip(CLASSES, (civilians, others, children, 0), strict=True))
    return MainClaim(numbers, more.get("group", "a day"), more.get("outlet", "a paper"))


def one(gold: MainClaim, *read: Fact) -> FakesScore:
    return score_fakes([(gold, read)])


def test_the_first_killed_fact_must_be_a_recorded_number_or_their_sum() -> None:
    gold = crowd(8, 3)
    assert [one(gold, Fact("killed", number, number)).top1 for number in (8, 3, 11, 5)] == [1.0, 1.0, 1.0, 0.0]
    late = one(gold, Fact("injured", 8, 8), Fact("killed", 5, 5), Fact("killed", 8, 8))
    assert (late.top1, late.headline, late.facts_per_doc) == (0.0, 1.0, 2.0)


def test_nobody_recorded_killed_asks_for_silence() -> None:
    assert (one(crowd(0)).top1, one(crowd(0), Fact("killed", 1, 1)).top1) == (1.0, 0.0)


def test_a_range_may_reach_a_quarter_beyond_the_number() -> None:
    assert one(crowd(8), Fact("killed", 6, 10)).top1 == 1.0
    assert one(crowd(8), Fact("killed", 6, 11)).top1 == 0.0


def test_recall_by_class_asks_for_the_class_too() -> None:
    found = one(crowd(8, 0, 2), Fact("killed", 8, 8, "combatant"), Fact("killed", 2, 2, "child")).recall
    assert (found["civilians"].found, found["civilians"].found_with_class) == (1, 0)
    assert (found["children"].found, found["children"].found_with_class) == (1, 1)
    assert found["women"].gold == 0


def test_ranges_are_scored_where_two_outlets_tell() -> None:
    gold = [crowd(4, outlet="a paper"), crowd(6, outlet="a radio"), crowd(9, group="another day")]
    exact = score_fakes(list(zip(gold, [[Fact("killed", n, n)] for n in (4, 6, 9)], strict=True)))
    inside = score_fakes(list(zip(gold, [[Fact("killed", 5, 5)], [], []], strict=True)))
    silent = score_fakes([(one, []) for one in gold])
    assert (exact.groups, exact.range_exact, exact.range_overlap) == (1, 1, 1)
    assert (inside.range_exact, inside.range_overlap) == (0, 1)
    assert (silent.range_exact, silent.range_overlap) == (0, 0)


def test_main_figures_are_right_when_the_registry_lies_within() -> None:
    scores = score_gva([(Registered(1, 2), (1, 1), (2, 6), None), (Registered(2, 3), (1, 1), None, None)])
    assert (scores["all"].killed, scores["all"].injured, scores["all"].both) == (0.5, 0.5, 0.5)
    assert (scores["all"].killed_error, scores["all"].injured_error) == (0.5, 2.5)
    assert (scores["mass"].docs, scores["mass"].both) == (1, 0.0)


def test_a_day_is_right_within_one_of_the_registrys_and_a_month_is_none() -> None:
    registered = Registered(1, 0, date(2024, 5, 2))

    def right(first: date, last: date) -> float:
        return score_gva([(registered, (1, 1), None, (first, last))])["all"].day

    assert right(date(2024, 5, 2), date(2024, 5, 2)) == 1.0
    assert right(date(2024, 5, 3), date(2024, 5, 3)) == 1.0
    assert right(date(2024, 5, 4), date(2024, 5, 4)) == 0.0
    assert right(date(2024, 5, 1), date(2024, 5, 3)) == 1.0
    assert right(date(2024, 5, 1), date(2024, 5, 31)) == 0.0
    assert score_gva([(registered, None, None, None)])["all"].dated == 0.0


def test_the_main_days_are_those_that_most_claims_give() -> None:
    def told(day: str | None, **slots: str) -> ScoredClaim:
        return ScoredClaim(
            0, 1, "killed", "count", 1, 1, slots={"scope": "incident", "date_from": day, "date_to": day, **slots}
        )

    monday, tuesday = "2024-05-06", "2024-05-07"
    said = [told(monday), told(tuesday), told(tuesday), told(monday, stance="denies"), told(monday, scope="cumulative")]
    assert main_days(said) == (date(2024, 5, 7), date(2024, 5, 7))
    assert main_days([told(None)]) is None


def placed(harm: str, region: str | None, town: str | None, **slots: str) -> ScoredClaim:
    """Return a read claim with the region and town of its place."""
    told = {"scope": "incident", "stance": "asserts"} | slots
    return ScoredClaim(0, 1, harm, "count", 1, 1, slots=told, region=region, town=town)


def test_the_main_place_is_what_most_claims_of_killed_people_have() -> None:
    claims = [
        placed("injured", "Homs", "Homs"),
        placed("killed", "Idlib", "Saraqib"),
        placed("killed", "Aleppo", "Azaz", scope="cumulative"),
        placed("killed", None, None),
    ]
    assert main_place(claims, "region") == "Idlib"
    assert main_place(claims[:1], "town") == "Homs"
    assert main_place([], "town") is None


def test_governorates_and_towns_are_shares_of_all_reports() -> None:
    around = [placed("killed", "Rif Dimashq", "Douma")]
    assert governorates_right([("damascus", around), ("aleppo", around), ("homs", [])]) == 0.3333
    assert towns_right([("Douma", around), ("St. Louis", around)]) == 0.5
    assert governorates_right([]) is None
