"""What holds for the reading of any text: no exception, spans that slice, ids that last, order, sameness."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claim.numbers import read as read_count
from sayso.export.jsonl import line
from sayso.pipeline import read, read_pages, read_report
from sayso.problems import Problem
from sayso.records import Count, DateOrder, Given, Page, Reading, Report, Span

# A small grammar of news: who, how many, what, and what may stand around it.
_MANY = st.sampled_from(
    [
        "two",
        "17",
        "At least 40",
        "more than 1 200",
        "up to 30",
        "about a dozen",
        "dozens of",
        "several",
        "half a million",
        "30 to 40",
        "no",
        "a",
        "another five",
        "two of the",
        "1.5 million",
        "no fewer than 2.0",
        "hundreds",
        " if not thousands",
        " of",
        "all 14",
        "a third of the 90",
        "99999999999",
        "",
        "0",
    ]
)
_PEOPLE = st.sampled_from(
    [
        "people",
        "soldiers",
        "villagers",
        "miners",
        "man",
        "women and children",
        "others",
        "of them",
        "deaths",
        "bodies",
        "casualties",
        "",
        "Ilan Moss",
    ]
)
_HARM = st.sampled_from(
    [
        "were killed",
        "was wounded",
        "died",
        "were killed and 30 wounded",
        "went missing",
        "fled their homes",
        "were captured",
        "were shot",
        "were feared dead",
        "could be killed",
        "were not hurt",
        "were taken hostage",
        "",
        "killed",
        "were killed by rebels in an air strike",
    ]
)
_WHERE = st.sampled_from(
    ["", " in Lagos", " near Kharkiv", " on Monday", " last night", " on 5 March 2024", " since 2014"]
)
_FRAME = st.sampled_from(
    [
        "{}.",
        "The army said {}.",
        "{}, the ministry said.",
        "“{},” said Ana Bel.",
        "She said {}.",
        "He told Radio Ostrel that {}.",
        "Radio Ostrel, citing doctors, said {}.",
        "The army denied that {}.",
        "The army rejected a claim by the rebels that {}.",
        "Monitor: {}",
        "{}: ministry",
        "“{}.",
        "{}”",
        "A strike left {} and",
        "Among the dead were {}.",
        "{}, including women, two of them children.",
    ]
)
_BREAK = st.sampled_from([" ", "\n", "\n\n", "\r\n", " - ", ""])


@st.composite
def _sentence(draw: st.DrawFn) -> str:
    said = f"{draw(_MANY)} {draw(_PEOPLE)} {draw(_HARM)}{draw(_WHERE)}"
    return draw(_FRAME).format(said) + draw(_BREAK)


NEWS = st.lists(_sentence(), max_size=6).map("".join)
ANYTHING = st.text() | st.text().map(lambda text: f"{text} two men were killed {text}") | NEWS
DAYS = st.sampled_from([None, "2024-03-13", "2024-02-29T23:59:00-09:00", "not a date", ""])


def reading(text: str, published: str | None = "2024-03-13", *, attributions: bool = False) -> Reading:
    return read_report(Report("p", text, published=published, language="en"), attributions=attributions)


@given(ANYTHING, DAYS, st.booleans())
@settings(deadline=None, max_examples=250)
def test_every_span_slices_to_its_words(text: str, published: str | None, attributions: bool) -> None:  # noqa: FBT001 - drawn
    found = reading(text, published, attributions=attributions)
    assert found.problems == ()
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.text != ""
        assert claim.sentence.holds(claim.span)
        for name in ("source", "victims", "perpetrator", "means", "place"):
            span: Span | None = getattr(claim.spans, name)
            assert getattr(claim, name) == (None if span is None else span.of(text))
        assert tuple(span.of(text) for span in claim.spans.via) == claim.via
        for held in (claim.spans.mention, claim.spans.cue, claim.spans.date):
            assert held is None or held.of(text)
        if claim.attribution is not None:
            cue = claim.spans.cue
            assert cue is not None
            assert any(cue.overlaps(one) for one in found.attributions[claim.attribution].cue)
    for said in found.attributions:
        for span in (*said.source, *said.cue, *said.content):
            assert 0 <= span.start < span.end <= len(text)


@given(ANYTHING)
@settings(deadline=None)
def test_words_read_again_give_the_same_figure(text: str) -> None:
    for claim in reading(text).claims:
        count = Count(claim.low, claim.high, claim.qualifier, claim.phrase, claim.kind)
        assert read_count(claim.text) == count
        assert claim.low is None or claim.high is None or claim.low <= claim.high


@given(ANYTHING)
@settings(deadline=None)
def test_claims_are_sorted_and_their_ids_unique(text: str) -> None:
    claims = reading(text).claims
    assert [(c.start, c.end) for c in claims] == sorted((c.start, c.end) for c in claims)
    assert len({c.id for c in claims}) == len(claims)


@given(NEWS, _sentence())
@settings(deadline=None)
def test_a_further_paragraph_keeps_ids_unique(text: str, more: str) -> None:
    claims = reading(f"{text}\n\n{more}").claims
    assert len({c.id for c in claims}) == len(claims)


@given(NEWS, DAYS, st.sampled_from([None, "Ostrel Post", "Lagos Mail"]))
@settings(deadline=None)
def test_ids_stay_when_outlet_and_day_change(text: str, published: str | None, outlet: str | None) -> None:
    one = read_report(Report("a", text, language="en"))
    two = read_report(Report("b", text, published=published, outlet=outlet, title="T", language="en"))
    assert [c.id for c in one.claims] == [c.id for c in two.claims]


@given(ANYTHING, st.booleans())
@settings(deadline=None)
def test_the_same_input_gives_the_same_output(text: str, attributions: bool) -> None:  # noqa: FBT001 - drawn
    assert line(reading(text, attributions=attributions)) == line(reading(text, attributions=attributions))


@given(NEWS)
@settings(deadline=None)
def test_asking_for_attributions_changes_no_claim(text: str) -> None:
    few, many = reading(text), reading(text, attributions=True)
    assert [(c.id, c.source, c.via, c.stance) for c in few.claims] == [
        (c.id, c.source, c.via, c.stance) for c in many.claims
    ]
    assert all((c.attribution is None) == (d.attribution is None) for c, d in zip(few.claims, many.claims, strict=True))


@given(ANYTHING)
@settings(deadline=None)
def test_the_line_is_read_back(text: str) -> None:
    found = reading(text)
    written = line(found, with_text=True)
    assert len(written.splitlines()) == 1
    back = json.loads(written)
    assert back["report"]["chars"] == len(text)
    assert [(c["id"], c["low"], c["high"], c["text"], c["via"]) for c in back["claims"]] == [
        (c.id, c.low, c.high, c.text, list(c.via)) for c in found.claims
    ]
    assert back["report"]["text"] == text


@given(st.binary(max_size=200) | ANYTHING.map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(deadline=None)
def test_any_bytes_give_a_reading_or_a_problem_but_no_fault(body: bytes) -> None:
    found = list(read_pages([Page(body, "bytes", "text/plain")], Given()))
    assert found
    for one in found:
        problems = [one] if isinstance(one, Problem) else one.problems
        assert all(problem.code != "fault" for problem in problems)


def test_pages_are_read_one_by_one_and_problems_pass_through() -> None:
    problem = Problem("empty-file", "b.txt", "The file is empty.", "Give another.", lost=True)
    pages: list[Page | Problem] = [
        Page(b"Two men died.", "a.txt", "text/plain"),
        problem,
        Page(b"Six men died.", "c.txt", "text/plain"),
    ]
    found = list(read_pages(pages, Given(language="en")))
    assert found[1] is problem
    assert [one.claims[0].low for one in found if isinstance(one, Reading)] == [2, 6]


def test_pages_of_an_archive_without_words_of_harm_are_counted_and_not_read() -> None:
    quiet, told = b"The council met.", b"Two men died."
    pages = [
        *(Page(body, f"a.zip/{at}", "text/plain", archive="a.zip") for at, body in enumerate((quiet, told, quiet))),
        Page(quiet, "b.warc@0", "text/plain", archive="b.warc"),
        Page(quiet, "named.txt", "text/plain"),
        Page(told, "c.zip/0", "text/plain", archive="c.zip"),
    ]
    found = list(read_pages(pages, Given(language="en")))
    assert [one.where if isinstance(one, Problem) else one.report.text for one in found] == [
        *("Two men died.", "a.zip", "b.warc", "The council met.", "Two men died.")
    ]
    said = [(one.code, one.what, one.lost) for one in found if isinstance(one, Problem)]
    assert said[0] == ("passed-over", "2 of its 3 pages seem to tell of no harm to people and were passed over.", False)
    whole = list(read_pages(pages, Given(language="en"), attributions=True))
    assert [one.report.text for one in whole if isinstance(one, Reading)] == [page.body.decode() for page in pages]


HOSTILE = {
    "quotes": "two men were killed " + '"' * 100_000,
    "opening quotes": "two men were killed " + "“" * 100_000,
    "said": "two men were killed " + "said " * 50_000,
    "one word": "two men were killed " + "a" * 200_000,
    "one number": "killed " + "1" * 200_000 + " men",
    "hyphens": "two men were killed " + "a-" * 100_000,
    "initials": "two men were killed " + "a." * 100_000,
    "brackets": "two men were killed " + "(" * 50_000 + ")" * 50_000,
    "square brackets": "two men were killed " + "[" * 50_000 + "]" * 50_000,
    "line breaks": "two men were killed" + "\n" * 100_000 + "x",
    "broken lines": "two men were killed" + "\n " * 50_000 + "x",
    "spaces": "two men were killed" + " " * 100_000 + "x",
    "tabs": "two men were killed\n" + "\t" * 100_000 + "x",
    "coordination": "killed " + "two men and " * 10_000,
    "names": "killed " + "Ana Bel, " * 10_000,
    "colons": "killed: " * 20_000,
    "separators": "killed 1" + ",000" * 50_000,
    "according": "killed according to " * 10_000,
    "months": "killed 5 March " * 10_000,
    "combining marks": "two men were killed e" + "\u0301" * 100_000,
    "other script": "two men were killed " + "שלום " * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    found = reading(text)
    assert all(text[c.start : c.end] == c.text for c in found.claims)
    assert found.problems == ()


@pytest.mark.parametrize("name", ["said", "tabs", "combining marks"])
def test_the_model_reads_a_hostile_text_to_its_end(name: str) -> None:
    assert reading(HOSTILE[name], attributions=True).problems == ()


def test_a_long_report_is_read_whole() -> None:
    account = (
        "Two miners were killed in Lagos on Monday, the governor said. At least 17 people were hurt.\n\n"
        "The bridge across the river was closed. Trains were late all morning, and shops shut early. " * 8 + "\n\n"
    )
    text = account * (120_000 // len(account) + 1)
    found = reading(text)
    assert len(text) >= 120_000
    assert len(found.claims) == 2 * text.count("governor said")
    assert found.problems == ()


def test_a_text_too_long_for_memory_is_named_and_not_read() -> None:
    found = reading("Two men were killed. " * 500_000)
    assert found.claims == ()
    assert [(problem.code, problem.lost) for problem in found.problems] == [("report-too-long", True)]


def test_a_report_without_a_date_takes_the_day_that_its_text_states() -> None:
    dateline = read("HARRA, 4 Feb 2016 (XYZ) -- Six people were killed on Monday.")
    recorded = read("HARRA, 4 Feb 2016 (XYZ) -- Six people were killed on Monday.", published="2016-02-05")
    silent = read("Six people were killed on Monday.")
    assert [one.report.published for one in (dateline, recorded, silent)] == ["2016-02-04", "2016-02-05", None]
    assert [one.claims[0].date_from for one in (dateline, recorded, silent)] == ["2016-02-01", "2016-02-01", None]


@pytest.mark.parametrize(
    ("text", "published", "stated_in"),
    [
        ("HARRA, 3 May 2014 (XYZ) - Two miners were killed on Friday.", "2014-05-03", "dateline"),
        ("Two miners were killed in Harra yesterday, 4 March 2016, the union said.", "2016-03-05", "text"),
    ],
)
def test_a_report_says_where_its_text_states_the_day(text: str, published: str, stated_in: str) -> None:
    report = read(text).report
    assert (report.published, report.published_from) == (published, stated_in)


def test_the_order_of_day_and_month_is_the_users() -> None:
    text = "Six people were killed on 03/02/2024."
    orders: tuple[DateOrder | None, ...] = (None, "day", "month")
    found = [read(text, date_order=order).claims[0].date_from for order in orders]
    assert found == ["2024-02-03", "2024-02-03", "2024-03-02"]


def test_a_claim_leads_back_to_its_page() -> None:
    rows = "<tr><th>Town</th><th>Killed</th></tr><tr><td>Orvelo</td><td>14</td></tr><tr><td>Marl</td><td>9</td></tr>"
    words = "Three people were killed at Orlec when the river left its bed in the night, the mayor said."
    head = '<head><link rel="canonical" href="https://a.example/toll"></head>'
    body = (
        f"<html>{head}<body><article><h1>The toll of the flood</h1><p>{words}</p><table>{rows}</table></article></html>"
    )
    (reading,) = read_pages([Page(body.encode(), "toll.html", "text/html")], Given(language="en"))
    assert isinstance(reading, Reading)
    traces = {claim.low: claim.trace for claim in reading.claims}
    assert traces[3].link == "https://a.example/toll#:~:text=Three%20people%20were,the%20mayor%20said"
    assert traces[3].path == "/html[1]/body[1]/article[1]/p[1]"
    assert traces[9].link == "https://a.example/toll#:~:text=Marl,9"
    assert traces[9].path == "/html[1]/body[1]/article[1]/table[1]/tr[3]/td[2]"
