"""The second gate lets through what tells of people who came to harm, and holds back much of what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from training.invented.report import invented

from bench.score_gate import page_of
from sayso.find.telling import what_page_tells
from sayso.pipeline import through_gate
from sayso.records import Page

GOLD = Path(__file__).parents[1] / "gold"
FLOOR = 0.995
"""The share of reports with a claim that has to pass; none of these texts was used to fit the gate."""


def passes(body: str | bytes, encoding: str = "utf-8") -> bool:
    page = Page(body if isinstance(body, bytes) else body.encode(encoding), "a page", "text/html", archive="an archive")
    return page in through_gate([page])


def test_reports_with_claims_pass() -> None:
    annotated = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    texts = [one["text"] for one in [*annotated, *invented(400, 5)] if one["claims"]]
    told = [page_of(text, number) for number, text in enumerate(texts)]
    assert len(told) > 300
    passed = list(through_gate(told))
    held = [page.where for page in told if page not in passed]
    assert len(held) <= len(told) * (1 - FLOOR), held


@pytest.mark.parametrize(
    "body",
    [
        "<p>Two men were killed in the attack.</p>",
        "<p>TWO MEN WERE KILLED IN THE ATTACK.</p>",
        "<p>Two men were <b>kill</b>ed in the attack.</p>",
        "<p><span class=drop>K</span>illed in Orra were two men, police said.</p>",
        "<p>Two&nbsp;men&#32;were&nbsp;killed&nbsp;in&nbsp;the&nbsp;attack.</p>",
        "<p>Two men were kil&shy;led in the attack.</p>",
        "<p>Two men were &#107;illed in the attack.</p>",
        "<td>Two men</td><td>were killed</td><td>in the attack</td>",
        "<title>Nine dead in bus crash</title><p>A quiet page.</p>",
        "<!-- <script> --><p>Two men were killed.</p><script>x</script>",
        '<script type="application/ld+json">{"articleBody":"Two men were killed.\\nThe police said so."}</script>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_harm_to_people_is_seen_in_any_markup(body: str, encoding: str) -> None:
    assert passes(body, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Voters told the candidate that something is missing from the debate about trade.",
        "The law would kill jobs, the president said at a rally in Ohio.",
        "Wall Street is dead to her voters, a strategist for the campaign said.",
        "The bill is a job killer and would be the death of the coal industry, the candidate told supporters.",
    ],
)
def test_words_of_harm_about_other_things_are_held_back(text: str) -> None:
    assert not passes(f"<p>{text}</p>")


def test_other_kinds_of_pages_pass() -> None:
    for kind in ("text/plain", "application/json", "application/pdf"):
        assert what_page_tells(Page(b"dead code", "a page", kind)).plainly


def test_a_page_in_doubt_is_held_back_where_nobody_is_read_in_it() -> None:
    text = (
        "The new piano was dead on arrival, critics wrote; the town hall has played it all the same for some years now."
    )
    told = what_page_tells(Page(f"<p>{text}</p>".encode(), "a page", "text/html"))
    assert (told.plainly, told.perhaps) == (False, (text,))
    assert not passes(f"<p>{text}</p>")


@pytest.mark.parametrize(
    "text",
    [
        "Of the crew of the ferry, who come from two towns of the coast, nobody has said anything; eleven are missing.",
        "The council takes the murder of the retired harbour master Emil Darran to have been planned for a long time.",
    ],
)
def test_a_page_in_doubt_passes_where_somebody_is_read_in_it(text: str) -> None:
    assert not what_page_tells(Page(f"<p>{text}</p>".encode(), "a page", "text/html")).plainly
    assert passes(f"<p>{text}</p>")
    edge = text.rindex(" ", 0, 64)
    assert passes(f"<p>{text[:edge]}</p><p>{text[edge:]}</p>")


def test_paragraphs_are_those_that_tags_part() -> None:
    body = (
        b"<p>It was a <b>first</b> play.<p>The new piano,<br>was dead&shy; on arrival</p>"
        b"<td>critics of the</td><td>paper wrote, who have seen some hundreds of these for years.</td><p>No.</p>"
    )
    told = what_page_tells(Page(body, "a page", "text/html"))
    alone = "The new piano,\nwas dead on arrival"
    row = "critics of the  paper wrote, who have seen some hundreds of these for years."
    assert told.perhaps == (alone, f"{alone}\n{row}")


@pytest.mark.parametrize("piece", ["dead ", "<p>dead code</p>", "&dead;", "kill<b>", "dead" * 50])
def test_hostile_pages_are_judged_in_time(piece: str) -> None:
    assert passes((piece * (3_000_000 // len(piece))).encode()) in {True, False}
