"""Single people among what is proposed: one claim for each person, and none for who was not harmed.

Patterns and heads both take a description and the name beside it for two people, two names for one, and now and then
the bereaved, a ship or the place that a name is of for a person who was harmed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.claim.doers import does_harm
from sayso.claim.heads import STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.propose import Proposed
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_ASIDE = frozenset({",", "(", "—", "–", "-"})
_CALLED = frozenset({"known", "named", "called", "as", "identified", "nicknamed", "alias"})
_OF = frozenset({"of", "for", "at", "in"})
_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "first", "other"})
_VESSELS = frozenset({
    "trawler", "ferry", "ship", "boat", "dinghy", "yacht", "vessel", "freighter", "tanker", "tug", "steamer", "launch",
    "frigate", "submarine", "barge", "cutter", "corvette", "destroyer", "schooner", "mv", "ss", "hms",
})  # fmt: skip
_LOST = frozenset({"lost", "loses", "mourns", "mourned", "buried"})
_OWN = frozenset({"his", "her", "their", "a", "an", "two", "three", "four", "five", "both"})
_BEHIND, _NAMES = 10, 3
_DENIES, _HEARD = STANCES.index("denies"), 0.5


def once(kept: Sequence[Proposed], sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Proposed]:
    """Leave out what tells of the same person twice, and people who were not harmed.

    "His wife, Denise Vael, was shot" is one person, as is "Samer Odeh, a boy selling tea"; "the driver was not
    injured" is no claim unless somebody thereby denies one, and "none of its 18 staff" counts nobody.

    Args:
        kept: What is probable enough.
        sentences: The sentences of the report.
        lexicon: The words of its language.
    """
    beside: dict[tuple[int, str], list[Mention]] = {}
    for one in kept:
        beside.setdefault((one.sentence, one.harmed.harm), []).append(one.harmed.mention)
    nobody = [(one.sentence, one.harmed.mention) for one in kept if one.harmed.mention.count.kind == "zero"]
    for one in kept:
        mention, tokens = one.harmed.mention, sentences[one.sentence].tokens
        others = [other for other in beside[one.sentence, one.harmed.harm] if other is not mention]
        if any(number == one.sentence and _is_within(mention, none) for number, none in nobody):
            continue
        if _is_one(mention) and (
            _is_described(tokens, mention, others, lexicon)
            or _describes(tokens, mention, others)
            or (is_single(mention) and _is_other(tokens, mention, lexicon))
        ):
            continue
        if mention.count.kind != "zero" and (_is_unhurt(one, tokens, lexicon) or does_harm(tokens, mention, lexicon)):
            continue
        yield one


def parted(tokens: Sequence[Token], mention: Mention) -> Iterator[Mention]:
    """Yield the people of one reading of a name: "Asen and Milko" are two.

    Args:
        tokens: The tokens of the sentence.
        mention: What was read.
    """
    if mention.form != "name":
        yield mention
        return
    run = range(mention.first, mention.last)
    joints = [i for i in run if tokens[i].lower in {"and", ","} and i + 1 < mention.last]
    edges = [mention.first, *(i + 1 for i in joints)]
    ends = [*joints, mention.last]
    parts = [(first, last) for first, last in zip(edges, ends, strict=True) if first < last]
    if len(parts) < 2 or not all(_is_name(tokens, first, last) for first, last in parts):
        yield mention
        return
    for first, last in parts:
        yield replace(mention, first=first, figure=first, head=first, last=last)


def is_single(mention: Mention) -> bool:
    """Say whether a mention is one named or definite person."""
    return mention.count.kind == "individual"


def _is_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    return last - first <= _NAMES and all(t.is_word and t.is_capital for t in tokens[first:last])


def _is_one(mention: Mention) -> bool:
    """Say whether a mention is one person, with a name or without."""
    return mention.count.low == mention.count.high == 1


def _is_within(mention: Mention, none: Mention) -> bool:
    """Say whether people are those of whom none was harmed."""
    return mention is not none and none.first < mention.first and mention.last <= none.last


def _is_described(tokens: Sequence[Token], mention: Mention, others: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Say whether a person's name stands behind their description: "the guard, Samer Odeh", "known as ..."."""
    if mention.form == "name" and not lexicon.people.is_person(tokens[mention.last - 1].lower):
        return False
    names = {other.first for other in others if other.form == "name"}
    behind = mention.last
    if behind < len(tokens) and tokens[behind].lower in _OF:
        # "the deputy commander of the 9th Regiment, Arvid Stane"
        comma = next((i for i in range(behind, min(behind + _BEHIND, len(tokens))) if tokens[i].text == ","), behind)
        if not any(tokens[i].lower in lexicon.harms.verbs for i in range(behind, comma)):
            behind = comma
    if behind < len(tokens) and tokens[behind].text in _ASIDE:
        behind += 1
    while behind < len(tokens) and tokens[behind].lower in _CALLED:
        behind += 1
    return behind in names


def _describes(tokens: Sequence[Token], mention: Mention, others: Sequence[Mention]) -> bool:
    """Say whether words only describe the person before them: "Samer Odeh, a boy selling tea", "a second victim, a"."""
    first = mention.first
    if first < 2 or tokens[first - 1].text != "," or tokens[first].lower not in {"a", "an"}:
        return False
    if mention.last < len(tokens) and tokens[mention.last].lower in {"and", "or"}:
        return False
    before = next((other for other in others if other.last == first - 1 and _is_one(other)), None)
    if before is None:
        return False
    told = {t.lower for t in tokens[before.first : before.last]}
    return before.form in {"name", "definite"} or bool(told & _ORDINALS)


def _is_unhurt(one: Proposed, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether people came to no harm, and nobody denies it: "those two children were not hurt"."""
    mention, harms = one.harmed.mention, lexicon.harms
    behind = [token.lower for token in tokens[mention.last : mention.last + 2]]
    plainly = len(behind) > 1 and behind[0] in harms.be and behind[1] in harms.negation
    if not is_single(mention):
        return one.harmed.negated and plainly
    return one.harmed.negated and one.seen is not None and one.seen.stances[_DENIES] < _HEARD


def _is_other(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether words name a ship, the place that somebody is of, or who lost somebody."""
    first = mention.first
    before = tokens[first - 1] if first else None
    if mention.form == "name" and before is not None:
        if before.lower in _VESSELS:
            return True
        named = first > 2 and tokens[first - 2].text.istitle() and tokens[first - 3].text.istitle()
        if mention.last - first == 1 and before.lower == "of" and named:
            return True
    return _has_lost(tokens, mention.last, lexicon)


def _has_lost(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> bool:
    """Say whether a person before a token lost others and came to no harm: "Signe, who brings soup, lost her son"."""
    verbs = lexicon.harms.verbs
    for i in range(last, min(last + _BEHIND, len(tokens) - 2)):
        if tokens[i].lower in verbs or tokens[i].text in {".", ";"}:
            return False
        if tokens[i].lower in _LOST:
            own = tokens[i + 1].lower in _OWN
            others = own and any(lexicon.people.is_person(token.lower) for token in tokens[i + 2 : i + 4])
            return others and not any(token.lower in verbs for token in tokens[i + 1 :])
    return False
