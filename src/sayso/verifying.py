"""What a ledger is held against when it is verified: heads that were printed, and its pages, read again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.entries import Head
from sayso.problems import UsageError

if TYPE_CHECKING:
    from sayso.records import Page, Report

_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
_EMPTY = Head(0, "")
_WORD = re.compile(r"\w+")


def head_of(printed: str) -> Head:
    """Return a head from the form in which it is printed.

    Raises:
        UsageError: It is none.
    """
    if printed.strip() == str(_EMPTY):
        return _EMPTY
    found = _HEAD.fullmatch(printed.strip())
    if found is None:
        raise UsageError(f'"{printed[:80]}" is no head; give it as "sayso log --head" prints it, NUMBER:HASH.')
    return Head(int(found[1]), found[2])


def recheck(page: Page, report: Report) -> str | None:
    """Return why a report is not what its page says, or None where it is.

    The page is read again. A later version may find another main text on it, so where the two differ the report is
    held against all words of the page: what it says must be there.
    """
    from sayso.find import find_report
    from sayso.records import Given

    again, _ = find_report(page, Given())
    if again is not None and again.text == report.text:
        return None
    lacking = set(_WORD.findall(report.text)) - _words(page, again)
    if not lacking:
        return None
    some = ", ".join(sorted(lacking)[:5])
    return f"Its page does not say all words of the report ({len(lacking)} are not there, such as: {some})."


def _words(page: Page, again: Report | None) -> set[str]:
    """Return all words that stand on a page, as far as they can be told from its bytes."""
    found = set(_WORD.findall(f"{again.text} {again.title or ''}")) if again is not None else set()
    if page.media_type == "text/html":
        from sayso.find.decode import decode
        from sayso.find.visible import visible_text

        found.update(_WORD.findall(visible_text(decode(page.body, page.where, page.charset)[0])))
    return found
