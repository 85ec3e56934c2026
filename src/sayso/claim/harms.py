"""What happened to the people of a sentence.

Each mention gets the harm that its own words give (`sayso.claim.governing`). Coordination ("two women and a child
were killed"), parts ("14, two of them children") and lists of names then pass a harm on to mentions that have none of
their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.governing import Governor, Harmed
from sayso.claim.rejecting import Rejecting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon
    from sayso.records import Harm, Status

__all__ = ["Harmed", "find_harmed", "find_restated", "find_told"]

_PART_REACH, _PARTITIVE_REACH, _JOIN_REACH, _SAYING_REACH = 14, 6, 4, 7
_EITHER = frozenset({"killed", "injured", "killed_or_injured"})


def find_harmed(tokens: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Harmed]:
    """Return the mentions that harm came to, with the harm; one mention may have two ("captured and killed")."""
    return [one for one in find_told(tokens, mentions, lexicon) if one.real]


def find_told(tokens: Sequence[Token], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Harmed]:
    """Return the mentions that harm is told of, also where it is only feared, planned, supposed or asked about."""
    asked = bool(tokens) and tokens[-1].text == "?" and tokens[0].lower in lexicon.harms.question
    governor = Governor(tokens, mentions, lexicon)
    own = [None if _is_aside(governor, k) else governor.own(k) for k in range(len(mentions))]
    for k in range(1, len(own)):
        if own[k] is None:
            own[k] = _passed_on(governor, own, k)
    out: list[Harmed] = []
    for found in own:
        if found is not None:
            second = _second(governor, found) if found.real else []
            taken = [_as_taken(governor, one) for one in (found, *second)]
            out.extend(replace(one, real=False) if asked and one.real else one for one in taken)
    return [one for one in out if not _is_arrest(governor, one)]


def _as_taken(governor: Governor, found: Harmed) -> Harmed:
    """Tell captivity by whom it befell: fighters are captured, civilians abducted, whatever the verb."""
    if found.harm == "abducted" and _status(governor, found.mention) == {"combatant"}:
        return replace(found, harm="captured")
    if found.harm == "captured" and _status(governor, found.mention) == {"civilian"}:
        return replace(found, harm="abducted")
    return found


def _is_arrest(governor: Governor, found: Harmed) -> bool:
    verb = governor.words.verbs.get(governor.word(found.cue[0]))
    return verb is not None and verb.fighters and "combatant" not in _status(governor, found.mention)


def _status(governor: Governor, mention: Mention) -> set[Status]:
    """What the nouns say of the people; a bare figure is of the same people as the one before it."""
    status = governor.lexicon.people.status
    said = {status[t.lower] for t in governor.tokens[mention.first : mention.last] if t.lower in status}
    if said - {"unknown"} or mention.form != "bare":
        return said - {"unknown"}
    k = governor.mentions.index(mention)
    return _status(governor, governor.mentions[k - 1]) if k else set()


def _is_aside(governor: Governor, k: int) -> bool:
    """Tell a description of somebody named from another person: "Samer Odeh, a boy selling tea, was killed"."""
    if k == 0:
        return False
    first, second = governor.mentions[k - 1], governor.mentions[k]
    gap = governor.tokens[first.last : second.first]
    described = first.form in {"name", "definite"} and second.form == "people"
    return described and len(gap) == 1 and gap[0].text == "," and governor.word(second.first) in {"a", "an"}


def find_restated(
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    harmed: Sequence[Harmed],
    spoken_of: Harm | None,
    lexicon: Lexicon,
) -> list[Harmed]:
    """Find figures that only a word of saying governs: "the other side says over a hundred", "it was 60 to 70".

    They take the harm that was spoken of last, in the sentence or before it.
    """
    out: list[Harmed] = []
    told = {id(one.mention) for one in harmed}
    for mention in mentions:
        earlier = [one.harm for one in harmed if one.mention.first < mention.first]
        harm = earlier[-1] if earlier else spoken_of
        counted = mention.form == "bare" and mention.count.kind in {"count", "vague"}
        if harm is None or id(mention) in told or not counted:
            continue
        if _describes_some(tokens, mention, lexicon):
            out.append(Harmed(mention, harm, (mention.first, mention.last), "part"))
            continue
        if not _stands_alone(tokens, mention.last, lexicon):
            continue
        cue = _saying_before(tokens, mention.first, lexicon)
        if cue is not None:
            out.append(Harmed(mention, harm, (cue, cue + 1), "restated"))
        elif Rejecting(tokens, lexicon).of(mention) is not None:
            out.append(Harmed(mention, harm, (mention.first, mention.last), "rejected"))
    return out


def _describes_some(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether a sentence tells who some of those harmed were: "Two of them were children"."""
    i = mention.last
    if (
        not mention.partitive
        or mention.form != "bare"
        or i + 1 >= len(tokens)
        or tokens[i].lower not in lexicon.harms.be
    ):
        return False
    return any(lexicon.people.is_person(t.lower) for t in tokens[i + 1 : i + 4])


def _saying_before(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int | None:
    """Return the word of saying, or of counting, that governs a figure with only small words between."""
    speech = lexicon.speech
    for i in range(first - 1, max(-1, first - 1 - _SAYING_REACH), -1):
        word = tokens[i].lower
        if speech.is_cue(word) or word in speech.speak or word in speech.put:
            return i
        if word not in speech.restating and tokens[i].text not in lexicon.harms.openers:
            return None
    return None


def _stands_alone(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> bool:
    """Say whether nothing that could be counted follows a figure."""
    if last >= len(tokens):
        return True
    return not tokens[last].is_word or tokens[last].lower in lexicon.speech.after_restated


def _passed_on(governor: Governor, own: Sequence[Harmed | None], k: int) -> Harmed | None:
    """Take the harm of the people that mention `k` is coordinated with, part of, or listed with."""
    before = own[k - 1]
    if before is None:
        return None
    first, second = governor.mentions[k - 1], governor.mentions[k]
    if _joined(governor, first, second):
        rule = "joined"
    elif _part(governor, first, second):
        rule = "part"
    else:
        return None
    return Harmed(second, before.harm, before.cue, rule, before.real, before.negated)


def _joined(governor: Governor, first: Mention, second: Mention) -> bool:
    """Say whether two mentions stand side by side: "killed five soldiers and a child"."""
    gap = [t.lower for t in governor.tokens[first.last : second.first]]
    if not gap:
        return governor.word(second.first) in governor.lexicon.numbers.articles
    if len(gap) > _JOIN_REACH:
        return False
    if second.count.kind == "individual" and not (second.form == "name" or (first.form != "plural" and gap == ["and"])):
        return False
    if second.count.kind == "vague" and (gap == [","] or (second.form == "plural") != (first.form == "plural")):
        return False
    if governor.lexicon.speech.is_cue(governor.word(second.last)):
        return False
    hit = governor.words.conjunction.match(governor.tokens, first.last + (gap[0] == ","))
    return gap in ([","], [";"]) or (hit is not None and hit[0] == second.first)


def _part(governor: Governor, first: Mention, second: Mention) -> bool:
    """Say whether the second mention is a part of the first: "14 people, two of them children"."""
    words = governor.words
    places = range(first.last, second.first)
    if len(places) > _PART_REACH:
        return False
    if second.partitive and len(places) <= _PARTITIVE_REACH:
        return True
    if governor.word(second.first) in {"them", "whom"}:
        return False
    for i in places:
        if words.including.match(governor.tokens, i) is None or governor.word(i) in words.proportion:
            continue
        rest = range(i + 1, second.first)
        return not any(governor.word(j) in words.be or governor.word(j) in words.subordinate for j in rest)
    return False


def _second(governor: Governor, found: Harmed) -> list[Harmed]:
    """Read a second harm of the same people: "captured and killed", "were abducted and later killed"."""
    if found.rule == "active":
        i = found.cue[0]
        verb = governor.words.verbs.get(governor.word(i - 2)) if governor.word(i - 1) in {"and", "or"} else None
        if verb is None or not verb.takes_object or verb.harm == found.harm or {verb.harm, found.harm} <= _EITHER:
            return []
        return [Harmed(found.mention, verb.harm, (i - 2, i - 1), "second")]
    if found.rule != "passive":
        return []
    j = found.cue[1]
    while j < found.cue[1] + 4 and governor.word(j) in {"and", "then", "later", "were", "was", ",", "subsequently"}:
        j += 1
    verb = governor.words.verbs.get(governor.word(j))
    if j == found.cue[1] or verb is None or verb.form not in {"past", "participle"} or governor.has_object(j):
        return []
    if verb.harm == found.harm or {verb.harm, found.harm} <= _EITHER:
        return []
    return [Harmed(found.mention, verb.harm, (j, j + 1), "second")]
