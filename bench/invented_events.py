"""Invented events told by many reports, as claims that are ready to be grouped; all drawn from a seed.

Towns, people and bodies do not exist. Some towns are much in the news and most are not; events have other targets,
means, figures and victims; each is told by one report or by hundreds, over days, with figures that grow or disagree,
days that are left out or one off, names of the town in another spelling, copies, other events in passing, and totals.

Reports are as long as real ones, and words are as common in them as the list of the grouping says they are in real
ones, with rare words beside them, names of people and bodies that are in the news again and again, and what belongs to
one event alone. A hundred times as many reports are a hundred times as many days, not more news a day.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING

from sayso.events import Heading, Kept
from sayso.incident.told import Told
from sayso.records import Claim, PlaceMatch, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_LATER = (
    "{name} said that {figure} people had been killed.",
    "The hospital of {town} counted {figure} killed.",
    "{body} put the dead at {figure}.",
    "The {region} authorities spoke of {figure} killed.",
)
_SYLLABLES = (
    *("dar", "vel", "mor", "ash", "kir", "tol", "ran", "esh", "ul", "bar", "nim", "sor", "gal", "ter", "ova", "ik"),
    *("lan", "zhe", "pol", "ust", "hem", "dru", "cal", "ber", "on", "ya", "tuk", "rem"),
)
_EVENTS_A_DAY = 18
"""Some 60 reports a day: a war that is much in the news, so that 100,000 reports are four and a half years of it."""
_TOWNS, _COUNTRIES, _REGIONS = 4000, 12, 120
_RARE_WORDS, _PEOPLE, _BODIES, _OUTLETS = 40_000, 300, 40, 90
_KINDS = ("Watch", "Council", "Front")
_OF_THE_EVENT = 8
"""Words that reports of one event share."""
_LINES = (5, 13)
"""Lines of a report beside those with figures: with them it has some 1,700 characters, as the real ones have."""
_EVERYDAY = 14
"""Everyday words in such a line."""


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


@dataclass(frozen=True, slots=True)
class _World:
    """What reports draw on; the same however many reports there are."""

    towns: tuple[Town, ...]
    shares: tuple[float, ...]
    everyday: tuple[str, ...]
    commonness: tuple[float, ...]
    rare: tuple[str, ...]
    people: tuple[str, ...]
    bodies: tuple[str, ...]


def tellings(seed: int, number: int) -> Iterator[tuple[Told, dict[str, int]]]:
    """Yield reports in the order in which they come out, each with the number of the event that each claim is about.

    More reports are more days of the same news: what a town, a word or a name has of them in a day stays as it is.

    Args:
        seed: The same seed gives the same reports.
        number: How many reports there are.
    """
    draw = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    world = _world(draw)
    waiting: list[tuple[date, int, Event, bool]] = []
    events: list[Event] = []
    left: dict[int, int] = {}
    drawn = 0
    while drawn < number:
        # Six in ten events are told by one report, one in two hundred by fifty or more.
        reports = min(number - drawn, 400, int(draw.paretovariate(1.4)))
        event = _event(draw, world, len(events), reports)
        events.append(event)
        left[event.number] = reports
        late = draw.random() < 0.1
        for at in range(reports):
            after = int(draw.expovariate(0.6)) + (draw.randrange(200) if late and at else 0)
            waiting.append((event.day + timedelta(after), drawn + at, event, draw.random() < 0.15))
        drawn += reports
    first: dict[int, tuple[Told, dict[str, int]]] = {}
    for day, at, event, more in sorted(waiting, key=lambda one: one[:2]):
        left[event.number] -= 1
        if event.number in first and draw.random() < 0.15:
            yield _copy(first[event.number], f"r{at}", day, draw)
        else:
            other = events[max(0, event.number - int(draw.expovariate(0.005)))] if more else None
            report = _telling(draw, world, f"r{at}", day, event, other)
            first.setdefault(event.number, report)
            yield report
        if not left[event.number]:
            del first[event.number]


def _world(draw: random.Random) -> _World:
    lines = files("sayso.incident").joinpath("common_terms.tsv").read_text("utf-8").splitlines()
    terms = [(term, float(weight)) for term, weight in (one.split("\t") for one in lines if not one.startswith("#"))]
    words = [(term, weight) for term, weight in terms if term.isalpha()]
    towns = [_town(draw, number) for number in range(_TOWNS)]
    return _World(
        towns=tuple(towns),
        # As names of places in the news are: some towns are in it every day, most are in it once (Zipf).
        shares=tuple(accumulate(1 / (1 + town.number) for town in towns)),
        everyday=tuple(term for term, _ in words),
        # The share of reports that have it: the list gives the logarithm of its inverse.
        commonness=tuple(accumulate(math.exp(-weight) for _, weight in words)),
        rare=tuple("".join(draw.choices(_SYLLABLES, k=draw.choice((3, 4)))) for _ in range(_RARE_WORDS)),
        people=tuple(_person(draw) for _ in range(_PEOPLE)),
        bodies=tuple(
            f"{_person(draw).split()[0]} {draw.choice(('Watch', 'Council', 'Front'))}" for _ in range(_BODIES)
        ),
    )


def _town(draw: random.Random, number: int) -> Town:
    name = "".join(draw.choices(_SYLLABLES, k=3)).capitalize()
    region = draw.randrange(_REGIONS)
    spelled = "".join(_SYLLABLES[(region * step) % len(_SYLLABLES)] for step in (1, 5)).capitalize()
    at = (20 + draw.random() * 20, 10 + draw.random() * 40)
    return Town(number, name, f"{name[:-1]}e", spelled, f"X{chr(65 + region % _COUNTRIES)}", at)


def _person(draw: random.Random) -> str:
    return " ".join("".join(draw.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))


def _event(draw: random.Random, world: _World, number: int, reports: int) -> Event:
    town = draw.choices(world.towns, cum_weights=world.shares)[0]
    # Where more people are killed, more is told of it.
    killed = min(500, int(math.sqrt(reports) * draw.paretovariate(1.1)))
    return Event(
        number=number,
        town=town,
        day=_FIRST + timedelta(number // _EVENTS_A_DAY),
        target=draw.choice(_TARGETS),
        means=draw.choice(_MEANS),
        who=draw.choice(_WHO),
        killed=killed,
        injured=int(killed * draw.random() * 3),
        name=_person(draw),
        words=tuple(_rare(draw, world) for _ in range(_OF_THE_EVENT)),
    )


def _rare(draw: random.Random, world: _World) -> str:
    """Return a word that the list of common terms lacks: the commonest stand in one report of several hundred."""
    return world.rare[int(len(world.rare) * draw.random() ** 1.3)]


def _some(draw: random.Random, of: Sequence[str]) -> str:
    """Return one of some names, the first of which are in the news most often."""
    return of[int(len(of) * draw.random() ** 2)]


class _Writing:
    """A report as it is written, line by line."""

    def __init__(self, draw: random.Random, heading: Heading) -> None:
        self.draw = draw
        self.heading = heading
        self.text = ""
        self.claims: list[Kept] = []
        self.labels: dict[str, int] = {}

    def line(self, words: str, event: Event | None = None, said: Sequence[tuple[Harm, str, Claim]] = ()) -> None:
        """Write a line with some figures or names in it, each with what a claim on it holds beside its words."""
        for harm, what, bare in said:
            at = len(self.text) + words.index(what)
            claim = replace(
                bare,
                id=f"{self.heading.id}-{at}-{harm}",
                start=at,
                end=at + len(what),
                text=what,
                harm=harm,
                sentence=Span(len(self.text), len(self.text) + len(words)),
            )
            self.claims.append(Kept(claim, self.heading, None, words))
            if event is not None:
                self.labels[claim.id] = event.number
        self.text += f"{words}\n"


def _telling(
    draw: random.Random, world: _World, name: str, day: date, event: Event, other: Event | None
) -> tuple[Told, dict[str, int]]:
    title = f"{event.means.capitalize()} hits {event.target} in {event.town.name}"
    outlet = f"Outlet {draw.randrange(_OUTLETS)}"
    writing = _Writing(draw, Heading(name, title=title, outlet=outlet, published=day.isoformat(), voice=name))
    for told in (event, other):
        if told is not None:
            _write_event(writing, world, told, day)
            for _ in range(draw.randint(*_LINES) if told is event else 2):
                writing.line(_filler(draw, world, told))
    if draw.random() < 0.05:
        _write_total(writing, event, day)
    return Told(writing.heading, tuple(writing.claims), writing.text), writing.labels


def _write_event(writing: _Writing, world: _World, event: Event, day: date) -> None:
    """Write what a report says of an event; figures come near the truth with time, and sources disagree."""
    draw = writing.draw
    early = 0.7 if (day - event.day).days < 1 else 1.0
    killed = max(1, round(event.killed * early * draw.choice((1, 1, 1, 1, 0.8, 1.3))))
    injured = round(event.injured * draw.choice((1, 1, 0.7, 1.2)))
    when = "earlier" if draw.random() < 0.2 else f"on {event.day:%A}"
    source = draw.choice(_SOURCES)
    lead = f"At least {killed} {event.who} were killed and another {injured} injured when {event.means} hit a "
    lead += f"{event.target} in {event.town.name} {when}" + (f", {source} said." if source else ".")
    said: list[tuple[Harm, str, Claim]] = [("killed", f"{killed} {event.who}", _claim(draw, event, killed))]
    if injured:
        said.append(("injured", f"another {injured}", _claim(draw, event, injured)))
    writing.line(lead, event, said)
    for line in draw.sample(_LATER, draw.choice((0, 1, 1, 2))):
        known = {"name": _some(draw, world.people), "body": _some(draw, world.bodies), "town": event.town.name}
        words = line.format(**known, region=event.town.region, figure=killed)
        writing.line(words, event, [("killed", f"{killed}", _claim(draw, event, killed))])
    if draw.random() < 0.4:
        one = replace(_claim(draw, event, 1), kind="individual", victims=event.name)
        writing.line(f"Among the dead is {event.name}, a neighbour said.", event, [("killed", event.name, one)])


def _filler(draw: random.Random, world: _World, event: Event) -> str:
    """Return a line without figures: everyday words as often as in real reports, and some words of the event."""
    words = draw.choices(world.everyday, cum_weights=world.commonness, k=_EVERYDAY)
    if draw.random() < 0.6:
        words[draw.randrange(2, _EVERYDAY)] = draw.choice(event.words)
    if draw.random() < 0.6:
        words[draw.randrange(2, _EVERYDAY)] = _rare(draw, world)
    words[0] = words[0].capitalize()
    if draw.random() < 0.35:
        words.insert(0, draw.choice((_some(draw, world.people), _some(draw, world.bodies), event.name)) + " and")
    return " ".join(words) + "."


def _write_total(writing: _Writing, event: Event, day: date) -> None:
    """Write a total over several events: since the war began, since the year began, or since some month."""
    draw = writing.draw
    since = draw.choice((_FIRST, day.replace(month=1, day=1), day.replace(day=1) - timedelta(draw.randrange(300))))
    number = 10 + draw.randrange(20_000)
    place = draw.choice((event.town.region, event.town.country))
    claim = replace(
        _claim(draw, event, number),
        scope="cumulative",
        place=place,
        place_id=None,
        place_prec=4,
        place_match=None,
        date_from=since.replace(day=1).isoformat(),
        date_to=day.isoformat(),
        date_prec=5,
    )
    writing.line(
        f"Since {since:%B %Y} {number} people have been killed in {place}.",
        None,
        [("killed", f"{number} people", claim)],
    )


def _claim(draw: random.Random, event: Event, number: int) -> Claim:
    """Return what a claim says of an event, its words left out."""
    dated, known = draw.random() < 0.8, draw.random() < 0.8
    day = (event.day + timedelta(draw.choice((0,) * 12 + (1, -1)))).isoformat()
    town = event.town
    return Claim(
        id="",
        start=0,
        end=0,
        text="",
        harm="killed",
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
        date_from=day if dated else None,
        date_to=day if dated else None,
        date_prec=1 if dated else None,
        place_match=PlaceMatch(town.name, "city", town.region, town.name) if known else None,
    )


def _copy(
    printed: tuple[Told, dict[str, int]], name: str, day: date, draw: random.Random
) -> tuple[Told, dict[str, int]]:
    """Return another outlet's print of a report."""
    told, labels = printed
    heading = replace(told.report, id=name, outlet=f"Outlet {draw.randrange(_OUTLETS)}", published=day.isoformat())
    claims = tuple(
        replace(one, report=heading, claim=replace(one.claim, id=f"{name}-{one.claim.start}-{one.claim.harm}"))
        for one in told.claims
    )
    own = {f"{name}-{one.claim.start}-{one.claim.harm}": labels.get(one.claim.id) for one in told.claims}
    return Told(heading, claims, told.text), {claim: event for claim, event in own.items() if event is not None}
