"""What an invented report is about: its country, its event, its sources and its calendar."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from training.invented.places import Region, words

if TYPE_CHECKING:
    from random import Random

_OF_WAR = re.compile(
    "rebel|peacekeep|general staff|[Dd]efence [Mm]in|opposition|the [^,]*army|military|air force|tribal"
)
_ALIASES = {"monitor": ("the group", "the group", "the monitor", "it"), "plain": ("they",)}


@dataclass(slots=True)
class Source:
    """Someone who says something.

    Attributes:
        full: How it is named at first, with a comma behind it where an apposition asks for one.
        label: The part of `full` that names it.
        short: How it is named later.
        aliases: Pronouns and descriptions that stand for it.
        person: Whether it is one named person.
        named: Where it was first named, as (start, end) in the report.
        own: Whether `short` is a name of its own, and so what a claim quotes.
    """

    full: str
    label: str
    short: str
    aliases: tuple[str, ...] = ()
    person: bool = False
    named: tuple[int, int] | None = None
    own: bool = False


@dataclass(slots=True)
class Span:
    """A stretch of time as told: words and the days they cover."""

    text: str
    start: date | None
    end: date | None


@dataclass(slots=True)
class Event:
    """What happened: told only as far as `told` says."""

    place: str
    cause: str
    means_phrase: str
    means: str
    names: list[str]
    perpetrator: str
    clause_perpetrator: str | None
    day: date
    armed: str  # "soldiers", "fighters" or "" where civilians are hurt
    told: set[str] = field(default_factory=set)


class Scene:
    """One report's world, drawn by `draw`.

    Attributes:
        region: The country.
        tags: Which frames fit.
        scale: How large figures get: ``small``, ``medium`` or ``large``.
        taken: Sources the sentence being written already names.
        people: Words for the civilians hurt.
        event: What happened.
        published: The report's date.
    """

    def __init__(self, draw: Random, culture: str, theme: str, published: date) -> None:
        self.draw = draw
        self.region = Region(culture, draw)
        self.published = published
        data: dict[str, Any] = words("themes")[theme]
        self.tags = frozenset(data["tags"])
        self.scale: str = data["scale"]
        self.place2 = self.region.town()
        self.place3 = self.region.town()
        self.enemy = self._group() if draw.random() < 0.6 else f"{Region(culture, draw).nation} army"
        self.rebels = self._group()
        self.outlet = self.filled(draw.choice(words("words")["sources"]["brand"]))
        self.event = self._event(data)
        self.sources: list[Source] = []
        self.taken: list[Source] = []
        victims: dict[str, list[str]] = words("words")["victims"]
        kind = "crime" if "crime" in self.tags else "civilian"
        self.people = ["people", "civilians" if "war" in self.tags else "people", *draw.sample(victims[kind], 3)]

    def _event(self, data: dict[str, Any]) -> Event:
        place = self.region.town()
        cause, phrase, means, *perpetrator = self.draw.choice(data["causes"]).split("|")
        armed = ""
        if "battle" in self.tags or ("blast" in self.tags and self.draw.random() < 0.3):
            armed = self.draw.choice(("soldiers", "fighters"))
        attacker = self.enemy if armed == "soldiers" else f"{self.region.nation} army"
        if armed == "" and self.draw.random() < 0.6:
            attacker = self.rebels
        if "unrest" in self.tags:
            attacker = "security forces"
        day = self.published - timedelta(days=self.draw.choice((0, 1, 1, 1, 2, 3)))
        return Event(
            place,
            cause.replace("{place}", place),
            phrase,
            means,
            data["event"],
            attacker,
            perpetrator[0] if perpetrator else None,
            day,
            armed,
        )

    def _group(self) -> str:
        return self.filled(self.draw.choice(words("words")["groups"]["names"]))

    def filled(self, text: str) -> str:
        """Fill the names in a piece of word list."""
        if "{" not in text:
            return text
        values = {
            "country": self.region.country,
            "nation": self.region.nation,
            "region": self.region.region,
        }
        if "{place}" in text:
            values["place"] = self.region.town()
        if "{place2}" in text:
            values["place2"] = self.region.town()
        if "{family}" in text:
            values["family"] = self.region.family()
        if "{brand}" in text:
            values["brand"] = self.draw.choice(words("words")["sources"]["brand"])
        if "{colour}" in text:
            values["colour"] = self.draw.choice(words("words")["groups"]["colour"])
        return text.format_map(values)

    def source(self, kind: str) -> Source:
        """Return a source of this kind, or of any: one already heard at times, mostly a new one."""
        heard = [
            source
            for source in self.sources
            if source.named
            and not source.label.lower().startswith(("a ", "an ", "two ", "three "))
            and (source.person if kind == "person" else not kind)
            and source not in self.taken
        ]
        if heard and self.draw.random() < 0.3:
            return self.draw.choice(heard)
        if kind == "count":
            kind = self.draw.choice(("body", "monitor", "monitor", "media"))
        kind = kind or self.draw.choice(
            ("plain", "plain", "plain", "body", "body", "person", "person", "monitor", "media")
        )
        made = self._made(kind)
        while self._odd(made):
            made = self._made(kind)
        if kind not in ("head", "one"):
            self.sources.append(made)
        return made

    def _odd(self, made: Source) -> bool:
        """Say whether a source is in the report already, or does not belong to an event of this sort."""
        if any(made.label.lower() == other.label.lower() or made.short == other.short for other in self.sources):
            return True
        if "war" not in self.tags and _OF_WAR.search(made.full):
            return True
        return "heriff" in made.full and "crime" not in self.tags

    def _made(self, kind: str) -> Source:
        return self._person() if kind == "person" else self._named(kind)

    def _named(self, kind: str) -> Source:
        label = self.filled(self.draw.choice(words("words")["sources"][kind]))
        label = label.replace("the GROUP", f"the {self.rebels}")
        aliases = _ALIASES.get(kind, ("it",))
        if label.endswith((" police", "media")):
            aliases = ("they",) if label.endswith("police") else ()
        if kind == "plain" and (label.startswith(("a ", "an ", "the ")) or label == "state media"):
            aliases = ()
        if kind == "monitor" and self.draw.random() < 0.5:
            aliases = (f"the {self.region.town()}-based group", *aliases)
        short = label
        if kind == "monitor":
            short = next((f"the {word}" for word in label.split() if word in _NICKNAMES), label)
        return Source(label, label, short, aliases)

    def _person(self) -> Source:
        woman = self.draw.random() < 0.4
        first, family = self.region.person(woman=woman)
        pronoun = ("she" if woman else "he",)
        lists = words("words")["sources"]
        if self.draw.random() < 0.5:
            title = self.draw.choice(lists["before_name"])
            title = re.sub("spokes(wo)?man", "spokeswoman" if woman else "spokesman", title)
            if title == "Father" and woman:
                title = "Sister"
            label = f"{title} {first} {family}"
            return Source(label, label, family, pronoun, person=True, own=True)
        label = f"{first} {family}"
        role = self.filled(self.draw.choice(lists["after_name"]))
        role = re.sub("spokes(wo)?man", "spokeswoman" if woman else "spokesman", role)
        return Source(f"{label}, {role},", label, family, pronoun, person=True, own=True)

    def day(self) -> str:
        """Tell the event's day."""
        day, days = self.event.day, (self.published - self.event.day).days
        self.event.told.add("day")
        weekday = calendar.day_name[day.weekday()]
        forms = [f"on {weekday}", f"on {weekday}", f"on {weekday} {self.draw.choice(('night', 'morning', 'evening'))}"]
        forms += [f"on {day.day} {calendar.month_name[day.month]}", f"early on {weekday}", f"late on {weekday}"]
        if days == 0:
            forms += ["today", "earlier today"]
        if days == 1:
            forms += ["yesterday", "last night"]
        return self.draw.choice(forms)

    def span(self, argument: str) -> Span:
        """Tell a stretch of time up to the report's date; ``long`` leaves out the short ones."""
        today = self.published
        year = today.year - self.draw.randint(1, 4)
        month = self.draw.randint(1, 12)
        began = date(year, month, 1)
        spans = [
            Span(f"since {calendar.month_name[month]} {year}", began, today),
            Span(f"since the fighting began in {year}", date(year, 1, 1), today),
            Span(f"since {year}", date(year, 1, 1), today),
            Span("so far this year", date(today.year, 1, 1), today),
            Span("this year", date(today.year, 1, 1), today),
            Span("since the start of the year", date(today.year, 1, 1), today),
            Span("since the conflict began", None, None),
            Span("in recent months", None, None),
            Span("over the years", None, None),
        ]
        if argument != "long":
            spans += [
                Span("in the past 24 hours", today - timedelta(days=1), today),
                Span("over the past week", today - timedelta(days=7), today),
                Span("in the past month", None, None),
                Span("in the past three days", today - timedelta(days=3), today),
            ]
        return self.draw.choice(spans)

    def past(self) -> Span:
        """Tell a day or a month of long ago."""
        year = self.published.year - self.draw.randint(1, 9)
        month = self.draw.randint(1, 12)
        last = calendar.monthrange(year, month)[1]
        name = calendar.month_name[month]
        day = date(year, month, self.draw.randint(1, last))
        return self.draw.choice(
            (
                Span(f"in {name} {year}", date(year, month, 1), date(year, month, last)),
                Span(f"in {year}", date(year, 1, 1), date(year, 12, 31)),
                Span(f"on {day.day} {name} {year}", day, day),
                Span(f"in {name} {year}", date(year, month, 1), date(year, month, last)),
            )
        )


_NICKNAMES = frozenset(
    ("Monitor", "Observatory", "Foundation", "Register", "Centre", "Committee", "Network", "Council")
)
