"""Live tickers become dated passages, and what only looks like one does not."""

from __future__ import annotations

from sayso.find import find_report
from sayso.records import Given, Page, Report

HEAD = '<html><head><meta name="date" content="2020-03-07"></head><body><main><h1>Fire at the Orlec depot</h1>'
LINES = (
    "The depot of the tram company is burning, and two watchmen are missing, the fire brigade says.",
    "The bodies of two men have been found under the stairs, a fire officer tells our reporter.",
    "The mayor speaks of three dead and of eleven who were brought to the hospital of the sisters.",
)


def found(body: str, head: str = HEAD) -> Report:
    report, _ = find_report(Page(f"{head}{body}</main></body></html>".encode(), "t.html", "text/html"), Given())
    assert report is not None
    return report


def passages(report: Report) -> list[tuple[str, str | None]]:
    return [(passage.published, passage.title) for passage in report.passages]


def clocked(*clocks: str, form: str = "<h3>{}</h3><p>{}</p>") -> str:
    return "".join(form.format(clock, line) for clock, line in zip(clocks, LINES, strict=True))


def test_clocks_in_each_form() -> None:
    dated = [("2020-03-07T08:05", None), ("2020-03-07T14:32", None), ("2020-03-07T21:10", None)]
    for form in ("<h3>{}</h3><p>{}</p>", "<p><b>{}</b> {}</p>", "<p>{}</p><p>{}</p>", "<p>{} {}</p>"):
        assert passages(found(clocked("08:05", "14:32", "21:10", form=form))) == dated
    assert passages(found(clocked("8.05 am", "2.32 pm", "9.10 pm"))) == dated


def test_a_passage_reaches_from_its_clock_to_the_next() -> None:
    report = found(clocked("08:05", "14:32", "21:10"))
    assert [p.span.of(report.text) for p in report.passages] == [
        f"{clock}\n\n{line}" for clock, line in zip(("08:05", "14:32", "21:10"), LINES, strict=True)
    ]


def test_midnight_begins_the_next_day_in_either_order() -> None:
    later = found(clocked("21:10", "00:40", "02:15"))
    assert [p.published for p in later.passages] == ["2020-03-07T21:10", "2020-03-08T00:40", "2020-03-08T02:15"]
    newest_first = found(clocked("02:15", "00:40", "21:10"))
    assert [p.published for p in newest_first.passages] == ["2020-03-08T02:15", "2020-03-08T00:40", "2020-03-07T21:10"]


def test_a_line_that_is_a_date_sets_the_day() -> None:
    days = ("9 March 2020", clocked("08:05", "09:00", "10:00")), ("8 March 2020", clocked("1:05", "2:00", "3:00"))
    body = "".join(f"<h2>{day}</h2>{entries}" for day, entries in days)
    assert [p.published[:10] for p in found(body).passages] == ["2020-03-09"] * 3 + ["2020-03-08"] * 3


def test_without_a_day_there_are_no_passages() -> None:
    assert found(clocked("08:05", "14:32", "21:10"), HEAD.replace("2020-03-07", "")).passages == ()


def test_figures_that_are_no_times_part_nothing() -> None:
    assert found(clocked("08:75", "14:92", "31:10")).passages == ()
    assert found(clocked("08:05", "14:32", "Later")).passages == ()
    plain = "".join(f"<p>{line}</p>" for line in LINES)
    report = found(f"<p>12:09 was the time on the clock that had stopped in the hall of the depot.</p>{plain}")
    assert report.passages == ()


def test_dates_of_other_reports_make_no_ticker() -> None:
    card = '<li><a href="/{0}">Another report of the day, number {0}</a> <time datetime="2020-03-0{0}"></time></li>'
    cards = "".join(card.format(number) for number in range(1, 6))
    report = found("".join(f"<p>{line}</p>" for line in LINES) + f"<ul>{cards}</ul>")
    assert report.passages == ()
    assert "Another report" not in report.text


def test_a_day_beyond_the_calendar_is_no_day() -> None:
    assert found(clocked("21:10", "00:40", "02:15"), HEAD.replace("2020-03-07", "9999-12-31")).passages == ()
