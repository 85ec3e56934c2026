"""The hall: the order of the rooms. Bytes become pages, pages reports, reports readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.problems import Problem
from sayso.records import Page, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Given, Report


def read_pages(
    pages: Iterable[Page | Problem], given: Given, *, attributions: bool = False
) -> Iterator[Reading | Problem]:
    """Read pages one by one, in order; nothing is kept in memory between them.

    Args:
        pages: Pages, and Problems for inputs that gave none; those pass through.
        given: What the user says of inputs that do not say it themselves.
        attributions: Whether to work out who said what for whole texts.

    Yields:
        A Reading for each report; a Problem (with ``lost`` set) for each page that gave none.
    """
    from sayso.find import find_report

    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        report, problems = find_report(page, given)
        if report is None:
            yield from problems
        else:
            yield _read(report, problems, attributions=attributions)


def read_report(report: Report, *, attributions: bool = False) -> Reading:
    """Read one report that is already at hand."""
    return _read(report, (), attributions=attributions)


def _read(report: Report, problems: tuple[Problem, ...], *, attributions: bool) -> Reading:
    from sayso import __version__
    from sayso.claim import LANGUAGES, MODEL, read_claims
    from sayso.find.gate import may_hold_claim

    reading = Reading(report, problems=problems, program=f"sayso {__version__}", model=MODEL)
    if report.language is not None and report.language not in LANGUAGES:
        return _with(reading, problems=(*problems, _not_read(report)))
    if not attributions and not may_hold_claim(report.text):
        return reading
    claims, said, dropped = read_claims(report, attributions=attributions)
    return _with(reading, claims=claims, attributions=said, problems=(*problems, *dropped))


def _with(reading: Reading, **changes: object) -> Reading:
    from dataclasses import replace

    return replace(reading, **changes)  # type: ignore[arg-type]


def _not_read(report: Report) -> Problem:
    return Problem(
        code="language-not-read",
        where=report.id,
        what=f"The report is in a language that sayso does not read yet ({report.language}).",
        remedy="It is kept without claims; give a translation, or --language en if this is wrong.",
    )
