"""Who did it: "a boy of 16 shot another teenager" tells of one person who was hurt, and the boy is not that person.

Heads and patterns both take whoever stands before "shot" or "killed" for its victim, since in most reports they are
("a man shot outside a bar"). What stands behind the verb tells: where it has an object of its own, the words before it
name the doer. Who "shot himself" is harmed all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.claim.mentions import Mention
    from sayso.claim.tokens import Token
    from sayso.claim.words import Lexicon

_REACH = 8
"""How many words may stand between people and the verb that they are the subject of."""
_FIGHTS = frozenset({"fighting", "shooting", "firing", "arguing", "brawling", "quarrelling", "quarreling"})
_OTHERS = frozenset({"him", "them", "someone", "somebody", "us"})
_OBJECT = 5
"""How many words at most lead up to the noun of an object: "his 34-year-old former wife"."""
_JOINED = frozenset({"and", "or"})


def does_harm(tokens: Sequence[Token], mention: Mention, lexicon: Lexicon) -> bool:
    """Say whether people are told to have harmed others, or to fight, and so are not those who came to harm.

    Args:
        tokens: The tokens of the sentence.
        mention: The people.
        lexicon: The words of its language.
    """
    before = tokens[mention.first - 1].lower if mention.first else ""
    if before in lexicon.harms.verbs or before in lexicon.harms.frame:
        return False  # "shot two women and killed a man" goes on with whoever shot them
    behind = [token.lower for token in tokens[mention.last : mention.last + 3]]
    if len(behind) > 1 and behind[0] in lexicon.harms.be and behind[1] in _FIGHTS:
        return behind[2:] != ["for"]  # "is fighting for his life"
    verb = _verb(tokens, mention.last, lexicon)
    if verb is None:
        return False
    joined = any(token.lower in _JOINED for token in tokens[mention.last : verb])
    at = verb + 1
    while at + 1 < len(tokens) and tokens[at].lower in _JOINED and tokens[at + 1].lower in lexicon.harms.verbs:
        at += 2
    titled = tokens[mention.last - 1].is_capital  # in a headline every word may have a capital
    goes_on = at < len(tokens) and (tokens[at].lower in _OTHERS or tokens[at].lower in lexicon.numbers.number_words)
    if at >= len(tokens) or (joined and goes_on):
        return False  # "they came up to a man and shot him", "took the lives of two and wounded five others"
    return _is_object(tokens, at, lexicon, titled=titled)


def _verb(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int | None:
    """Return the verb of harm that people who end before a token are the subject of: "28, allegedly [shot]"."""
    harms = lexicon.harms
    for at in range(last, min(last + _REACH, len(tokens))):
        form = harms.verbs.get(tokens[at].lower)
        if form is not None:
            active = form.takes_object and form.form in {"base", "past"} and _is_led_to(tokens, last, at, lexicon)
            return at if active else None
        if tokens[at].lower in harms.subordinate | harms.negation or tokens[at].text in {".", ";", ":", '"', "“", "”"}:
            return None
    return None


def _is_led_to(tokens: Sequence[Token], last: int, verb: int, lexicon: Lexicon) -> bool:
    """Say whether the words between people and a verb leave it active: an age, an origin, a verb joined to it."""
    if verb == last:
        return True
    harms, before = lexicon.harms, tokens[verb - 1]
    passive = any(token.lower in harms.be for token in tokens[last:verb])
    if before.lower in harms.have:
        return not passive or tokens[verb - 2].lower == "to"  # "is believed to have shot"
    closes = before.is_digits or before.is_capital or before.text == "," or before.lower.endswith("ly")
    closed = _JOINED | harms.adverb | harms.relative | lexicon.speech.say
    return not passive and (closes or before.lower in closed)


def _is_object(tokens: Sequence[Token], at: int, lexicon: Lexicon, *, titled: bool) -> bool:
    """Say whether the object of a verb begins at a token: other people, no time or manner, and not the doer again."""
    token, harms = tokens[at], lexicon.harms
    if token.lower in _OTHERS:
        return True
    reach = range(at, min(at + _OBJECT, len(tokens)))
    noun = next((i for i in reach if lexicon.people.is_person(tokens[i].lower)), None)
    if token.lower in harms.determiner:
        return noun is not None
    if token.is_digits or token.lower in lexicon.numbers.number_words:
        if noun is None or titled:
            return False
        return not any(t.lower in harms.be or t.lower in harms.verbs for t in tokens[at : noun + 2])  # "killed 15 hurt"
    small = harms.preposition | harms.adverb | harms.subordinate
    closed = (lexicon.weekdays, lexicon.numbers.months, lexicon.stops, small)
    named = token.is_word and token.is_capital and not token.text.isupper() and not titled
    return named and not any(token.lower in words for words in closed)
