"""Pages to reports: text, title, outlet, date and language of what was published. Pure: bytes in, records out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from sayso.find.found import Found
from sayso.find.origins import credit_of
from sayso.find.published import iso
from sayso.problems import Problem
from sayso.records import Report

if TYPE_CHECKING:
    from sayso.records import Given, Page, PublishedFrom

__all__ = ["find_report"]

_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]*)?")


def find_report(page: Page, given: Given) -> tuple[Report | None, tuple[Problem, ...]]:
    """Read the report that a page holds.

    Args:
        page: The page; its media type says how it is read.
        given: What is known of pages that do not say it themselves; what a page says wins.

    Returns:
        The report, or None with a problem that is `lost`, and all problems met. The text of a record is verbatim; that
        of other pages is as extracted. `Report.language` and `Report.origin` are filled in, and a report in any
        language is returned.
    """
    given = page.given.over(given)
    read, problems = _fields(page)
    found = read.fields
    text = found.get("text", "")
    if not text.strip() and not any(problem.lost for problem in problems):
        what = "The report holds no words."
        problems = (*problems, Problem("empty-text", page.where, what, "Fetch or save the report again.", lost=True))
    if any(problem.lost for problem in problems):
        return None, problems
    published, date_problems = _published(found.get("published") or given.published, page.where)
    evidence = _evidence(page, found, given) if published else None
    language, language_problems = _language(found.get("language") or given.language, text, page.where)
    credit = credit_of(text)
    report = Report(
        id=found.get("id") or f"r-{page.sha256[:16]}",
        text=text,
        title=found.get("title") or given.title or found.get("first line"),
        url=_address(found.get("url"), page) or given.url,
        outlet=found.get("outlet") or given.outlet,
        published=published,
        language=language,
        origin=credit.name if credit else None,
        origin_span=credit.span if credit else None,
        page_sha256=page.sha256,
        byline=found.get("byline"),
        published_from=evidence,
        passages=read.passages,
        anchors=read.anchors,
    )
    return report, (*problems, *date_problems, *language_problems)


def _fields(page: Page) -> tuple[Found, tuple[Problem, ...]]:
    if page.media_type == "application/json":
        from sayso.find import record

        fields, problems = record.fields(page)
        return Found(fields), problems
    if page.media_type == "text/html":
        from sayso.find import html

        return html.fields(page.body, page.where, page.charset)
    if page.media_type == "application/pdf":
        from sayso.find import pdf

        return pdf.fields(page.body, page.where)
    if page.media_type == "text/plain":
        from sayso.find import plain

        fields, problems = plain.fields(page.body, page.where, page.charset)
        return Found(fields), problems
    what = f"Pages of type {page.media_type!r} are not read."
    remedy = "Give the report as text, HTML, PDF or JSON records."
    return Found(), (Problem("unknown-kind", page.where, what, remedy, lost=True),)


def _evidence(page: Page, found: dict[str, str], given: Given) -> PublishedFrom | None:
    """Return what the date of publication rests on."""
    if not found.get("published"):
        return "given" if given.published else None
    if page.media_type == "application/json":
        return "record"
    return cast("PublishedFrom | None", found.get("published_from"))


def _address(stated: str | None, page: Page) -> str | None:
    """Return where a page was published: as it states itself, but on no other host than the one it was fetched from."""
    if page.fetched is None or stated is None:
        return stated or page.url
    return stated if urlsplit(stated).hostname == urlsplit(page.fetched.final).hostname else page.url


def _published(stated: str | None, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    if stated is None:
        return None, ()
    published = iso(stated)
    if published:
        return published, ()
    what = f"The date of publication {stated[:60]!r} cannot be read in one way only, so it was left out."
    return None, (Problem("unclear-date", where, what, "Give the date as YYYY-MM-DD."),)


def _language(stated: str | None, text: str, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the stated language's two-letter code, else what the text looks like."""
    code = _LANGUAGE.fullmatch((stated or "").strip())
    if code:
        return code[1].lower(), ()
    from sayso.find.language import language_of

    if stated is None:
        return language_of(text), ()
    what = f"The language {stated[:60]!r} is no two-letter code, so the text was looked at instead."
    return language_of(text), (Problem("unclear-language", where, what, 'Give the language as ISO 639-1, like "en".'),)
