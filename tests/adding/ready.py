"""Reports that need no reading: made from a number, with claims whose spans give their words, the same every time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.records import Claim, Evidence, Page, PlaceMatch, Reading, Report, Rival, Span, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.soak.world import Scene

    World = Callable[[int, int], Scene]

PROGRAM, MODEL = "sayso 0.0.test", "ready 1"

_PLACES = ("Dresk", "Ostrel", "Kessary ford", "Lirna", "Tamrit", "Plovar", "Harlan Quay", "Vash", "Odrin", "Selm")
_SOURCES = ("the district hospital", "Velmora's Defence Ministry", "the Border Monitor", "two ferrymen", "police")
_HARMS = (
    ("killed", "were killed"),
    ("injured", "were wounded"),
    ("missing", "are missing"),
    ("displaced", "had to flee"),
)
_MEANS = ("shells", "a flood", "a rocket", "a fire", "drones", "a landslide")


def page_and_reading(number: int, claims: int = 4, world: World | None = None) -> tuple[Page, Reading]:
    """Return the page of a report and what is read in it.

    Args:
        number: Tells the report from every other.
        claims: How many claims it holds.
        world: What gives it another place, day, outlet and sources than the few of this module.
    """
    parts: list[str] = [f"Report {number} of the Harbour Review's long list. "]
    made = []
    at = len(parts[0])
    for index in range(claims):
        sentence, claim = _sentence(number, index, at, world(number, index) if world else None)
        parts.append(sentence)
        made.append(claim)
        at += len(sentence)
    text = "".join(parts)
    day = f"20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    outlet = "The Harbour Review"
    if world:
        day, outlet = world(number, 0).published, world(number, 0).outlet
    record = {"id": str(number), "text": text, "outlet": outlet, "published": day}
    body = json.dumps(record).encode()
    page = Page(body, f"ready.jsonl:{number}", "application/json")
    report = Report(
        str(number),
        text,
        title=f"Day {number}",
        outlet=outlet,
        published=day,
        language="en",
        page_sha256=page.sha256,
        published_from="record",
    )
    return page, Reading(report, tuple(made), program=PROGRAM, model=MODEL)


def every(first: int, last: int, claims: int = 4, world: World | None = None) -> Iterator[tuple[Page, Reading]]:
    """Yield pages and readings by number; `last` is not among them."""
    return (page_and_reading(number, claims, world) for number in range(first, last))


def _sentence(number: int, index: int, at: int, scene: Scene | None) -> tuple[str, Claim]:
    """Return one sentence that begins at `at`, and the claim in it."""
    seed = number * 7919 + index * 104729
    count = 1 + seed % 97
    harm, verb = _HARMS[seed // 3 % len(_HARMS)]
    place, source, means = (
        _PLACES[seed // 5 % len(_PLACES)],
        _SOURCES[seed // 11 % len(_SOURCES)],
        _MEANS[seed // 13 % len(_MEANS)],
    )
    if scene is not None:
        # Mostly what others say of the same harm as well; now and then one more.
        count, place, source = scene.base + (seed // 7 % 9 == 0), scene.place, scene.source
    figure = f"{count} people"
    sentence = f"{figure} {verb} by {means} in {place}, {source} said, and the roads were closed until the evening. "

    def span(words: str) -> Span:
        start = at + sentence.index(words)
        return Span(start, start + len(words))

    day = scene.day if scene else "2023-03-14"
    rivals = tuple(Rival(1000 + one, place, "VM", f"Region {one}", 2.5 + one / 8) for one in range(2))
    claim = Claim(
        f"c-{number}-{index}",
        at,
        at + len(figure),
        figure,
        harm,  # type: ignore[arg-type] # one of the harms, from the table above
        "count",
        count,
        count,
        "exact",
        None,
        source=source,
        victims="people",
        means=means,
        place=place,
        place_id=scene.place_id if scene else 700_000 + seed % 1000,
        lat=scene.lat if scene else 48.25,
        lon=scene.lon if scene else 37.5,
        place_prec=1,
        country=scene.country if scene else "VM",
        date_from=day,
        date_to=day,
        date_prec=1,
        date_reason="The day before the report's own.",
        sentence=Span(at, at + len(sentence) - 1),
        spans=Evidence(source=span(source), victims=span("people"), means=span(means), place=span(place)),
        confidence=0.912,
        place_match=PlaceMatch(place, "city", "Ostrel region", place, 4.25, "The report's country has one.", rivals),
        trace=Trace(link=f"https://review.example/{number}#:~:text={count}%20people"),
    )
    return sentence, claim
