"""The hall: the order of the rooms. Bytes become pages, pages reports, reports readings."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.collecting import no_collecting
from sayso.problems import NotReadError, Problem, UsageError
from sayso.records import Given, Page, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.claim.propose import Proposer
    from sayso.incident.actors import Actors
    from sayso.records import Comparison, DateOrder

_LONGEST_PATH = 1024
_LONGEST_REPORT = 10_000_000
"""Characters; a text of this length is many reports in one file, and reading it would fill a laptop's memory."""
_REPORT_NAMES = (".txt", ".html", ".htm", ".pdf", ".json", ".jsonl")


def read(  # noqa: PLR0913 - what a bare text lacks is the caller's to say, by name
    source: str | os.PathLike[str] | Page,
    *,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    language: str | None = None,
    date_order: DateOrder | None = None,
    attributions: bool = False,
) -> Reading:
    """Read one report and return it with its claims and problems.

    Args:
        source: A path, an address on the web, a Page, or the text of a report. A string is taken as a path where a
            file of that name exists, else as an address where it is nothing but one, else as text.
        title: The headline, where the source does not give one.
        url: Where it was published, where the source does not say.
        outlet: Who published it, where the source does not say.
        published: ISO date of publication in the outlet's own time, where the source does not say; days such as
            "on Monday" are counted from it.
        language: ISO 639-1 code, where the source does not say; told from the text when left out.
        date_order: Whether 03/04/2017 is 3 April (``day``) or 4 March (``month``); told from the report when left out.
        attributions: Whether to work out who said what for the whole text, casualty or not.

    Returns:
        The report, its claims in text order, and the problems met on the way.

    Raises:
        NotReadError: The source gave no report; its `problems` say why.
        UsageError: The source holds several reports (use `read_all`), or looks like a path but names no file.
    """
    given = Given(title, url, outlet, published, language, date_order)
    found = list(read_pages(_pages(source), given, attributions=attributions))
    readings = [one for one in found if isinstance(one, Reading)]
    if len(readings) > 1:
        raise UsageError(f"{source!s} holds {len(readings)} reports; use sayso.read_all to read them all.")
    problems = tuple(one for one in found if isinstance(one, Problem))
    if not readings:
        raise NotReadError(problems)
    return replace(readings[0], problems=(*problems, *readings[0].problems))


def read_all(
    inputs: Sequence[str],
    *,
    given: Given | None = None,
    attributions: bool = False,
    keep: str | os.PathLike[str] | None = None,
) -> Iterator[Reading | Problem]:
    """Read files, folders, glob patterns and addresses on the web, one report after another.

    Args:
        inputs: Paths of files and folders, patterns, and addresses, as `sayso read` takes them.
        given: What the inputs do not say themselves.
        attributions: Whether to work out who said what for whole texts.
        keep: A folder in which pages from the web are kept before they are read.

    Yields:
        A Reading for each report, and a Problem for each input that gave none.
    """
    from sayso.pages.files import pages

    return read_pages(pages(inputs, keep=Path(keep) if keep else None), given or Given(), attributions=attributions)


def read_pages(
    pages: Iterable[Page | Problem], given: Given, *, attributions: bool = False
) -> Iterator[Reading | Problem]:
    """Read pages one by one, in order; nothing is kept in memory between them.

    Args:
        pages: Pages, and Problems for inputs that gave none; those pass through.
        given: What the user says of inputs that do not say it themselves.
        attributions: Whether to work out who said what for whole texts; then no page is passed over.

    Yields:
        A Reading for each report; a Problem (with ``lost`` set) for each page that gave none. Pages of an archive that
        seem to tell of no harm to people are passed over, and one Problem an archive says how many.
    """
    for one in through_gate(pages, attributions=attributions):
        if isinstance(one, Problem):
            yield one
        else:
            yield from read_page(one, given, attributions=attributions)


def through_gate(pages: Iterable[Page | Problem], *, attributions: bool = False) -> Iterator[Page | Problem]:
    """Pass on the pages that are worth reading, in order.

    Args:
        pages: Pages, and Problems for inputs that gave none; those pass through.
        attributions: Whether who said what is wanted for whole texts; then no page is passed over.

    Yields:
        Pages and Problems, without the pages of archives that do not seem to tell of people who came to harm; one
        Problem an archive says how many these were.
    """
    archive = _Archive()
    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        if page.archive != archive.name:
            yield from archive.passed_over()
            archive = _Archive(page.archive)
        archive.pages += 1
        if page.archive and not attributions and not _may_hold_claim(page):
            archive.passed += 1
        else:
            yield page
    yield from archive.passed_over()


def read_page(page: Page, given: Given, *, attributions: bool = False) -> Iterator[Reading | Problem]:
    """Read one page, whether the gate would let it through or not.

    Args:
        page: The page.
        given: What the user says of inputs that do not say it themselves.
        attributions: Whether to work out who said what for the whole text.

    Yields:
        One Reading, or the Problems for which there is none.
    """
    found: tuple[Reading | Problem, ...]
    try:
        with no_collecting():
            found = tuple(_read_page(page, given, attributions=attributions))
    except Exception as fault:  # noqa: BLE001 - a fault of ours in one report must not lose its neighbours
        found = (_fault(page, fault),)
    yield from found


def _may_hold_claim(page: Page) -> bool:
    from sayso.find.gate import page_may_hold_claim
    from sayso.find.telling import what_page_tells

    try:
        if not page_may_hold_claim(page):
            return False
        told = what_page_tells(page)
        return told.plainly or (bool(told.perhaps) and _tell_of_harm(told.perhaps))
    except Exception:  # noqa: BLE001 - where the gate fails, reading the page says what is wrong with it
        return True


def _tell_of_harm(paragraphs: Sequence[str]) -> bool:
    """Say whether a claim is read in some paragraphs of a page; patterns are asked first, since they take no time."""
    from sayso.claim.glance import tell_of_harm
    from sayso.find.gate import may_hold_claim

    if tell_of_harm(paragraphs, may_hold_claim):
        return True
    return bool(read_report(Report("in doubt", "\n\n".join(paragraphs), language="en")).claims)


@dataclass(slots=True)
class _Archive:
    """How many pages of an archive were seen, and how many of them were passed over by the gate."""

    name: str | None = None
    pages: int = 0
    passed: int = 0

    def passed_over(self) -> Iterator[Problem]:
        if self.name is None or not self.passed:
            return
        what = f"{self.passed:,} of its {self.pages:,} pages seem to tell of no harm to people and were passed over."
        remedy = "Nothing; a page that is named by itself, or any page with --attributions, is read all the same."
        yield Problem("passed-over", self.name, what, remedy)


def read_report(
    report: Report,
    *,
    attributions: bool = False,
    proposer: Proposer | None = None,
    date_order: DateOrder | None = None,
) -> Reading:
    """Read one report that is already at hand.

    Args:
        report: The report.
        attributions: Whether to work out who said what for the whole text.
        proposer: What finds the claims; the shipped reader when left out.
        date_order: Whether dates in figures have the day or the month first; told from the report when left out.
    """
    with no_collecting():
        return _read_report(report, attributions=attributions, proposer=proposer, date_order=date_order)


def _read_report(
    report: Report, *, attributions: bool, proposer: Proposer | None, date_order: DateOrder | None
) -> Reading:
    from sayso import __version__
    from sayso.claim import LANGUAGES, model, read_attributions, read_claims
    from sayso.find.gate import may_hold_claim

    reading = Reading(report, program=f"sayso {__version__}", model=model(attributions=attributions))
    if report.language is not None and report.language not in LANGUAGES:
        return replace(reading, problems=(_not_read(report),))
    passes = may_hold_claim(report.text)
    if not passes and not attributions:
        return reading
    if len(report.text) > _LONGEST_REPORT:
        return replace(reading, problems=(_too_long(report),))
    if not passes:
        # Asking for more must not find claims that are otherwise left out.
        return replace(reading, attributions=read_attributions(report))
    claims, said, dropped = read_claims(report, attributions=attributions, proposer=proposer, date_order=date_order)
    return replace(reading, claims=claims, attributions=said, problems=dropped)


def known_actors(own: Iterable[str | os.PathLike[str]] = ()) -> tuple[Actors, tuple[Problem, ...]]:
    """Return who sources and parties are taken for, by the shipped list and the user's own.

    Args:
        own: Lists in the form that ``docs/actors.md`` gives, such as those that the setting ``actors.files`` names.

    Returns:
        What resolves names, and a problem for each file and each entry that could not be used.
    """
    from sayso.claim.countries import Countries
    from sayso.claim.places import shipped
    from sayso.incident.actor_list import read_actors
    from sayso.incident.actors import Actors

    listed, problems = read_actors(Path(file) for file in own)
    return Actors(listed, Countries(shipped())), problems


def compare_pages(pages: Iterable[Page | Problem], given: Given) -> Iterator[Problem | Comparison]:
    """Find out which pages print one text; nothing is read for claims.

    Args:
        pages: Pages, and Problems for inputs that gave none; those pass through.
        given: What the user says of inputs that do not say it themselves.

    Yields:
        Each Problem as it is met, and last of all one Comparison of every report.
    """
    from sayso.find import find_report
    from sayso.find.copies import Copies

    reports = Copies()
    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        try:
            report, problems = find_report(page, given)
            if report is not None:
                reports.add(report)
        except Exception as fault:  # noqa: BLE001 - a fault of ours in one report must not lose its neighbours
            yield _fault(page, fault)
            continue
        yield from problems
    yield reports.comparison()


def _read_page(page: Page, given: Given, *, attributions: bool) -> Iterator[Reading | Problem]:
    from sayso.find import find_report
    from sayso.find.trace import traces

    report, problems = find_report(page, given)
    if report is None:
        yield from problems
        return
    report = _with_own_day(report, given.date_order)
    reading = read_report(report, attributions=attributions, date_order=given.date_order)
    ways = traces(page, report, [(claim.span, claim.sentence) for claim in reading.claims])
    claims = tuple(replace(claim, trace=way) for claim, way in zip(reading.claims, ways, strict=True))
    reading = replace(reading, claims=claims)
    yield replace(reading, problems=(*problems, *reading.problems))


def _with_own_day(report: Report, order: DateOrder | None) -> Report:
    """Give a report that came without a date of publication the day that its text states."""
    from sayso.claim import LANGUAGES
    from sayso.claim.date_order import day_first
    from sayso.claim.report_day import own_day

    if report.published is not None or report.language not in {None, *LANGUAGES}:
        return report
    own = own_day(report.text, day_first=day_first(report, order))
    return report if own is None else replace(report, published=own.day.isoformat(), published_from=own.stated_in)


def _pages(source: str | os.PathLike[str] | Page) -> Iterable[Page | Problem]:
    """Turn what a caller gave into pages."""
    from sayso.pages.addresses import is_address
    from sayso.pages.files import pages

    if isinstance(source, Page):
        return [replace(source, archive=None)]
    if isinstance(source, os.PathLike) or _names_file(source):
        return pages([os.fspath(source)])
    if is_address(source):
        return pages([source])
    if source.lower().endswith(_REPORT_NAMES) and not any(c.isspace() for c in source):
        raise UsageError(f"There is no file called {source}; check the path, or pass the text of the report itself.")
    # As a record, a text is taken verbatim: nothing is decoded, folded or repaired, so offsets index what was given.
    return [Page(json.dumps({"text": source}).encode(), "text given", "application/json")]


def _names_file(source: str) -> bool:
    if len(source) > _LONGEST_PATH or "\n" in source or "\0" in source:
        return False
    try:
        return Path(source).is_file()
    except OSError:
        return False


def _fault(page: Page, fault: Exception) -> Problem:
    return Problem(
        code="fault",
        where=page.where,
        what=f"Reading this input failed by a fault of sayso ({type(fault).__name__}: {fault}).",
        remedy="The other inputs were read; please report this with the input, if you may share it.",
        lost=True,
    )


def _too_long(report: Report) -> Problem:
    return Problem(
        code="report-too-long",
        where=report.id,
        what=f"The report has {len(report.text):,} characters; at most {_LONGEST_REPORT:,} are read at once.",
        remedy="It is kept without claims; cut it into the reports it is made of.",
        lost=True,
    )


def _not_read(report: Report) -> Problem:
    return Problem(
        code="language-not-read",
        where=report.id,
        what=f"The report is in a language that sayso does not read yet ({report.language}).",
        remedy="It is kept without claims; give a translation, or --language en if this is wrong.",
    )
