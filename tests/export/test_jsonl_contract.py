"""The JSON line is a contract: its keys, their order, and what each kind of value looks like."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export import document, jsonl
from sayso.problems import Problem
from sayso.records import Attribution, Claim, Evidence, Passage, PlaceMatch, Reading, Report, Rival, Span, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "At least 12 miners were trapped at Orlec, the union said."
CLAIM = Claim("c-1", 0, 18, "At least 12 miners", "missing", "count", 12, None, "at_least", "at_least")
FULL = replace(
    CLAIM,
    source="the union",
    via=("Orlec Radio", "the Courier"),
    victims="miners",
    lat=0.0,
    lon=-12.5,
    sentence=Span(0, 57),
    attribution=0,
    spans=Evidence(source=Span(42, 51), cue=Span(52, 56), via=(Span(1, 2), Span(3, 4)), victims=Span(12, 18)),
    confidence=0.5,
    place_match=PlaceMatch(
        "Orlec", "city", "Velmora", "Orlec", 5.25, "The only one.", (Rival(7, "Orlec", "SE", None, 3.5),)
    ),
)
READING = Reading(
    Report("r-1", TEXT, outlet="Orlec Radio", published="2020-05-04"),
    (FULL,),
    (Attribution((Span(42, 51),), (Span(52, 56),), (Span(0, 20), Span(21, 40))),),
    (Problem("unclear-date", "a.txt", "It is unclear.", "Say it."),),
    "sayso 1",
    "rules",
)

LINE_KEYS = ["schema", "program", "model", "report", "claims", "attributions", "problems"]
REPORT_KEYS = [
    *("id", "title", "url", "outlet", "published", "language", "origin", "origin_span"),
    *("page_sha256", "text_sha256", "chars"),
]
REPORT_KEYS += ["byline", "published_from", "passages"]
CLAIM_KEYS = [
    "id",
    "start",
    "end",
    "text",
    "harm",
    "kind",
    "low",
    "high",
    "qualifier",
    "phrase",
    "source",
    "via",
    "stance",
    "victims",
    "status",
    "perpetrator",
    "means",
    "place",
    "place_id",
    "lat",
    "lon",
    "place_prec",
    "country",
    "date_from",
    "date_to",
    "date_prec",
    "date_reason",
    "time",
    "scope",
    "sentence",
    "attribution",
    "spans",
    "confidence",
    "place_match",
    "link",
    "path",
    "page",
    "boxes",
]
SPAN_KEYS = ["source", "mention", "cue", "via", "victims", "perpetrator", "means", "place", "date"]


def written(reading: Reading, *, with_text: bool = False) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(jsonl.line(reading, with_text=with_text))


@pytest.mark.parametrize("claim", [CLAIM, FULL])
def test_every_key_is_there_in_the_order_of_the_contract(claim: Claim) -> None:
    line = written(replace(READING, claims=(claim,)))
    assert list(line) == LINE_KEYS
    assert list(line["report"]) == REPORT_KEYS
    assert list(line["claims"][0]) == CLAIM_KEYS
    assert list(line["claims"][0]["spans"]) == SPAN_KEYS
    assert list(line["attributions"][0]) == ["source", "cue", "content"]
    assert list(line["problems"][0]) == ["code", "where", "what", "remedy"]


def test_spans_are_pairs_and_lists_are_lists() -> None:
    claim = written(READING)["claims"][0]
    assert claim["sentence"] == [0, 57]
    assert claim["via"] == ["Orlec Radio", "the Courier"]
    assert claim["spans"]["via"] == [[1, 2], [3, 4]]
    assert claim["spans"]["source"] == [42, 51]
    assert claim["spans"]["mention"] is None
    assert written(READING)["attributions"][0]["content"] == [[0, 20], [21, 40]]


def test_a_claim_leads_back_to_its_page() -> None:
    trace = Trace("https://a.example/b#:~:text=At%20least", "/html[1]/body[1]/p[2]", 3, ((1.0, 2.0, 30.5, 14.2),))
    claim = written(replace(READING, claims=(replace(CLAIM, trace=trace),)))["claims"][0]
    assert [claim["link"], claim["path"], claim["page"]] == [trace.link, trace.path, trace.page]
    assert claim["boxes"] == [[1.0, 2.0, 30.5, 14.2]]


def test_passages_are_written_with_their_spans() -> None:
    report = replace(READING.report, passages=(Passage(Span(0, 57), "2020-05-04T14:32", "Trapped"),))
    passages = written(replace(READING, report=report))["report"]["passages"]
    assert passages == [{"span": [0, 57], "published": "2020-05-04T14:32", "title": "Trapped"}]


def test_unknown_is_null_and_lists_are_never_null() -> None:
    line = written(Reading(Report("r", ""), (CLAIM,)))
    assert [line["program"], line["model"], line["report"]["page_sha256"], line["report"]["title"]] == [None] * 4
    assert [line["attributions"], line["problems"], line["claims"][0]["via"]] == [[], [], []]
    assert line["claims"][0]["spans"]["via"] == []
    assert [line["report"]["passages"], line["claims"][0]["boxes"]] == [[], []]
    assert line["claims"][0]["high"] is None
    assert line["claims"][0]["confidence"] is None


def test_zero_is_not_null() -> None:
    none = replace(CLAIM, kind="zero", low=0, high=0, qualifier="exact", phrase="no")
    claim = written(replace(READING, claims=(none,)))["claims"][0]
    assert [claim["low"], claim["high"]] == [0, 0]
    assert written(READING)["claims"][0]["lat"] == 0.0


def test_the_text_is_there_only_when_asked_for() -> None:
    assert "text" not in written(READING)["report"]
    report = written(READING, with_text=True)["report"]
    assert list(report) == [*REPORT_KEYS, "text"]
    assert report["text"] == TEXT
    assert report["chars"] == len(TEXT)


def test_a_lone_surrogate_becomes_one_replacement_character() -> None:
    line = jsonl.line(replace(READING, report=Report("r", "a\udc80b", title="\ud800")), with_text=True)
    line.encode("utf-8")
    assert json.loads(line)["report"]["text"] == "a\ufffdb"
    assert json.loads(line)["report"]["title"] == "\ufffd"


@given(st.text())
def test_any_text_stays_on_one_line_and_comes_back(text: str) -> None:
    line = jsonl.line(Reading(Report("r", text, title=text)), with_text=True)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "\x9b" not in line
    assert json.loads(line)["report"]["text"] == text
    assert json.loads(line)["report"]["title"] == text


def test_letters_of_all_scripts_stay_readable() -> None:
    assert "Орлец" in jsonl.line(replace(READING, report=Report("r", "", title="Орлец")))


def test_each_line_is_written_before_the_next_is_read() -> None:
    out = io.StringIO()
    lines_before = []

    def readings() -> Iterator[Reading]:
        for _ in range(3):
            lines_before.append(out.getvalue().count("\n"))
            yield READING

    jsonl.write(readings(), out)
    assert lines_before == [0, 1, 2]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_document_is_a_list_of_the_same_objects(number: int) -> None:
    out = io.StringIO()
    document.write([READING] * number, out, with_text=True)
    assert json.loads(out.getvalue()) == [written(READING, with_text=True)] * number
    assert out.getvalue().endswith("]\n")


def test_what_a_place_was_taken_for_is_written_with_its_rivals() -> None:
    match = json.loads(jsonl.line(READING))["claims"][0]["place_match"]
    assert list(match) == list(jsonl.MATCH_KEYS)
    assert match["rivals"] == [{"id": 7, "name": "Orlec", "country": "SE", "region": None, "score": 3.5}]
