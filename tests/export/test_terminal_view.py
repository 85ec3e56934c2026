"""The view for people: what it says, and that no text can break it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sayso.export import excerpt, layout, terminal
from sayso.problems import Problem
from sayso.records import Claim, Reading, Report, Span

TEXT = (
    "Blast at Orlec mine\n\nThe mine's owner said on Tuesday that 17 people were killed on Monday. A union official "
    "told Orlec Radio that more than 100 had died.\n\nNobody was hurt at Tamm."
)


def claim(words: str, **changes: object) -> Claim:
    start = TEXT.index(words)
    sentence = Span(TEXT.rindex("\n", 0, start) + 1, TEXT.find("\n", start) if "\n" in TEXT[start:] else len(TEXT))
    base = Claim(f"c-{start}", start, start + len(words), words, "killed", "count", 17, 17, "exact", None)
    return replace(base, sentence=sentence, **changes)  # type: ignore[arg-type]  # any field of a claim


MONDAY = {"place": "Orlec", "date_from": "2020-05-04", "date_to": "2020-05-04"}
OWNER = claim("17 people", source="The mine's owner", victims="people", **MONDAY)
UNION = claim(
    "more than 100",
    source="A union official",
    via=("Orlec Radio",),
    low=100,
    high=None,
    qualifier="at_least",
    phrase="more_than",
    **MONDAY,
)
NOBODY = claim("Nobody", kind="zero", harm="killed_or_injured", low=0, high=0, phrase="nobody", place="Tamm")
REPORT = Report("r-1", TEXT, title="Blast at Orlec mine", outlet="The Harbour Review", published="2020-05-05")


def view(
    *claims: Claim, report: Report = REPORT, problems: tuple[Problem, ...] = (), with_text: bool = False
) -> list[str]:
    out = io.StringIO()
    terminal.write([Reading(report, claims, problems=problems)], out, with_text=with_text)
    return out.getvalue().splitlines()


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def test_a_report_is_a_heading_a_table_and_the_figures_side_by_side() -> None:
    assert "\n".join(view(OWNER, UNION, NOBODY)) == (
        """\
The Harbour Review · 5 May 2020 · Blast at Orlec mine
────────────────────────────────────────────────────────────────────────────────
How many, harm, whom      Who says                  Where          When
17 killed                 The mine's owner          Orlec          4 May 2020
people
    The mine's owner said on Tuesday that [17 people] were killed on Monday. A
    union official told Orlec Radio that more than 100 had died.

over 100 killed           A union official          Orlec          4 May 2020
                          through Orlec Radio
    The mine's owner said on Tuesday that 17 people were killed on Monday. A
    union official told Orlec Radio that [more than 100] had died.

none killed or injured    the report                Tamm           –
    [Nobody] was hurt at Tamm.

killed: 17 The mine's owner · over 100 A union official"""
    )


def test_a_report_without_claims_says_so_in_one_line() -> None:
    assert view()[2:] == ["No claims of people harmed were found in this report."]


def test_a_report_that_was_not_read_is_not_called_free_of_claims() -> None:
    note = Problem("language-not-read", "r", "The report is in French.", "Give a translation.")
    assert view(problems=(note,))[2] == "This report was not read for claims; the note says why."


def test_what_is_not_known_of_a_report_is_said() -> None:
    bare = Report("r", "Seventeen died, the owner said.")
    assert view(report=bare)[0] == "outlet not given · no date · Seventeen died, the owner said."


def test_running_totals_and_denials_are_marked() -> None:
    total = replace(OWNER, scope="cumulative", stance="denies")
    lines = view(total)
    assert lines[3].startswith("denies 17 killed  ")
    assert lines[5].strip() == "running total"
    assert lines[-1] == "running total: killed: denies 17 The mine's owner"


def test_a_named_person_is_shown_by_name() -> None:
    person = replace(OWNER, kind="individual", low=1, high=1, text="Ada Holm", victims="mayor")
    assert view(person)[4] == "Ada Holm, mayor"


def test_problems_stand_below_in_plain_words() -> None:
    problem = Problem("unclear-date", "a.txt", "The date is unclear.", "Give it as YYYY-MM-DD.")
    assert view(OWNER, problems=(problem,))[-1] == "Note: The date is unclear. Give it as YYYY-MM-DD."


def test_the_text_has_every_figure_marked() -> None:
    lines = view(OWNER, UNION, NOBODY, with_text=True)
    text = " ".join(" ".join(lines[-7:]).split())
    assert text == (
        "Blast at Orlec mine The mine's owner said on Tuesday that [17 people] were killed on Monday. A union official "
        "told Orlec Radio that [more than 100] had died. [Nobody] was hurt at Tamm."
    )


def test_blocks_are_set_apart() -> None:
    out = io.StringIO()
    terminal.write([Reading(REPORT), Reading(REPORT)], out)
    assert out.getvalue().count("\n\n\nThe Harbour Review") == 1
    assert not out.getvalue().endswith("\n\n")


def test_there_is_no_colour_without_a_terminal_and_some_where_it_is_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in "".join(view(OWNER))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;4m[17 people]" in "\n".join(view(OWNER))


def test_markup_and_emoji_codes_in_a_report_are_only_words() -> None:
    source = "[red]the :smile: office[/red] [/]"
    assert "[red]the :smile:" in "\n".join(view(replace(OWNER, source=source)))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_it_can_be_written_in_any_encoding(encoding: str) -> None:
    body = io.BytesIO()
    out = io.TextIOWrapper(body, encoding=encoding, errors="strict" if encoding == "utf-8" else "backslashreplace")
    terminal.write([Reading(REPORT, (OWNER, UNION, NOBODY))], out)
    out.flush()
    lines = body.getvalue().decode(encoding).splitlines()
    assert "17 killed                 The mine's owner          Orlec          4 May 2020" in lines
    assert "\\u" not in "".join(lines)


HOSTILE = st.text() | st.sampled_from(
    ["\x1b]0;gone\x07", "عدد القتلى ١٧", "a" * 500, "\t\t\r\n", "死" * 90, "e\u0301\u0301"]
)


@settings(max_examples=60, deadline=None)
@given(before=HOSTILE, figure=HOSTILE, after=HOSTILE, name=HOSTILE, width=st.integers(1, 200))
def test_no_text_breaks_the_lines_or_steers_the_terminal(
    before: str, figure: str, after: str, name: str, width: int
) -> None:
    text = f"{before}{figure}{after}"
    odd = Claim(
        *("c", len(before), len(before) + len(figure), figure, "killed", "individual", None, None, "vague", name),
        source=name,
        via=(name, name),
        victims=name,
        place=name,
        country=name,
        date_from=name,
        date_to=name,
        sentence=Span(0, len(text)),
    )
    report = Report("r", text, title=name, outlet=name, published=name)
    problem = Problem("odd", name, name, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        lines = view(odd, replace(odd, source=None, kind="vague"), report=report, problems=(problem,), with_text=True)
    widest = min(max(width, layout.NARROWEST), layout.WIDEST)
    assert max(cell_len(line) for line in lines) <= widest
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for line in lines for character in line)


@given(st.text(), st.text(min_size=1), st.text(), st.integers(20, 300))
def test_an_excerpt_holds_the_figure_once_and_keeps_to_its_room(
    before: str, figure: str, after: str, room: int
) -> None:
    text = f"{before}{figure}{after}"
    found = Claim("c", len(before), len(before) + len(figure), figure, "killed", "count", 1, 1, "exact", None)
    pieces = excerpt.around(text, found, room)
    assert [is_figure for _, is_figure in pieces] == [False, True, False]
    assert sum(len(words) for words, _ in pieces) <= room + 10


def test_an_excerpt_is_cut_between_words_on_both_sides() -> None:
    text = "alpha " * 40 + "17 people " + "omega " * 40
    found = Claim("c", 240, 249, "17 people", "killed", "count", 17, 17, "exact", None, sentence=Span(0, len(text)))
    (before, _), (figure, _), (after, _) = excerpt.around(text, found, 60)
    assert figure == "17 people"
    assert set(before.split()) == {"…", "alpha"}
    assert set(after.split()) == {"omega", "…"}
