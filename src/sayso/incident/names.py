"""A short neutral name for an incident, made from slots: what it was, what was hit, where, when.

``Shelling of a bakery, Dresk, 17 March 2023``. Nobody who was harmed is named, and no word of a headline is taken over.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.incident.event_types import Typed, by_report, event_type, folded
from sayso.incident.parties import parties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.events import Incident, IncidentScope, Kept
    from sayso.records import Harm

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_HARMS: dict[Harm, str] = {
    "killed": "Deaths",
    "injured": "Injuries",
    "killed_or_injured": "Casualties",
    "missing": "People missing",
    "captured": "Capture",
    "abducted": "Abduction",
    "displaced": "Flight",
}
_ENOUGH = 0.4
_FRESH = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when an incident was, as far as it is known.

    Attributes:
        place: The name of the place.
        date_from: First possible day, ISO.
        date_to: Last possible day, ISO.
        scope: Whether it is one event or what was counted over a period.
    """

    place: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    scope: IncidentScope = "event"


def incident_name(claims: Sequence[Kept], setting: Setting, typed: Typed | None = None) -> str:
    """Return the name of an incident.

    Args:
        claims: Its claims.
        setting: Where and when it was.
        typed: Its type where that is known already.

    >>> incident_name((), Setting("Dresk", "2023-03-17", "2023-03-17"))
    'Incident, Dresk, 17 March 2023'
    """
    typed = event_type(claims) if typed is None else typed
    what = _harm(claims) if setting.scope == "period" else _what(claims, setting, typed)
    if setting.scope == "period" and claims:
        what = f"{what}, all told"
    return ", ".join(part for part in (what, _place(setting.place), days(setting.date_from, setting.date_to)) if part)


def with_name(incident: Incident, claims: Sequence[Kept]) -> Incident:
    """Return an incident with its type, its name, and who is said to have done it.

    Args:
        incident: What is known of it beside these.
        claims: All of its claims, with their actors.
    """
    standing = [one for one in claims if one.ruling is None or one.ruling.verdict != "rejected"]
    typed = event_type(standing) if incident.scope == "event" else Typed(None, "Totals over a period have no type.")
    setting = Setting(incident.place, incident.date_from, incident.date_to, incident.scope)
    return replace(
        incident,
        name=incident_name(standing, setting, typed),
        type=typed.type,
        perpetrators=tuple((party.name, party.claims) for party in parties(standing)),
    )


def days(date_from: str | None, date_to: str | None) -> str:
    """Return an interval of days in words.

    >>> days("2023-04-03", "2023-04-04"), days("2022-04-01", "2022-05-31"), days("2014-01-01", "2014-12-31")
    ('3-4 April 2023', 'April-May 2022', '2014')
    >>> days(None, "2023-04-04")
    'by 4 April 2023'
    """
    first, last = _day(date_from), _day(date_to)
    if first is None or last is None:
        return f"by {_spoken(last)}" if last else f"from {_spoken(first)}" if first else ""
    if first == last:
        return _spoken(first)
    whole_months = first.day == 1 and last.toordinal() + 1 == _next_month(last).toordinal()
    if whole_months and first.month == 1 and last.month == len(MONTHS):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    start = MONTHS[first.month - 1] if whole_months else f"{first.day} {MONTHS[first.month - 1]}"
    end = f"{MONTHS[last.month - 1]} {last.year}" if whole_months else _spoken(last)
    if (first.year, first.month) == (last.year, last.month):
        return end if whole_months else f"{first.day}-{end}"
    return f"{start}-{end}" if first.year == last.year else f"{start} {first.year}-{end}"


def _what(claims: Sequence[Kept], setting: Setting, typed: Typed) -> str:
    if typed.words is None:
        return typed.type.partition("/")[0] if typed.type else _harm(claims)
    if typed.type == "Excessive force against protesters":
        return "Force against protesters"
    target = _target(claims, setting)
    if target is None or target in typed.words.noun.lower():
        return typed.words.noun
    article = "an" if target[0] in "aeio" else "a"
    on = "on" if typed.words.on == "at" and target in _targets().vehicles else typed.words.on
    return f"{typed.words.noun} {on} {article} {target}"


def _harm(claims: Sequence[Kept]) -> str:
    harms = Counter(one.claim.harm for one in claims)
    if not harms:
        return "Incident"
    most = max(harms.values())
    return next(words for harm, words in _HARMS.items() if harms[harm] == most)


def _place(place: str | None) -> str:
    """Return a place as a name is written; a place in capitals throughout is the voice of its report."""
    words = " ".join((place or "").split())
    return words.title() if words.isupper() else words


def _target(claims: Sequence[Kept], setting: Setting) -> str | None:
    """Return what was hit where enough of the reports name it; of one within another, the longer."""
    reports = by_report(claims)
    named: Counter[str] = Counter()
    for own in reports:
        titles = [own[0].report.title or ""] if _fresh(own[0], setting) else []
        texts = dict.fromkeys([*(one.sentence for one in own), *titles])
        named.update({noun for text in texts for noun in _hits(text)})
    enough = [noun for noun, count in named.items() if count >= max(1, _ENOUGH * len(reports))]
    return min(enough, key=lambda noun: (-named[noun], -len(noun), noun)) if enough else None


@lru_cache(maxsize=20_000)
def _hits(text: str) -> frozenset[str]:
    """Return what a text says was hit."""
    targets = _targets()
    return frozenset(match["noun"] for match in targets.pattern.finditer(folded(text)) if _hit(match, targets.lying))


def _hit(match: re.Match[str], lying: frozenset[str]) -> bool:
    """Say whether the words tell that it was hit: people are "in hospital" after any attack."""
    if match["noun"] not in lying:
        return True
    return match["before"] not in {"in", "at", "near", "of", "into", "inside"} and match["article"] is not None


def _fresh(kept: Kept, setting: Setting) -> bool:
    """Say whether a report is from the days after: a later one's headline is about something later."""
    told, last = _day(kept.report.published), _day(setting.date_to)
    return told is None or last is None or (told - last).days <= _FRESH


@dataclass(frozen=True, slots=True)
class _Targets:
    """What may be hit: the words for it, those where people also lie or live, and those that one is on."""

    pattern: re.Pattern[str]
    lying: frozenset[str]
    vehicles: frozenset[str]


@cache
def _targets() -> _Targets:
    table = tomllib.loads(files("sayso.incident").joinpath("event_words.toml").read_text(encoding="utf-8"))["targets"]
    nouns = "|".join(map(re.escape, sorted(table["nouns"], key=lambda noun: (-len(noun), noun))))
    before, after = "|".join(table["before"]), "|".join(table["after_not"])
    pattern = re.compile(
        rf"\b(?P<before>{before}) (?:(?P<article>an?|the|its|their|another) )?(?:[a-z0-9]+ ){{0,2}}?(?P<noun>{nouns})\b"
        rf"(?! (?:{after})\b)"
    )
    return _Targets(pattern, frozenset(table["lying"]), frozenset(table["vehicles"]))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _next_month(day: date) -> date:
    return date(day.year + day.month // len(MONTHS), day.month % len(MONTHS) + 1, 1)
