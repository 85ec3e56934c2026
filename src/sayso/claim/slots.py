"""What else the words around a count say: whom, with what, by whom, and whether it is one event or a total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.claim.words import words
from sayso.records import Scope, Span, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.harms import Harmed
    from sayso.claim.mentions import Mention
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_FAR, _NEAR = 40, 4
_PART_OF = 12
"""How many words behind people it may be told that some of them were civilians."""
_SOME = frozenset({"including", "among", "them", "whom", "most", "mostly", "half", "majority", "many"})


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a claim that are read from its own sentence."""

    victims: Span | None
    status: Status
    means: Span | None
    perpetrator: Span | None
    scope: Scope


def read_slots(tokens: Sequence[Token], harmed: Harmed, mentions: Sequence[Mention], language: str = "en") -> Slots:
    """Read the slots of one claim from the tokens of its sentence."""
    lexicon = words(language)
    victims = _victims(tokens, harmed.mention, mentions, lexicon)
    means = _means(tokens, harmed, lexicon)
    return Slots(
        victims=_span(tokens, victims),
        status=_status(tokens, victims, harmed.mention, lexicon),
        means=_span(tokens, means),
        perpetrator=_span(tokens, _perpetrator(tokens, harmed, means, lexicon)),
        scope=_scope(tokens, harmed, lexicon),
    )


def _span(tokens: Sequence[Token], found: tuple[int, int] | None) -> Span | None:
    return Span(tokens[found[0]].start, tokens[found[1] - 1].end) if found is not None and found[0] < found[1] else None


def _victims(
    tokens: Sequence[Token], mention: Mention, mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[int, int] | None:
    """The counted people without the number; a bare figure takes the people beside it."""
    if mention.form == "harm":
        inside = next((i for i in range(mention.head, mention.last) if tokens[i].lower in {"of", "among"}), None)
        if inside is None or not any(lexicon.people.is_person(t.lower) for t in tokens[inside : mention.last]):
            holds = mention.head < mention.last and lexicon.people.is_person(tokens[mention.head].lower)
            return (mention.head, mention.last) if holds else None
        return _trimmed(tokens, inside + 1, mention.last, lexicon)
    if mention.form in {"people", "unknown", "plural", "definite", "name"}:
        start = mention.head if mention.form != "definite" else mention.first
        return _trimmed(tokens, start, mention.last, lexicon)
    named = [m for m in mentions if m.form in {"people", "plural"} and not _speaks(tokens, m, lexicon)]
    earlier = [m for m in named if m.last <= mention.first]
    later = [m for m in named if 0 <= m.first - mention.last <= _NEAR]
    of = earlier[-1] if earlier else later[0] if later else None
    return _trimmed(tokens, of.head, of.last, lexicon) if of is not None else None


def _speaks(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether people of the sentence are its speakers and not those it counts."""
    return mention.last < len(tokens) and lexicon.speech.is_cue(tokens[mention.last].lower)


def _trimmed(tokens: Sequence[Token], start: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Leave out "other", "more" and the words of harm at the front: "wounded soldiers" are soldiers."""
    harms = lexicon.harms
    while start < last and (
        (not tokens[start].is_word and not tokens[start].is_digits)
        or tokens[start].lower in {"more", "other", "others", "of", "the", "dead", "missing", "total"}
        or (tokens[start].lower in harms.verbs and start + 1 < last)
    ):
        start += 1
    while last > start and tokens[last - 1].text in {"“", '"', "‘"}:
        last -= 1
    return (start, last) if start < last else None


def _status(tokens: Sequence[Token], victims: tuple[int, int] | None, mention: Mention, lexicon: Lexicon) -> Status:
    run = tokens[mention.first : mention.last] if victims is None else tokens[victims[0] : victims[1]]
    said: set[Status] = set()
    for token in run:
        status = lexicon.people.status.get(token.lower, "unknown")
        if status != "unknown":
            said.add(status)
    if not said:
        for token in run:
            if token.lower in lexicon.slots.civilian:
                said.add("civilian")
            elif token.lower in lexicon.slots.combatant:
                said.add("combatant")
    if not said and mention.form == "harm" and any(t.lower == "losses" for t in run):
        return "combatant"
    if said == {"civilian", "combatant"}:
        head = lexicon.people.status.get(run[-1].lower, "unknown")
        return "mixed" if any(t.lower == "and" for t in run) else head
    if not said and _has_civilians(tokens, mention.last):
        return "mixed"
    if said == {"combatant"} and _brings_family(tokens, mention.last, lexicon):
        return "mixed"
    return said.pop() if said else "unknown"


def _brings_family(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> bool:
    """Say whether fighters are counted together with their families: "39 soldiers and their wives"."""
    behind = [t.lower for t in tokens[last : last + 3]]
    return behind[:2] == ["and", "their"] and lexicon.people.status.get(behind[-1]) == "civilian"


def _has_civilians(tokens: Sequence[Token], last: int) -> bool:
    """Say whether some of the people before a token are told to be civilians: "39 people, half of them civilians"."""
    some = False
    for token in tokens[last : last + _PART_OF]:
        if token.text in {".", ";", "!", "?"} or token.lower in {"all", "no", "not", "none"}:
            return False
        some = some or token.lower in _SOME
        if some and token.lower in {"civilian", "civilians"}:
            return True
    return False


def _means(tokens: Sequence[Token], harmed: Harmed, lexicon: Lexicon) -> tuple[int, int] | None:
    """The nearest noun for a weapon or cause, with the words that belong to it; else a verb that tells it."""
    slots = lexicon.slots
    best: tuple[int, tuple[int, int]] | None = None
    middle = harmed.cue[0]
    i = 0
    while i < len(tokens):
        hit = slots.means.match(tokens, i) if tokens[i].lower in slots.means.first_words else None
        if hit is None or harmed.mention.first <= i < harmed.mention.last:
            i += 1
            continue
        start = i
        while start > 0 and tokens[start - 1].lower in slots.means_before:
            start -= 1
        distance = min(abs(i - middle), abs(i - harmed.mention.first))
        weak = hit[1] in {
            "attack",
            "attacks",
            "operation",
            "operations",
            "fire",
            "gun",
            "offensive",
            "siege",
            "assault",
        }
        score = distance + (6 if weak else 0) + (4 if start < middle and i > harmed.mention.last else 0)
        if distance <= _FAR and (best is None or score < best[0]):
            best = (score, (start, hit[0]))
        i = hit[0]
    if best is not None:
        return best[1]
    for i in range(*harmed.cue):
        if tokens[i].lower in slots.means_verbs:
            return i, i + 1
    return None


def _perpetrator(
    tokens: Sequence[Token], harmed: Harmed, means: tuple[int, int] | None, lexicon: Lexicon
) -> tuple[int, int] | None:
    """Who did it: "by X" behind the cue, the subject of an active verb, or the party named before the means."""
    by = _by(tokens, harmed, lexicon)
    if by is not None:
        return by
    if means is not None:
        party = _before_means(tokens, means, lexicon)
        if party is not None:
            return party
    if harmed.rule == "active":
        return _subject(tokens, harmed.cue[0], lexicon)
    return None


def _by(tokens: Sequence[Token], harmed: Harmed, lexicon: Lexicon) -> tuple[int, int] | None:
    start = max(harmed.cue[1], harmed.mention.last)
    for i in range(start, min(len(tokens), start + 12)):
        if tokens[i].text in {".", ";"}:
            return None
        if tokens[i].lower == "by" and i + 1 < len(tokens):
            end = _party_end(tokens, i + 1, lexicon)
            return (i + 1, end) if end > i + 1 else None
    return None


def _party_end(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> int:
    """Read a party to the right: up to a means, a preposition, a verb or a mark."""
    i = start
    while i < len(tokens) and i - start < 8:
        word = tokens[i].lower
        if lexicon.slots.means.match(tokens, i) is not None and word not in lexicon.slots.parties:
            break
        if word in lexicon.harms.preposition and word != "of":
            break
        if not tokens[i].is_word and tokens[i].text not in {"'s", "’s", "-"} and not tokens[i].is_digits:
            break
        if word in lexicon.harms.be or word in lexicon.harms.relative or lexicon.speech.is_cue(word):
            break
        if word in lexicon.numbers.months or word in lexicon.stops or word in lexicon.harms.pronoun:
            break
        i += 1
    while i > start and tokens[i - 1].lower in {"of", "the", "a", "an", "-", "'s"}:
        i -= 1
    known = any(t.is_capital or t.lower in lexicon.slots.parties for t in tokens[start:i])
    return i if known else start


def _before_means(tokens: Sequence[Token], means: tuple[int, int], lexicon: Lexicon) -> tuple[int, int] | None:
    slots = lexicon.slots
    end = means[0]
    if end > 0 and tokens[end - 1].text in {"'s", "’s"}:
        end -= 1
    start = end
    while start > 0 and end - start < 6:
        token = tokens[start - 1]
        word = token.lower
        named = (
            token.is_capital
            and token.is_word
            and word not in lexicon.harms.preposition
            and word not in (lexicon.harms.determiner)
            and word not in lexicon.stops
        )
        if not (
            named
            or word in slots.parties
            or word in slots.party_adjectives
            or word.endswith(slots.party_endings)
            or word == "-"
        ):
            break
        start -= 1
    if any(
        tokens[i].lower in slots.parties
        or tokens[i].lower in slots.party_adjectives
        or tokens[i].lower.endswith(slots.party_endings)
        for i in range(start, end)
    ):
        return start, end
    return None


def _subject(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Read the subject of an active verb to the left, where it is a party and no weapon."""
    end = verb
    while end > 0 and (tokens[end - 1].lower in lexicon.harms.adverb or tokens[end - 1].lower in lexicon.harms.have):
        end -= 1
    if end > 0 and tokens[end - 1].lower in {"and", ","}:
        return None
    start = end
    while start > 0 and end - start < 8:
        word = tokens[start - 1].lower
        if (word in lexicon.harms.preposition and word != "of") or not tokens[start - 1].is_word:
            break
        if word in lexicon.harms.be or word in lexicon.harms.relative or lexicon.speech.is_cue(word):
            break
        if word in lexicon.stops or word in lexicon.harms.pronoun:
            break
        start -= 1
        if word in {"the", "a", "an"}:
            break
    run = tokens[start:end]
    if not run or (
        lexicon.slots.means.match(tokens, end - 1) is not None and run[-1].lower not in lexicon.slots.parties
    ):
        return None
    if any(t.lower in lexicon.slots.parties or t.is_capital for t in run):
        return start, end
    return None


def _scope(tokens: Sequence[Token], harmed: Harmed, lexicon: Lexicon) -> Scope:
    """A total over time or over several events, by words such as "since" near the claim, or by its size."""
    slots = lexicon.slots
    start = max(0, harmed.mention.first - 14)
    end = min(len(tokens), max(harmed.cue[1], harmed.mention.last) + 14)
    if slots.cumulative.within(tokens, start, end):
        return "cumulative"
    size = max(harmed.mention.count.low or 0, harmed.mention.count.high or 0)
    counts_dead = harmed.harm in {"killed", "injured", "killed_or_injured"}
    return "cumulative" if counts_dead and size >= slots.large else "incident"
