"""What became of people who were "shot": the words tell no outcome, so they take the one that the report gives.

"Five people were shot" is told of five who were hit; where the same report counts some dead, they are among them, and
the five are killed or injured. Who was shot in the leg, and those who are told apart from the dead, are injured. Nor do
"the victims are three women" and "a boy was struck" tell of a death: where no word of the report does, and others are
said to be injured, they are injured too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.claim.propose import Proposed
    from sayso.claim.sentences import Sentence
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_REACH = 5
"""How many words may stand between people and "shot"."""
_LISTED = 7
"""How many words before people in a list may tell them apart: "three other people, a man and two women"."""
_APART = frozenset({"other", "others", "more", "both", "another", "additional", "remaining", "surviving"})
"""Words by which people are told apart from those spoken of before, who may be the dead."""
_PARTS = frozenset({"body", "life"})
"""Words of death that are said of the living too."""
_OFFICES = frozenset({
    "detective", "detectives", "unit", "units", "squad", "division", "bureau", "section", "investigator",
    "investigators", "team", "task", "sergeant", "commander", "lieutenant", "captain",
})  # fmt: skip
"""Words behind "homicide" for those who look into any shooting."""


def with_outcomes(kept: Sequence[Proposed], sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Proposed]:
    """Yield what is proposed, those shot as killed or injured where the report tells of fewer dead.

    Args:
        kept: What is probable enough.
        sentences: The sentences of the report.
        lexicon: The words of its language.
    """
    told_hurt = _hurt_where_nobody_died(kept, sentences, lexicon)
    dead = [one.harmed.mention.count.low or 0 for one in told_hurt if one.harmed.harm == "killed"]
    fewest = min((low for low in dead if low), default=None)
    told = {_place(one) for one in told_hurt if one.harmed.harm == "killed_or_injured"}
    for one in told_hurt:
        low = one.harmed.mention.count.low or 0
        mixed = (
            fewest is not None
            and low > max(fewest, 1)
            and one.harmed.harm == "injured"
            and _is_shot(sentences[one.sentence].tokens, one, lexicon)
        )
        if not mixed:
            yield one
        elif _place(one) not in told:
            yield replace(one, harmed=replace(one.harmed, harm="killed_or_injured"))


def _hurt_where_nobody_died(
    kept: Sequence[Proposed], sentences: Sequence[Sentence], lexicon: Lexicon
) -> list[Proposed]:
    """Take those taken for killed as injured, where others are injured and no word of the report tells of a death."""
    hurt = {_place(one) for one in kept if one.harmed.harm in {"injured", "killed_or_injured"}}
    killed = [one for one in kept if one.harmed.harm == "killed"]
    if not hurt or not killed or any(_tells_death(sentence.tokens, lexicon) for sentence in sentences):
        return list(kept)
    out = [one for one in kept if one.harmed.harm != "killed" or _place(one) not in hurt]
    return [
        replace(one, harmed=replace(one.harmed, harm="injured")) if one.harmed.harm == "killed" else one for one in out
    ]


def _place(one: Proposed) -> tuple[int, int]:
    return one.sentence, one.harmed.mention.figure


def _tells_death(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether a sentence has a word of death, whoever it may be told of."""
    harms = lexicon.harms
    for at, token in enumerate(tokens):
        verb = harms.verbs.get(token.lower)
        if (token.lower in _PARTS and _is_of_living(tokens, at)) or _is_in_name(tokens, at):
            continue
        if token.lower in harms.death or (verb is not None and verb.harm == "killed"):
            return True
        if any((hit := some.match(tokens, at)) and hit[1] == "killed" for some in (harms.after, harms.nouns)):
            return True
    return False


def _is_of_living(tokens: Sequence[Token], at: int) -> bool:
    """Tell "the upper body", "shot in the body" and "life-threatening" from a body that was found and a life lost."""
    before = [token.lower for token in tokens[max(0, at - 2) : at]]
    if tokens[at].lower == "life":
        behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        return behind in {"-", "threatening", "support", "saving"} or before[:1] == ["for"] or before[-1:] == ["-"]
    own = before[:1] in (["in"], ["to"]) and before[1:] in (["the"], ["his"], ["her"])
    return own or before[-1:] in (["upper"], ["lower"])


def _is_in_name(tokens: Sequence[Token], at: int) -> bool:
    """Tell "homicide detectives" and "Memorial Day", who work and fall where nobody has died, from a homicide."""
    if tokens[at].lower not in {"homicide", "memorial", "murder"} or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].lower in _OFFICES or (tokens[at].is_capital and tokens[at + 1].is_capital)


def _is_shot(tokens: Sequence[Token], one: Proposed, lexicon: Lexicon) -> bool:
    """Say whether people are told to be shot and no more: no part of the body, and not apart from others."""
    mention = one.harmed.mention
    if any(token.lower in _APART for token in tokens[max(0, mention.first - _LISTED) : mention.last]):
        return False
    for at in range(mention.last, min(mention.last + _REACH, len(tokens))):
        form = lexicon.harms.verbs.get(tokens[at].lower)
        if form is not None:
            behind = tokens[at + 1 : at + 3]
            hit = len(behind) > 1 and behind[0].lower == "in" and behind[1].lower in {"the", "his", "her", "their"}
            in_body = hit and not any(token.is_capital for token in tokens[at + 2 : at + 5])
            return form.shot and form.form == "past" and not in_body
    return False
