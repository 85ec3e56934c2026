"""Claims, numbers and days in sentences; the words of a report are quoted as they stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Kept

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def speaker(kept: Kept) -> str:
    """Return who says it: the source, else the agency or outlet whose report says it in its own voice."""
    if kept.source is not None:
        return kept.source.name
    return kept.claim.source or kept.report.origin or kept.report.outlet or f"report {kept.report.id}"


def quoted(kept: Kept) -> str:
    """Return the counting words of a claim in quotation marks; of one person, never the name."""
    if kept.claim.kind == "individual":
        return "one person, told of singly"
    return f"“{' '.join(kept.claim.text.split())}”"


def upper(words: str) -> str:
    """Return words as a sentence begins."""
    return words[:1].upper() + words[1:]


def place(kept: Kept) -> str:
    """Return where a claim was published and when: ``Harbour Review, 4 Mar 2023``."""
    report = kept.report
    where = report.outlet or (f"“{report.title}”" if report.title else f"report {report.id}")
    return ", ".join(part for part in (where, day(report.published)) if part)


def day(stated: str | None) -> str:
    """Return the day of an ISO date in words, or what was stated where that is none.

    >>> day("2023-03-04T10:00:00"), day("March"), day(None)
    ('4 Mar 2023', 'March', '')
    """
    parts = (stated or "")[:10].split("-")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        return stated or ""
    year, month, number = (int(part) for part in parts)
    return f"{number} {_MONTHS[month - 1]} {year}" if 1 <= month <= len(_MONTHS) else stated or ""


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["police"]), listed(["police", "the mayor", "doctors"])
    ('police', 'police, the mayor and doctors')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "source", "sources"), counted(1200, "source", "sources")
    ('1 source', '1,200 sources')
    """
    return f"{number:,} {one if number == 1 else many}"
