"""Pages and readings of our own invention, made without the reader: the ledger's tests choose what was read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from sayso.ledger import tables
from sayso.records import Claim, Evidence, Page, Reading, Report, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger import Ledger
    from sayso.ledger.opening import Place
    from sayso.records import Harm

HARMS: dict[str, Harm] = {"killed": "killed", "wounded": "injured", "missing": "missing"}
PROJECTED = (
    *("pages", "reports", "readings", "claims", "successions"),
    *("rulings", "unfitting", "decisions", "decided"),
)
_COUNTED = re.compile(r"(at least )?(\d+) (\w+) (?:were|are) (killed|wounded|missing)", re.IGNORECASE)


def ticking(start: str = "2026-03-01T12:00:00+00:00") -> Callable[[], datetime]:
    """Return a clock that goes on by a second each time it is asked."""
    moment = datetime.fromisoformat(start).astimezone(UTC)

    def tell() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    return tell


def page(text: str, url: str | None = None, where: str = "report.txt") -> Page:
    """Return a page of plain text."""
    return Page(text.encode("utf-8", "surrogatepass"), where, "text/plain", url=url)


def reading(of: Page, program: str = "sayso 0.1", *, whole: bool = True, text: str | None = None) -> Reading:
    """Read a page by a rule of thumb.

    Args:
        of: The page.
        program: Who is said to have read it.
        whole: Whether "at least" and the people counted belong to the words of a claim, or the number alone.
        text: What is said to have been found on the page; all of it when left out.
    """
    words = of.body.decode("utf-8", "surrogatepass") if text is None else text
    report = Report(
        f"r-{of.sha256[:16]}", words, title=words[:20], url=of.url, page_sha256=of.sha256, published="2026-02-28"
    )
    claims = []
    for found in _COUNTED.finditer(words):
        start = found.start() if whole else found.start(2)
        end = found.end(3) if whole else found.end(2)
        low = int(found[2])
        name = f"{report.text_sha256} {found[4]} {start} {end}"
        begin = words.rfind(".", 0, start) + 1
        close = words.find(".", end) + 1 or len(words)
        claims.append(
            Claim(
                id="c-" + sha256(name.encode()).hexdigest()[:16],
                start=start,
                end=end,
                text=words[start:end],
                harm=HARMS[found[4].lower()],
                kind="count",
                low=low,
                high=None if found[1] and whole else low,
                qualifier="at_least" if found[1] and whole else "exact",
                phrase="at_least" if found[1] and whole else None,
                victims=found[3],
                spans=Evidence(victims=Span(found.start(3), found.end(3))),
                sentence=Span(begin, close),
                confidence=0.9,
            )
        )
    return Reading(report, tuple(claims), program=program, model="heads 3")


def inside(ledger: Ledger) -> Place:
    """Return the database behind a ledger, for tests that do what the program never would."""
    return ledger._place  # noqa: SLF001 - that is the point


def tables_of(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is projected, with what the search index finds."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with inside(ledger).reading() as connection:
        for name in PROJECTED:
            rows = connection.execute(select(getattr(tables, name))).all()
            found[name] = sorted((tuple(row) for row in rows), key=repr)
        if connection.dialect.name == "postgresql":
            rows = connection.execute(text("SELECT number, words::text FROM search")).all()
            found["search"] = sorted((tuple(row) for row in rows), key=repr)
    for word in ("killed", "wounded", "missing", "dresk", "orli", "army"):
        found[f"search {word}"] = [(hit.number, hit.heading.id) for hit in ledger.search(word, limit=1000)]
    return found
