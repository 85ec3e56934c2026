"""Invented events told by many reports, as claims that are ready to be grouped; all drawn from a seed.

Towns, people and bodies do not exist. Some towns are much in the news and most are not; events have other targets,
means, figures and victims; each is told by one report or by many, over days, with figures that grow or disagree, days
that are left out or one off, names of the town in another spelling, copies, other events in passing, and totals.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.events import Heading, Kept
from sayso.incident.told import Told
from sayso.records import Claim, PlaceMatch, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Harm

_FIRST = date(2021, 1, 1)
_TARGETS = (
    *("bakery", "market", "school", "clinic", "bus stop", "bridge", "barracks", "hotel", "mosque", "church", "depot"),
    *("power station", "courthouse", "checkpoint", "convoy", "wedding hall", "apartment block", "warehouse", "stadium"),
    *("railway yard", "petrol station", "village square", "water works", "grain silo", "police post", "camp", "ferry"),
)
_MEANS = (
    *("shelling", "air strike", "car bomb", "roadside bomb", "gunfire", "rocket fire", "drone strike", "mortar fire"),
    *("suicide bomber", "ambush", "clash", "grenade", "landmine", "sniper fire", "missile", "fire"),
)
_SOURCES = (
    "the governor",
    "the Defence Ministry",
    "a doctor",
    "rescuers",
    "the police",
    "a monitor",
    "witnesses",
    None,
)
_WHO = ("people", "civilians", "soldiers", "workers", "children", "residents", "fighters", "passengers", "guards")
_MORE = (
    "Ambulances took the wounded to {town} hospital, past the {a} and the {b}.",
    "The {target} had been a {a} before, and its {b} was known for {c}.",
    "Nobody claimed it; officials spoke of {c} and of {a}.",
    "{name}, who keeps a {a} opposite, said the {b} was gone.",
    "There was no {c} in parts of the town, and the {b} stayed shut.",
    "The {region} authorities called it a {c} {a}.",
    "{name} ran towards the {b} when the {a} stopped.",
    "A {a} stood open, and somebody had left a {b} on the {c}.",
)
_WORDS = Path(__file__).with_name("invented_words.txt").read_text(encoding="utf-8").split()
_OF_THE_EVENT = 8
"""Words that reports of one event share."""
_SYLLABLES = (
    *("dar", "vel", "mor", "ash", "kir", "tol", "ran", "esh", "ul", "bar", "nim", "sor", "gal", "ter", "ova", "ik"),
    *("lan", "zhe", "pol", "ust", "hem", "dru", "cal", "ber", "on", "ya", "tuk", "rem"),
)


@dataclass(frozen=True, slots=True)
class Town:
    """An invented town."""

    number: int
    name: str
    spelling: str
    region: str
    country: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Event:
    """An invented event."""

    number: int
    town: Town
    day: date
    target: str
    means: str
    who: str
    killed: int
    injured: int
    name: str
    words: tuple[str, ...]


def tellings(seed: int, number: int) -> Iterator[tuple[Told, dict[str, int]]]:
    """Yield reports in the order in which they come out, each with the number of the event that each claim is about.

    Args:
        seed: The same seed gives the same reports.
        number: How many reports there are.
    """
    draw = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    towns = [_town(draw, at) for at in range(max(60, number // 30))]
    # As names of places in the news are: some towns are in it every day, most are in it once.
    shares = list(accumulate((1 + town.number) ** -0.8 for town in towns))
    span = 30 + number // 60
    waiting: list[tuple[date, int, Event, bool]] = []
    events: list[Event] = []
    drawn = 0
    while drawn < number:
        event = _event(draw, len(events), towns, shares, span)
        events.append(event)
        reports = min(number - drawn, 1 + int(draw.expovariate(0.25)))
        late = draw.random() < 0.1
        for at in range(reports):
            after = int(draw.expovariate(0.6)) + (draw.randrange(200) if late and at else 0)
            waiting.append((event.day + timedelta(after), drawn + at, event, draw.random() < 0.15))
        drawn += reports
    for day, at, event, more in sorted(waiting, key=lambda one: one[:2]):
        yield _telling(draw, f"r{at}", day, event, draw.choice(events[: event.number + 1]) if more else None)


def _town(draw: random.Random, number: int) -> Town:
    name = "".join(draw.choices(_SYLLABLES, k=3)).capitalize()
    region = f"{''.join(draw.choices(_SYLLABLES, k=2)).capitalize()} {number % 40}"
    at = (20 + draw.random() * 20, 10 + draw.random() * 40)
    return Town(number, name, f"{name[:-1]}e", region, f"X{chr(65 + number % 12)}", at)


def _event(draw: random.Random, number: int, towns: list[Town], shares: list[float], span: int) -> Event:
    town = draw.choices(towns, cum_weights=shares)[0]
    killed = min(200, int(draw.paretovariate(0.9)))
    name = " ".join("".join(draw.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))
    target, means = draw.choice(_TARGETS), draw.choice(_MEANS)
    day = _FIRST + timedelta(draw.randrange(span))
    words = tuple(draw.sample(_WORDS, _OF_THE_EVENT))
    return Event(
        number, town, day, target, means, draw.choice(_WHO), killed, int(killed * draw.random() * 3), name, words
    )


def _telling(
    draw: random.Random, name: str, day: date, event: Event, other: Event | None
) -> tuple[Told, dict[str, int]]:
    heading = Heading(
        name,
        title=f"{event.means.capitalize()} hits {event.target} in {event.town.name}",
        outlet=f"Outlet {draw.randrange(90)}",
        published=day.isoformat(),
        voice=name,
    )
    claims: list[Kept] = []
    labels: dict[str, int] = {}
    text = ""
    for told in (event, other):
        if told is None:
            continue
        for sentence, said in _sentences(draw, told, day):
            for harm, figure in said:
                one = _claim(heading, text, sentence, told, (harm, figure), draw)
                claims.append(one)
                labels[one.claim.id] = told.number
            text += f"{sentence}\n"
        known = {"town": told.town.name, "target": told.target, "name": told.name, "region": told.town.region}
        for frame in draw.sample(_MORE, 3):
            pool = told.words if draw.random() < 0.5 else _WORDS
            text += frame.format(**known, **dict(zip("abc", draw.sample(pool, 3), strict=True))) + "\n"
    return Told(heading, tuple(claims), text), labels


def _sentences(draw: random.Random, event: Event, day: date) -> Iterator[tuple[str, list[tuple[Harm, int]]]]:
    """Yield sentences with the figures in them; figures come near the truth with time, and sources disagree."""
    early = 0.7 if (day - event.day).days < 1 else 1.0
    killed = max(1, round(event.killed * early * draw.choice((1, 1, 1, 1, 0.8, 1.3))))
    injured = round(event.injured * draw.choice((1, 1, 0.7, 1.2)))
    when = "earlier" if draw.random() < 0.2 else f"on {event.day:%A}"
    source = draw.choice(_SOURCES)
    lead = f"{killed} {event.who} were killed and {injured} injured when {event.means} hit a {event.target}"
    lead += f" in {event.town.name} {when}" + (f", {source} said." if source else ".")
    said: list[tuple[Harm, int]] = [("killed", killed)]
    if injured:
        said.append(("injured", injured))
    yield lead, said
    if draw.random() < 0.4:
        yield (
            f"Among the dead is {event.name}, a neighbour said; the number of {killed} may rise.",
            [("killed", killed)],
        )


def _claim(
    heading: Heading, text: str, sentence: str, event: Event, said: tuple[Harm, int], draw: random.Random
) -> Kept:
    harm, number = said
    at = len(text) + sentence.index(str(number))
    dated = draw.random() < 0.8
    day = event.day + timedelta(draw.choice((0,) * 12 + (1, -1)))
    known = draw.random() < 0.8
    town = event.town
    claim = Claim(
        id=f"{heading.id}-{at}-{harm}",
        start=at,
        end=at + len(str(number)),
        text=str(number),
        harm=harm,
        kind="count",
        low=number,
        high=number,
        qualifier="exact",
        phrase=None,
        means=event.means,
        victims=event.who,
        place=town.name if draw.random() < 0.8 else town.spelling,
        place_id=town.number + 1 if known else None,
        lat=town.at[0] if known else None,
        lon=town.at[1] if known else None,
        place_prec=1 if known else None,
        country=town.country,
        date_from=day.isoformat() if dated else None,
        date_to=day.isoformat() if dated else None,
        date_prec=1 if dated else None,
        sentence=Span(len(text), len(text) + len(sentence)),
        place_match=PlaceMatch(town.name, "city", town.region, town.name) if known else None,
    )
    return Kept(claim, heading, None, sentence)
