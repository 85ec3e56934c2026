"""Every time expression of varied sentences, in ``times.txt``, with answers worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.claim.dates import find_times

Mentions = list[tuple[str, str, str, str, str, str]]


def _lines() -> list[tuple[str, str, Mentions]]:
    """Return the report's day, the sentence and its mentions for each line of the table."""
    out: list[tuple[str, str, Mentions]] = []
    day = ""
    for line in Path(__file__).with_name("times.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            _, day, weekday = line.split()
            assert f"{date.fromisoformat(day):%A}" == weekday
        elif line and not line.startswith("#"):
            sentence, *said = line.split(" | ")
            out.append((day, sentence, [_mention(one) for one in said]))
    return out


def _mention(said: str) -> tuple[str, str, str, str, str, str]:
    words, _, rest = said.rpartition(" = ")
    days, prec, *more = rest.split()
    first, _, last = days.partition("..")
    roles = {"event", "since", "by", "duration", "time"}
    time = next((one.replace("+", " ", 1) for one in more if one not in roles), "-")
    return words, first, last or first, prec, time, next((one for one in more if one in roles), "event")


@pytest.mark.parametrize(("day", "sentence", "said"), _lines())
def test_every_time_expression_of_a_sentence_is_found_and_nothing_else(day: str, sentence: str, said: Mentions) -> None:
    found = [
        (m.span.of(sentence), str(m.date_from or "-"), str(m.date_to or "-"), str(m.prec), m.time or "-", m.role)
        for m in find_times(sentence, date.fromisoformat(day))
    ]
    assert found == said


def test_the_tables_hold_more_than_four_hundred_expressions() -> None:
    from tests.claim.test_dates_table import TABLE

    assert sum(len(said) for _, _, said in _lines()) + TABLE.count("\n") - 1 > 480
