"""What speaks for and against two stories being one event: days and places that one of them does not give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.incident.evidence import evidence
from sayso.incident.score import log_odds
from sayso.incident.stories import stories
from tests.incident.claims import heading, kept, told

if TYPE_CHECKING:
    from sayso.incident.told import Story

SHELLED = "12 people were killed when shells hit the grain mill in Sarvel."
STATEMENT = "14 people died, a spokesman for the mill confirmed."


def story(name: str, sentence: str, published: str, *, day: str | None = None, place: str | None = None) -> Story:
    report = heading(name, published)
    quote = " ".join(sentence.split()[:2])
    ((one, _),) = stories(told(report, kept(report, quote, sentence, day=day, place=place), text=sentence))
    return one


def test_what_came_out_before_a_day_hardly_tells_of_it() -> None:
    shelled = story("a", SHELLED, "2023-03-15", day="2023-03-15", place="Sarvel")
    before, after = (story(day, STATEMENT, day) for day in ("2023-03-14", "2023-03-16"))
    assert evidence(shelled, before)["day_after_report"] == 1
    assert "day_after_report" not in evidence(shelled, after)
    assert log_odds(shelled, before) < log_odds(shelled, after)


def test_two_that_give_no_day_are_weighed_by_when_they_came_out() -> None:
    one, soon, late = (story(day, STATEMENT, day) for day in ("2023-03-14", "2023-03-15", "2023-06-15"))
    found = evidence(one, soon)
    assert (found["neither_dated"], found["day_unknown"]) == (1, 1)
    assert log_odds(one, late) < log_odds(one, soon)


def test_a_place_that_the_other_passage_names_speaks_for_one_event() -> None:
    shelled = story("a", SHELLED, "2023-03-15", place="Sarvel")
    naming = story("b", "14 people died in the shelling of Sarvel, Odra's governor said.", "2023-03-15", place="Odra")
    other = story("c", "14 people died in the shelling, Odra's governor said.", "2023-03-15", place="Odra")
    assert evidence(shelled, naming)["other_named"] == 1
    assert "other_named" not in evidence(shelled, other)
