"""Makes reports with claims for the tests of grouping: each report a few words, each claim one figure in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.events import Heading, Kept, Ruling
from sayso.incident.told import Told
from sayso.records import Claim, Evidence, PlaceMatch, Span

if TYPE_CHECKING:
    from sayso.records import Harm

REJECTED = Ruling("rejected", "Ana", "2024-05-01T10:00:00Z")


def heading(name: str, published: str | None = "2023-03-15", **more: Any) -> Heading:  # noqa: ANN401 - any field of a heading
    return Heading(name, published=published, voice=more.pop("voice", name), **more)


def kept(  # noqa: PLR0913 - the slots of a claim, by name
    report: Heading,
    quote: str,
    sentence: str,
    *,
    harm: Harm = "killed",
    low: int | None = None,
    high: int | None = None,
    day: str | None = None,
    place: str | None = None,
    town: str | None = None,
    at: int = 0,
    own_day: bool = False,
    ruling: Ruling | None = None,
    **more: Any,  # noqa: ANN401 - any field of a claim
) -> Kept:
    """Make a claim whose words stand in `sentence`, which begins at `at` in its report's text."""
    start = at + sentence.index(quote)
    first = quote.partition(" ")[0]
    number = int(first) if first.isdigit() else 1
    kind = more.pop("kind", "count")
    date_to = more.pop("date_to", day)
    claim = Claim(
        id=f"c-{report.id}-{start}-{harm}",
        start=start,
        end=start + len(quote),
        text=quote,
        harm=harm,
        kind=kind,
        low=number if low is None else low,
        high=number if high is None and low is None else high,
        qualifier="exact",
        phrase=None,
        place=place,
        country=more.pop("country", "VM"),
        date_from=day,
        date_to=date_to,
        date_prec=more.pop("date_prec", 1 if day else None),
        sentence=Span(at, at + len(sentence)),
        spans=Evidence(date=Span(at, at + 1) if own_day else None),
        place_match=PlaceMatch(town, "city", town=town) if town else None,
        victims=more.pop("victims", quote),
        **more,
    )
    return Kept(claim, report, ruling, sentence)


def told(report: Heading, *claims: Kept, text: str = "") -> Told:
    return Told(report, tuple(sorted(claims, key=lambda one: one.claim.start)), text)
