"""The type of an incident after ACLED's list, from what its claims say of means, perpetrator, victims and harm.

The list is that of the codebook of the Armed Conflict Location & Event Data project (acleddata.com). The types are told
from words, so they say what reports call it; None is an answer, and the right one for accidents.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.incident.actor_phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.events import Kept

TYPES: dict[str, str] = {
    "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles",
    "Armed clash": "Battles",
    "Excessive force against protesters": "Protests",
    "Protest with intervention": "Protests",
    "Peaceful protest": "Protests",
    "Violent demonstration": "Riots",
    "Mob violence": "Riots",
    "Chemical weapon": "Explosions/Remote violence",
    "Air/drone strike": "Explosions/Remote violence",
    "Suicide bomb": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Grenade": "Explosions/Remote violence",
    "Sexual violence": "Violence against civilians",
    "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians",
    "Agreement": "Strategic developments",
    "Arrests": "Strategic developments",
    "Change to group/activity": "Strategic developments",
    "Disrupted weapons use": "Strategic developments",
    "Headquarters or base established": "Strategic developments",
    "Looting/property destruction": "Strategic developments",
    "Non-violent transfer of territory": "Strategic developments",
    "Other": "Strategic developments",
}
"""ACLED's sub-event types, each with the event type above it."""

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_PROTEST = re.compile(
    r"\b(?:protest|demonstrat|marchers|rall(?:y|ies)\b|blockade|blocked a (?:road|bridge))", re.IGNORECASE
)
_TAKEN = re.compile(
    r"\b(?:overran|overrun|took the (?:garrison|post|town|village)|seized the (?:town|base|village))", re.IGNORECASE
)
_FORCE = re.compile(
    r"\b(?:police(?:men)?|officers|soldiers|troops|security forces|gendarmes|riot (?:squad|police)|army|guards)\b"
    r"(?: \w+){0,3} (?:opened fire|fired|shot|shooting|beat|clubbed|charged)\b",
    re.IGNORECASE,
)
"""Words by which those who keep order used force."""
_BESIEGED = re.compile(
    r"\b(?:crowds?|mobs?|protesters|demonstrators|marchers|rioters)\b.{0,40}"
    r"\b(?:storm|burn|torch|set fire|set alight|attack|ransack|besieg|stone)\w*\b.{0,40}"
    r"\b(?:police station|police post|town hall|city hall|ministry|parliament|prefecture|embassy|consulate|"
    r"government (?:building|office)s?|courthouse|barracks)\b",
    re.IGNORECASE,
)
"""Words by which a crowd turned upon a seat of the state."""
_NO_SUCH = re.compile(r"\bnot (?:an?|by an?) \w+", re.IGNORECASE)
"""What a report says that it was not."""
_HALF = 0.5
_CLASH = "Clash"
_ARMED = frozenset({"military", "armed_group", "police"})


@dataclass(frozen=True, slots=True)
class EventWords:
    """One table of ``event_words.toml``."""

    type: str | None
    noun: str
    on: str
    words: re.Pattern[str]
    words_not: re.Pattern[str] | None
    against: str | None
    overrules: tuple[str, ...]

    def said(self, text: str) -> bool:
        """Say whether a text, folded, has one of the words."""
        if self.words_not is not None:
            text = self.words_not.sub(" ", text)
        return self.words.search(text) is not None


@dataclass(frozen=True, slots=True)
class Typed:
    """The type of an event, or None, the noun for it, and why, as a sentence."""

    type: str | None
    reason: str
    words: EventWords | None = None


@cache
def event_words() -> tuple[EventWords, ...]:
    """Return the tables in the order in which they are tried."""
    table = tomllib.loads(files("sayso.incident").joinpath("event_words.toml").read_text(encoding="utf-8"))
    return tuple(
        EventWords(
            row.get("type"),
            row["noun"],
            row["on"],
            _any_of(row["words"]),
            _any_of(row["words_not"]) if "words_not" in row else None,
            row.get("against"),
            tuple(row.get("overrules", ())),
        )
        for row in table["event"]
    )


def event_type(claims: Sequence[Kept]) -> Typed:
    """Return the type of the event that some claims speak of.

    Each report counts once. What its claims name as means goes before the words around them, since a sentence may
    tell of something else besides.

    Args:
        claims: The claims of one incident.
    """
    if not claims:
        return Typed(None, "There are no claims.")
    harms = Counter(one.claim.harm for one in claims)
    if harms["abducted"] * 2 > len(claims):
        return Typed("Abduction/forced disappearance", "Most claims are of people abducted.")
    told: Counter[EventWords] = Counter()
    for own in by_report(claims):
        fighters = any(one.claim.status == "combatant" for one in own)
        found = _told(*_texts(own), fighters=fighters)
        if found is not None:
            told[found] += 1
    if not told:
        return _by_parties_alone(claims)
    order = {words: number for number, words in enumerate(event_words())}
    kinds: Counter[str | None] = Counter()
    for words, count in told.items():
        kinds[words.type] += count
    best = min(kinds, key=lambda kind: (-kinds[kind], min(order[words] for words in told if words.type == kind)))
    words = min((one for one in told if one.type == best), key=lambda one: (-told[one], order[one]))
    if best is None:
        return Typed(None, f"{words.noun} is no event of the list.", words)
    return _with_parties(claims, Typed(best, f"{kinds[best]} of {sum(told.values())} reports call it so.", words))


def by_report(claims: Sequence[Kept]) -> list[list[Kept]]:
    """Return claims by their report, the reports in the order of their first claims."""
    reports: dict[str, list[Kept]] = {}
    for one in claims:
        reports.setdefault(one.report.id, []).append(one)
    return list(reports.values())


def _texts(claims: Sequence[Kept]) -> tuple[str, str, str, str]:
    """Return what a report's claims say of the means, the surest first, each text without what it was not.

    Returns:
        Means that stand in their claim's own sentence; the sentences; means that are carried over from another
        sentence, which may tell of another event; the headline.
    """
    own = [one for one in claims if one.claim.spans.means is None or one.claim.sentence.holds(one.claim.spans.means)]
    carried = [one for one in claims if one not in own]
    means, others = (
        " . ".join(_whole(one.claim.means, one.sentence) for one in some if one.claim.means) for some in (own, carried)
    )
    around = " . ".join(dict.fromkeys(one.sentence for one in claims))
    return means, _NO_SUCH.sub(" ", around), others, _NO_SUCH.sub(" ", claims[0].report.title or "")


def _whole(means: str, sentence: str) -> str:
    """Return the words for the means with what a hyphen ties to them: a "shoot-out" is no shooting."""
    found = re.search(rf"\b{re.escape(means)}(?:-\w+)+", sentence)
    return found[0] if found else means


@lru_cache(maxsize=20_000)
def _told(means: str, around: str, carried: str, title: str, *, fighters: bool) -> EventWords | None:
    """Return the table that a report fits, by the first of its texts that fits any."""
    beside = f"{folded(around)} . {folded(title)}"
    for text in map(folded, (means, around, carried, title)):
        fits = (one for one in event_words() if one.said(text) and (one.against != "combatant" or fighters))
        found = next(fits, None)
        if found is not None:
            rather = (one for one in event_words() if found.noun in one.overrules and one.said(beside))
            return next(rather, found)
    return None


def _by_parties_alone(claims: Sequence[Kept]) -> Typed:
    """Return the type of an event of which nobody says by what means: armed people who harm others attack them."""
    armed = [one for one in claims if one.perpetrator is not None and one.perpetrator.kind in _ARMED]
    if not armed or not any(one.claim.harm in {"killed", "injured"} for one in armed):
        return Typed(None, "No report says by what means.")
    if _share(one.claim.status == "combatant" for one in claims) > _HALF:
        return Typed("Armed clash", "No report says by what means; armed people killed or wounded fighters.")
    return Typed("Attack", "No report says by what means; armed people did it.")


def _with_parties(claims: Sequence[Kept], typed: Typed) -> Typed:
    """Mend a type by who was harmed and who did it: fighters killed by fighters are a clash, not an attack."""
    around = " ".join(dict.fromkeys([one.sentence for one in claims] + [one.report.title or "" for one in claims]))
    by_police = _FORCE.search(around) is not None or any(
        one.perpetrator is not None and one.perpetrator.kind in {"police", "military"} for one in claims
    )
    if typed.type == "Mob violence" and _BESIEGED.search(around):
        return Typed("Violent demonstration", f"{typed.reason} A crowd turned upon a seat of the state.", typed.words)
    if _PROTEST.search(around) and typed.type in {"Attack", "Armed clash"} and by_police:
        return Typed(
            "Excessive force against protesters",
            f"{typed.reason} Police or soldiers did it to protesters.",
            typed.words,
        )
    if typed.type == "Armed clash" and _TAKEN.search(around) and _by_rebels(claims):
        return Typed("Non-state actor overtakes territory", f"{typed.reason} A place was taken.", typed.words)
    fighters = _share(one.claim.status == "combatant" for one in claims)
    armed = any(one.perpetrator is not None and one.perpetrator.kind in {"military", "armed_group"} for one in claims)
    if typed.type == "Attack" and fighters > _HALF and armed:
        clash = next(words for words in event_words() if words.noun == _CLASH)
        return Typed("Armed clash", f"{typed.reason} Most of the people harmed were fighters.", clash)
    return typed


def _by_rebels(claims: Sequence[Kept]) -> bool:
    return any(one.perpetrator is not None and one.perpetrator.kind == "armed_group" for one in claims)


def _share(answers: Iterable[bool]) -> float:
    found = list(answers)
    return sum(found) / len(found)


@lru_cache(maxsize=5_000)
def folded(text: str) -> str:
    """Return a text as words with single spaces between them, in the form in which tables are compared."""
    return " ".join(fold(match[0]) for match in _WORD.finditer(text))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"\b{re.escape(word.rstrip('*'))}{'' if word.endswith('*') else chr(92) + 'b'}" for word in words)
    )
