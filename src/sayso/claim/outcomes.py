"""What became of people who were "shot": the words tell no outcome, so they take the one that the report gives.

"Five people were shot" is told of five who were hit; where the same report counts some dead, they are among them, and
the five are killed or injured. Who was shot in the leg, and those who are told apart from the dead, are injured.
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


def with_outcomes(kept: Sequence[Proposed], sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Proposed]:
    """Yield what is proposed, those shot as killed or injured where the report tells of fewer dead.

    Args:
        kept: What is probable enough.
        sentences: The sentences of the report.
        lexicon: The words of its language.
    """
    dead = [one.harmed.mention.count.low or 0 for one in kept if one.harmed.harm == "killed"]
    fewest = min((low for low in dead if low), default=None)
    told = {(one.sentence, one.harmed.mention.figure) for one in kept if one.harmed.harm == "killed_or_injured"}
    for one in kept:
        low = one.harmed.mention.count.low or 0
        mixed = (
            fewest is not None
            and low > max(fewest, 1)
            and one.harmed.harm == "injured"
            and _is_shot(sentences[one.sentence].tokens, one, lexicon)
        )
        if not mixed:
            yield one
        elif (one.sentence, one.harmed.mention.figure) not in told:
            yield replace(one, harmed=replace(one.harmed, harm="killed_or_injured"))


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
